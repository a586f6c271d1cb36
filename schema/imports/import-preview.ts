import type { DomainError } from '../../server/domain/errors.ts';
import type { ColumnReading } from '../../server/imports/columns/spelling-survey.ts';
import type { FormatColumn, ImportFormat } from '../../server/imports/intake.ts';
import type { Layout } from '../../server/imports/reading/table.ts';
import type { UploadPreview } from '../../server/uploaded-imports.ts';
import { builder } from '../builder.ts';
import { ImportChoicesInput, readChoices } from './import-choices.ts';
import { ImportReport } from './import-report.ts';

const writing = { scope: 'imports:write' } as const;

/** Every row is read: one operation can ask for one preview, with one report. */
const PREVIEW_COST = { field: 31_000 };
const REPORT_COST = { field: 25_000 };

const ImportContent = builder.enumType('ImportContent', {
  description: 'What a file holds.',
  values: {
    ORDERS: { value: 'orders', description: 'Orders, refunds and their customers and products.' },
    CUSTOMERS: { value: 'customers', description: 'Names and addresses of customers.' },
    PRODUCTS: { value: 'products', description: 'The catalogue of products.' },
    EVENTS: { value: 'events', description: 'What customers did with products, other than buying them.' },
    EXPOSURES: { value: 'exposures', description: 'Recipients of campaigns, and what they did with the messages.' },
    RATES: { value: 'rates', description: 'Rates of exchange.' },
  } as const satisfies Record<Uppercase<ImportFormat['holds']>, object>,
});

const ImportSource = builder
  .objectRef<{ readonly name: string } & Pick<ImportFormat, 'title' | 'holds'>>('ImportSource')
  .implement({
    description: 'A kind of file that can be imported.',
    authScopes: writing,
    fields: (t) => ({
      name: t.exposeString('name', { description: 'Stable name, such as "shopify-orders".' }),
      title: t.exposeString('title', { description: 'The source as people call it, in English.' }),
      holds: t.expose('holds', { type: ImportContent, description: 'What such a file holds.' }),
    }),
  });

const ImportFileKind = builder.enumType('ImportFileKind', {
  description: 'Syntax of a file.',
  values: {
    CSV: { description: 'Columns parted by a delimiter.' },
    WORDS: { description: 'Columns parted by blanks.' },
    JSON_LINES: { description: 'A JSON object on each line.' },
    SPREADSHEET: { description: 'A spreadsheet (.xlsx).' },
  } as const satisfies Record<Layout['kind'], object>,
});

const ImportLayout = builder.objectRef<Layout>('ImportLayout').implement({
  description: 'How a file is written.',
  authScopes: writing,
  fields: (t) => ({
    kind: t.expose('kind', { type: ImportFileKind, description: 'Syntax of the file.' }),
    encoding: t.exposeString('encoding', {
      nullable: true,
      description: 'Encoding of the text, such as "utf-8". Null for a spreadsheet.',
    }),
    delimiter: t.exposeString('delimiter', {
      nullable: true,
      description: 'The character between two columns. Null where the syntax has none.',
    }),
    isCompressed: t.exposeBoolean('isCompressed', { description: 'Whether the file is compressed with gzip.' }),
    sheet: t.exposeString('sheet', {
      nullable: true,
      description: 'Name of the sheet that is read. Null where the file is no spreadsheet.',
    }),
    otherSheets: t.exposeStringList('otherSheets', {
      description: 'Names of the other sheets that have a header and rows. They are not read.',
    }),
  }),
});

const ImportColumn = builder.objectRef<FormatColumn>('ImportColumn').implement({
  description: 'A column that a kind of file may have.',
  authScopes: writing,
  fields: (t) => ({
    name: t.exposeString('column', { description: 'Name of the column, for `ImportMappingInput.column`.' }),
    header: t.exposeString('header', {
      nullable: true,
      description: 'Header of the file that it is read from. Null where the file does not have it.',
    }),
    isRequired: t.exposeBoolean('isRequired', { description: 'Whether a file without it is refused.' }),
  }),
});

const ImportReading = builder.objectRef<ColumnReading>('ImportReading').implement({
  description: 'How the values of a column are read that could be read in several ways.',
  authScopes: writing,
  fields: (t) => ({
    column: t.exposeString('column', { description: 'Name of the column.' }),
    reading: t.exposeString('reading', {
      description: 'How its values are read, in English, such as "decimal point" or "day before month".',
    }),
    evidence: t.exposeString('evidence', { description: 'The first value that only this reading fits.' }),
  }),
});

