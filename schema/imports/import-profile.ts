import type { STATES } from '../../server/imports/choice-names.ts';
import type { SavedChoices, SavedProfile } from '../../server/imports/data/import-profiles.ts';
import { builder } from '../builder.ts';
import { STATEMENT_COST } from '../cost.ts';
import { orDomainError } from '../or-domain-error.ts';
import { ImportAmounts, ImportDateOrder, ImportDecimal, OrderStateMeaning } from './import-choices.ts';

const writing = { scope: 'imports:write' } as const;

const ImportMapping = builder
  .objectRef<{ readonly column: string; readonly header: string | null }>('ImportMapping')
  .implement({
    description: 'The header that a column is read from.',
    authScopes: writing,
    fields: (t) => ({
      column: t.exposeString('column', { description: 'Name of the column, one of `ImportPreview.columns`.' }),
      header: t.exposeString('header', {
        nullable: true,
        description: 'Header of the file. Null: the column is not read.',
      }),
    }),
  });

type Meaning = (typeof STATES)[keyof typeof STATES];

const ImportState = builder.objectRef<{ readonly state: string; readonly meaning: Meaning }>('ImportState').implement({
  description: 'The meaning of a state that orders of a file are in.',
  authScopes: writing,
  fields: (t) => ({
    state: t.exposeString('state', { description: 'The state as it was chosen; its case does not matter.' }),
    meaning: t.expose('meaning', { type: OrderStateMeaning, description: 'What the state means.' }),
  }),
});

const ImportProfileChoices = builder.objectRef<SavedChoices>('ImportProfileChoices').implement({
  description: 'What a saved profile holds of how a file is read. What is null or absent, the file decides.',
  authScopes: writing,
  fields: (t) => ({
    sheet: t.exposeString('sheet', { nullable: true, description: 'Sheet of a spreadsheet.' }),
    currency: t.expose('currency', {
      type: 'CurrencyCode',
      nullable: true,
      description: 'Currency of a file that names none.',
    }),
    decimal: t.expose('decimal', { type: ImportDecimal, nullable: true, description: 'Mark before the decimals.' }),
    dateOrder: t.field({
      type: ImportDateOrder,
      nullable: true,
      description: 'Order of day and month.',
      resolve: ({ dateOrder }) => (dateOrder === 'YMD' ? null : dateOrder),
    }),
    dateFormat: t.exposeString('dateFormat', {
      nullable: true,
      description: 'How dates are written, such as dd.MM.yyyy.',
    }),
    timeZone: t.exposeString('timeZone', {
      nullable: true,
      description: 'Time zone of times without an offset.',
    }),
    amounts: t.expose('amounts', { type: ImportAmounts, nullable: true, description: 'What amounts are of.' }),
    map: t.field({
      type: [ImportMapping],
      description: 'Headers of columns. The source decides the other columns.',
      resolve: ({ mapping = {} }) => Object.entries(mapping).map(([column, header]) => ({ column, header })),
    }),
    states: t.field({
      type: [ImportState],
      description: 'Meanings of states. The source decides the other states.',
      resolve: ({ states = {} }) =>
        Object.entries(states).map(([state, meaning]) => ({ state, meaning: meaning as Meaning })),
    }),
  }),
});

const ImportProfile = builder.objectRef<SavedProfile>('ImportProfile').implement({
  description: 'Choices that were saved under a name. They hold for every file with the same header.',
  authScopes: writing,
  fields: (t) => ({
    name: t.exposeString('name', { description: 'Name of the profile, unique in the workspace.' }),
    source: t.exposeString('source', { description: 'Kind of file that it reads, a name in `importSources`.' }),
    choices: t.expose('choices', {
      type: ImportProfileChoices,
      description: 'The choices, as `startImport` took them.',
    }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was first saved.' }),
    updatedAt: t.expose('updatedAt', { type: 'DateTime', description: 'When it was last saved.' }),
  }),
});

builder.queryField('importProfiles', (t) =>
  t.field({
    type: [ImportProfile],
    description: 'The saved profiles of the workspace by name, at most 100.',
    authScopes: writing,
    complexity: STATEMENT_COST,
    resolve: (_root, _args, ctx) => ctx.imports.profiles(),
  }),
);

const DeleteImportProfileInput = builder.inputType('DeleteImportProfileInput', {
  description: 'The profile to delete.',
  fields: (t) => ({ name: t.string({ required: true, description: 'Name of the profile.' }) }),
});

const DeletedImportProfile = builder.objectRef<{ readonly name: string }>('DeletedImportProfile').implement({
  description: 'A saved profile that was deleted.',
  authScopes: writing,
  fields: (t) => ({ name: t.exposeString('name', { description: 'Name of the profile.' }) }),
});

builder.mutationField('deleteImportProfile', (t) =>
  t.field({
    type: DeletedImportProfile,
    description: 'Deletes a saved profile. Imports that were read by it stay as they are.',
    authScopes: writing,
    complexity: STATEMENT_COST,
    errors: orDomainError('DeleteImportProfileResult', 'The deleted profile, or that there is none of this name.'),
    args: {
      input: t.arg({ type: DeleteImportProfileInput, required: true, description: 'The profile to delete.' }),
    },
    resolve: async (_root, { input: { name } }, ctx) => {
      await ctx.imports.deleteProfile(name);
      return { name };
    },
  }),
);
