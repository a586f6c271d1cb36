import type { SavedProfile } from '../../server/imports/data/import-profiles.ts';
import { builder } from '../builder.ts';
import { STATEMENT_COST } from '../cost.ts';
import { orDomainError } from '../or-domain-error.ts';

const writing = { scope: 'imports:write' } as const;

const ImportProfile = builder.objectRef<SavedProfile>('ImportProfile').implement({
  description: 'Choices that were saved under a name. They hold for every file with the same header.',
  authScopes: writing,
  fields: (t) => ({
    name: t.exposeString('name', { description: 'Name of the profile, unique in the workspace.' }),
    source: t.exposeString('source', { description: 'Kind of file that it reads, a name in `importSources`.' }),
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