const ImportRefusal = builder
  .objectRef<Pick<DomainError, 'code' | 'message' | 'field' | 'values'>>('ImportRefusal')
  .implement({
    description: 'Why a file cannot be imported as it is. Other choices, or another file, may help.',
    authScopes: writing,
    fields: (t) => ({
      code: t.exposeString('code', {
        description: 'Stable upper-case identifier for programs, such as AMBIGUOUS_DATES or UNKNOWN_STATES.',
      }),
      message: t.exposeString('message', {
        description: 'What was wrong and what is accepted, in English. It names options as the command line does.',
      }),
      field: t.exposeStringList('field', {
        description: 'The columns or the choice that it is about. Empty where no single one is.',
      }),
      values: t.exposeStringList('values', {
        description:
          'Values of the file that have to be decided: states of UNKNOWN_STATES, currencies of MIXED_CURRENCIES, examples of AMBIGUOUS_DATES and AMBIGUOUS_AMOUNTS. Empty where there are none.',
      }),
    }),
  });

const ImportPreview = builder.objectRef<UploadPreview>('ImportPreview').implement({
  description:
    'What a file was taken for. Where it is refused, everything that could be read is there, so that choices can be corrected.',
  authScopes: writing,
  fields: (t) => ({
    fileName: t.exposeString('name', { description: 'Name of the file.' }),
    header: t.exposeStringList('header', {
      description: 'The headers of the file, at most 500. Empty where it has none.',
    }),
    rows: t.field({
      type: t.listRef(t.listRef('String')),
      description:
        'The cells of the first five rows, at most 500 characters of each. They are as the file has them, personal data included: whoever sent the file may see it.',
      resolve: ({ rows }) => rows,
    }),
    source: t.string({
      nullable: true,
      description: 'Kind of file, a name in `importSources`. Null where it is unknown; choose `format` then.',
      resolve: ({ format }) => format?.name,
    }),
    sourceTitle: t.string({
      nullable: true,
      description: 'The source as people call it, in English. Null where it is unknown.',
      resolve: ({ format }) => format?.title,
    }),
    holds: t.field({
      type: ImportContent,
      nullable: true,
      description: 'What the file holds. Null where its source is unknown.',
      resolve: ({ format }) => format?.holds,
    }),
    profile: t.exposeString('profile', {
      nullable: true,
      description:
        'Name of the saved profile whose choices the file is read by, as named or found by the header. Null where there is none.',
    }),
    layout: t.expose('layout', {
      type: ImportLayout,
      nullable: true,
      description: 'How the file is written. Null where it is no table that can be read.',
    }),
    columns: t.expose('columns', {
      type: [ImportColumn],
      description: 'Every column that such a file may have. Those of orders where the source is unknown.',
    }),
    ignored: t.exposeStringList('ignored', { description: 'Headers that no column is read from, at most 500.' }),
    readings: t.expose('readings', {
      type: [ImportReading],
      description: 'What was decided of columns that could be read in several ways. Empty where the file is refused.',
    }),
    currency: t.field({
      type: 'CurrencyCode',
      nullable: true,
      description: 'Currency that amounts would be stored in. Null where the file is refused.',
      resolve: ({ opened }) => opened?.currency,
    }),
    refusal: t.field({
      type: ImportRefusal,
      nullable: true,
      description: 'Why the file cannot be imported as it is. Null where it can.',
      // GraphQL would throw what is an Error.
      resolve: ({ refusal }) =>
        refusal && { code: refusal.code, message: refusal.message, field: refusal.field, values: refusal.values },
    }),
    report: t.field({
      type: ImportReport,
      nullable: true,
      complexity: REPORT_COST,
      description:
        'What an import would come to. Null where the file is refused. It takes about as long as an import; ask for it once the choices are right.',
      resolve: (preview) => preview.report(),
    }),
  }),
});

builder.queryFields((t) => ({
  importSources: t.field({
    type: [ImportSource],
    description: 'Every kind of file that can be imported.',
    authScopes: writing,
    resolve: (_root, _args, ctx) => ctx.imports.sources(),
  }),
  importPreview: t.field({
    type: ImportPreview,
    description:
      'What a file that was sent to `POST /uploads` would be taken for with these choices. Nothing is stored. Every row is read, so a large file takes a while. An upload that the workspace does not have is the error UNKNOWN_UPLOAD.',
    authScopes: writing,
    complexity: PREVIEW_COST,
    args: {
      upload: t.arg.id({ required: true, description: 'Id of the upload, as `POST /uploads` returned it.' }),
      choices: t.arg({ type: ImportChoicesInput, description: 'How the file is to be read.' }),
    },
    resolve: (_root, { upload, choices }, ctx) => ctx.imports.preview(upload, readChoices(choices)),
  }),
}));
