import type pg from 'pg';

import { readImportSettings } from '../../access/data/workspaces.ts';
import { DomainError } from '../../domain/errors.ts';
import { workspaceId } from '../../domain/ids.ts';
import { formatsNamed, IMPORT_FORMATS, type ImportFormatName } from '../../import-formats.ts';
import { STATES } from '../../imports/choice-names.ts';
import { listProfiles } from '../../imports/data/import-profiles.ts';
import type { ImportChoices } from '../../imports/intake.ts';
import { type ImportInput, type OpenImport, openImport, type SeenImport } from '../../imports/open-import.ts';
import { refuseProfileName } from '../../imports/saved-profiles.ts';
import { type Preview, previewOf, showPreview } from './preview.ts';

export interface Answer<Value> {
  readonly value: Value;
  readonly label: string;
  /** Shown beside it. */
  readonly hint?: string;
}

/** Asks whoever sits in front of the command. @throws DomainError CANCELLED where they leave. */
export interface Asker {
  show(text: string): void;
  choose<Value>(question: string, answers: readonly Answer<Value>[]): Promise<Value>;
  /** @param fault Why a text is not acceptable; null where it is. */
  write(question: string, example: string, fault: (text: string) => string | null): Promise<string>;
}

interface Question {
  readonly asker: Asker;
  readonly input: ImportInput;
  readonly preview: Preview;
  /** The columns that a refusal is about. */
  readonly field: readonly string[];
  /** The states that it is about. */
  readonly values: readonly string[];
}

/** Questions whose answers mend a refusal, by its code. Each returns what is known with its answer. */
const QUESTIONS: Readonly<Record<string, (question: Question) => Promise<ImportInput>>> = {
  UNKNOWN_COLUMNS: askKind,
  MISSING_COLUMN: askColumns,
  NO_AMOUNTS: askAmounts,
  UNKNOWN_STATES: askStates,
  AMBIGUOUS_DATES: async ({ asker, input, field: [column] }) =>
    withChoices(input, {
      dateOrder: await asker.choose(`How does "${column}" write dates?`, [
        { value: 'DMY', label: 'day first', hint: '03/04 is April 3' },
        { value: 'MDY', label: 'month first', hint: '03/04 is March 4' },
      ] as const),
    }),
  AMBIGUOUS_AMOUNTS: async ({ asker, input, field: [column] }) =>
    withChoices(input, {
      decimal: await asker.choose(`Which mark stands before the decimals in "${column}"?`, [
        { value: '.', label: 'a point', hint: '1.234 is a little more than one' },
        { value: ',', label: 'a comma', hint: '1,234 is a little more than one' },
      ] as const),
    }),
  UNREADABLE_DATES: async ({ asker, input }) =>
    withChoices(input, {
      dateFormat: await asker.write('How are dates written?', 'dd.MM.yyyy HH:mm', (text) =>
        text.trim() === '' ? 'expected a pattern, such as dd.MM.yyyy' : null,
      ),
    }),
};

/** Opens an import, and asks where an answer mends what it would be refused for. */
export async function openWithQuestions(pool: pg.Pool, given: ImportInput, asker: Asker): Promise<OpenImport> {
  let input = given;
  let before: string | null = null;
  let seen: SeenImport = {};
  let preview: Preview | null = null;
  let isComplete = false;
  for (;;) {
    try {
      const opened = await openImport(pool, input, (part) => {
        seen = { ...seen, ...part };
      });
      if (isComplete) return opened;
      const isKindAsked = input.formats !== given.formats;
      const more = isKindAsked ? await askMoreColumns(opened, input, asker, preview!) : input;
      const priced = await askCurrency(pool, opened, more, asker);
      const named = priced === given ? given : await askName(pool, priced, asker);
      if (named === input) return opened;
      input = named;
      isComplete = true;
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      const refusal = `${error.code} ${[...error.field, ...error.values].join()}`;
      const ask = QUESTIONS[error.code];
      // An answer that does not mend the refusal would not do so a second time.
      if (ask === undefined || refusal === before || seen.table === undefined) throw error;
      before = refusal;
      if (preview === null) {
        preview = await previewOf(seen.table);
        asker.show(showPreview(preview));
      }
      input = await ask({ asker, input, preview, field: error.field, values: error.values });
    }
  }
}

