import type { ImportAmounts, ImportContent, ImportDecimal, Revenue } from '../generated/graphql.ts';
import type { Counted } from '../shared/words/plural.ts';

import type { Amount, Control } from './import.data.ts';

/** Numbers, dates and names arrive written in the reader's locale. */
export interface ImportTerms {
  /** Names of columns, readings, states and reasons; a name that is missing here is written as the server has it. */
  names: Readonly<Record<string, string>>;
  /** What is wrong with a file, by the server's code; the fields are the names that the server gives with it. */
  refusals: Readonly<Record<string, (fields: string) => string>>;

  importFile: string;
  lastImport: (file: string, date: string) => string;
  drop: string;
  dropHint: string;
  firstHint: string;
  chooseFile: string;
  oneFile: string;
  sending: (file: string) => string;
  ofBytes: (sent: string, total: string) => string;
  cancel: string;

  takenFor: (source: string) => string;
  unknownSource: string;
  contents: Readonly<Record<ImportContent, string>>;
  sheet: (name: string) => string;
  savedAs: (profile: string) => string;
  firstRows: string;
  readAs: (header: string) => string;
  notUsed: string;
  required: string;
  allColumns: Counted;
  usedColumns: string;
  howRead: string;
  asIn: (reading: string, example: string) => string;
  change: string;
  controls: Readonly<Record<Exclude<Control, 'states'>, string>>;
  /** While nothing is chosen: the file decides, or has to be helped. */
  asFound: string;
  choose: string;
  decimals: Readonly<Record<ImportDecimal, string>>;
  amounts: Readonly<Record<ImportAmounts, string>>;
  stateMeans: (state: string) => string;
  refused: string;

  comesTo: string;
  counting: string;
  count: Readonly<Record<'orders' | 'refunds' | 'customers' | 'products' | 'rows', string>>;
  amount: Readonly<Record<Amount['name'], string>>;
  /** What tax and shipping are, by what the workspace counts as revenue. */
  charges: Readonly<Record<Revenue, string>>;
  excluded: string;
  rejected: string;
  warnings: string;
  rows: Counted;

  startImport: string;
  saveAs: string;
  otherFile: string;
  storing: (file: string) => string;
  rowsRead: (rows: string) => string;
  settling: string;
  done: (file: string) => string;
  failed: (file: string) => string;
  line: string;
  reason: string;
  text: string;
  firstRejected: string;
  download: string;
}

/** By the translation, or as the server has it; a code in words: `Bad date`. */
export function nameOf(name: string, { names }: Pick<ImportTerms, 'names'>): string {
  const isCode = /^[A-Z][A-Z_]+$/.test(name);
  return names[name] ?? (isCode ? name[0] + name.slice(1).toLowerCase().replaceAll('_', ' ') : name);
}
