import type pg from 'pg';

import { DomainError } from '../domain/errors.ts';
import type { FormatColumn, OpenFile } from './intake.ts';
import { type ImportInput, type OpenImport, openImport, type SeenImport } from './open-import.ts';
import type { Layout, Table } from './reading/table.ts';
import type { NamedFormat } from './recognise.ts';

/** What a file was taken for, also where it cannot be imported as it is. */
export interface ImportPreview extends Pick<OpenFile<object>, 'ignored' | 'readings'> {
  readonly name: string;
  /** Empty where the file has none. */
  readonly header: readonly string[];
  /** The first of them. */
  readonly rows: readonly (readonly string[])[];
  /** null where the source is unknown. */
  readonly format: NamedFormat | null;
  /** Name of the saved profile that it is read by; null where there is none. */
  readonly profile: string | null;
  /** null where the file is no table. */
  readonly layout: Layout | null;
  /** Of a file of an unknown source, those of orders. */
  readonly columns: readonly FormatColumn[];
  /** Why it cannot be imported as it is. */
  readonly refusal: DomainError | null;
  /** null where it is refused. */
  readonly opened: OpenImport | null;
}

const ROWS = 5;
/** What is shown of a wide file, and of a long cell. */
const MOST_COLUMNS = 500;
const MOST_LETTERS = 500;

export async function previewImport(
  pool: pg.Pool,
  input: Omit<ImportInput, 'dryRun' | 'name'> & { readonly name: string },
): Promise<ImportPreview> {
  let seen: SeenImport = {};
  const outcome = await openImport(pool, input, (part) => {
    seen = { ...seen, ...part };
  }).catch((error: unknown) => {
    if (error instanceof DomainError) return error;
    throw error;
  });
  const [opened, refusal] = outcome instanceof DomainError ? [null, outcome] : [outcome, null];
  const { table, format, file, profile = null, choices = {} } = seen;
  const first = table?.first ?? [];
  const known = format ?? input.formats.find(({ name }) => input.formats.length === 1 || name === 'orders');
  const columns = known?.match(first, choices) ?? [];
  const read = new Set(columns.map(({ header }) => header));
  return {
    name: input.name,
    header: file?.isFirstData ? [] : shown(first),
    rows: table === undefined ? [] : await firstRows(table, file?.isFirstData),
    format: format ?? null,
    profile,
    layout: table?.layout ?? null,
    columns,
    ignored: shown(file?.ignored ?? first.filter((header) => !read.has(header))),
    readings: file?.readings ?? [],
    refusal,
    opened,
  };
}

/** As many as can be read: why others cannot is the refusal. */
export async function firstRows(table: Pick<Table, 'rows'>, isFirstData?: boolean): Promise<string[][]> {
  const rows: string[][] = [];
  try {
    for await (const { fields, raw } of table.rows(undefined, isFirstData)) {
      rows.push(shown(fields ?? [raw]));
      if (rows.length === ROWS) break;
    }
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
  }
  return rows;
}

const shown = (cells: readonly string[]) => cells.slice(0, MOST_COLUMNS).map((cell) => cell.slice(0, MOST_LETTERS));