const withChoices = (input: ImportInput, choices: Partial<ImportChoices>): ImportInput => ({
  ...input,
  choices: { ...input.choices, ...choices },
});

const withColumn = (input: ImportInput, column: string, header: string | null): ImportInput =>
  header === null ? input : withChoices(input, { mapping: { ...input.choices?.mapping, [column]: header } });

const KINDS = [
  'orders',
  'customers',
  'products',
  'events',
  'campaign',
  'rates',
] as const satisfies readonly ImportFormatName[];

async function askKind({ asker, input }: Question): Promise<ImportInput> {
  const kinds = KINDS.map((value) => ({ value, label: value, hint: IMPORT_FORMATS[value].title }));
  return { ...input, formats: formatsNamed(await asker.choose('What does the file hold?', kinds)) };
}

function askHeader(asker: Asker, { header, rows }: Preview, column: string): Promise<string | null> {
  const headers = header.map((name, i) => ({ value: name, label: name, hint: rows.map((row) => row[i]).join(' | ') }));
  return asker.choose<string | null>(`Which column is "${column}"?`, [...headers, { value: null, label: 'none' }]);
}

async function askColumns({ asker, input, preview, field }: Question): Promise<ImportInput> {
  let answered = input;
  for (const column of field) answered = withColumn(answered, column, await askHeader(asker, preview, column));
  return answered;
}

async function askAmounts({ asker, input, preview }: Question): Promise<ImportInput> {
  const column = await asker.choose('What amounts does the file have?', [
    { value: 'unit price', label: 'the price of one unit' },
    { value: 'line total', label: 'the total of each line' },
    { value: 'order total', label: 'the total of each order' },
    { value: null, label: 'none', hint: 'orders are imported without amounts' },
  ]);
  if (column === null) return withChoices(input, { amounts: 'NONE' });
  return withColumn(input, column, await askHeader(asker, preview, column));
}

async function askStates({ asker, input, values }: Question): Promise<ImportInput> {
  const meanings = Object.entries(STATES).map(([label, value]) => ({ value, label }));
  let answered = input;
  for (const state of values) {
    const meaning = await asker.choose(`What are orders in the state "${state}"?`, meanings);
    answered = withChoices(answered, { states: { ...answered.choices?.states, [state]: meaning } });
  }
  return answered;
}

/** Columns that the file can do without. */
async function askMoreColumns(
  { file }: OpenImport,
  input: ImportInput,
  asker: Asker,
  preview: Preview,
): Promise<ImportInput> {
  let answered = input;
  let missing = file.columns.filter(({ header }) => header === null).map(({ column }) => column);
  for (;;) {
    const columns = missing.map((value) => ({ value, label: value }));
    const column = await asker.choose<string | null>('Does the file have another of these columns?', [
      { value: null, label: 'no, go on' },
      ...columns,
    ]);
    if (column === null) return answered;
    answered = withColumn(answered, column, await askHeader(asker, preview, column));
    missing = missing.filter((each) => each !== column);
  }
}

/** Of a workspace that has no amounts yet, where neither the file nor its source nor an option names a currency. */
async function askCurrency(
  pool: pg.Pool,
  { file, format, workspace, profile }: OpenImport,
  input: ImportInput,
  asker: Asker,
): Promise<ImportInput> {
  const isKnown = file.currencies.size > 0 || format.currency !== null || input.currency !== undefined;
  const hasAmounts = format.holds === 'orders' || format.holds === 'products';
  if (isKnown || !hasAmounts || profile !== null || (await readImportSettings(pool, workspace))?.isBound) return input;
  const fault = (text: string) => (/^[A-Z]{3}$/i.test(text.trim()) ? null : 'expected a code of three letters');
  return { ...input, currency: (await asker.write('Which currency are the amounts in?', 'EUR', fault)).trim() };
}

async function askName(pool: pg.Pool, input: ImportInput, asker: Asker): Promise<ImportInput> {
  if (input.dryRun || input.saveProfileAs !== undefined) return input;
  const profiles = await listProfiles(pool, workspaceId(input.workspace));
  const fault = (text: string) => {
    try {
      if (text !== '') refuseProfileName(profiles, text);
      return null;
    } catch (error) {
      return (error as DomainError).message;
    }
  };
  const question = 'Name to save these answers under, for files with the same header? Empty does not save them.';
  const name = await asker.write(question, '', fault);
  return name === '' ? input : { ...input, saveProfileAs: name };
}
