import { DomainError } from '../../domain/errors.ts';
import { NO_FIGURES } from '../data/import-jobs.ts';
import type { ImportFormat, OpenFile } from '../intake.ts';
import type { Row, Table } from '../reading/table.ts';
import { type Format, isRejection, type Outcome, type RowReader } from './format.ts';

/** Rows read before anything is stored, to refuse a file none of whose dates can be read. */
const SAMPLE_ROWS = 200;

/** A kind of file each of whose rows counts by itself. */
export function rowFormat<Line extends object>(
  title: string,
  format: Format<Line>,
  intake: ImportFormat<Line>['intake'],
): ImportFormat<Line> {
  return {
    holds: format.holds,
    title,
    expects: format.expects,
    currency: format.currency,
    syntax: format.syntax,
    recognise: (first) => recognise(format, first),
    open: (table) => open(table, format),
    tally: () => ({ take: () => null, figures: () => NO_FIGURES }),
    intake,
  };
}

/** The number of columns that it knows. */
function recognise(format: Format, first: readonly string[]): number {
  if (format.isData(first)) return first.length;
  try {
    return format.open(first).columns.filter(({ header }) => header !== null).length;
  } catch (error) {
    if (error instanceof DomainError) return 0;
    throw error;
  }
}

async function open<Line extends object>(table: Table, format: Format<Line>): Promise<OpenFile<Line>> {
  const currencies = await sample(table, format, format.open(table.first));
  // A reader may remember rows, so each reading of the file has its own.
  const reader = format.open(table.first);
  const read = (row: Row): Outcome<Line> => {
    if (row.fields === null) return { row, rejection: { reason: 'BAD_SYNTAX', detail: row.fault ?? '' } };
    const reading = reader.read(row.fields);
    return isRejection(reading) ? { row, rejection: reading } : { row, lines: [reading] };
  };
  return {
    columns: reader.columns,
    ignored: reader.ignored,
    isFirstData: format.isData(table.first),
    currencies,
    warnings: [],
    readings: [],
    read: (row) => [read(row)],
    end: () => [],
  };
}

const currencyIn = (line: object) => ('currency' in line && typeof line.currency === 'string' ? line.currency : null);

/** @returns The first currency that a row names. @throws DomainError where there are no rows, or none whose date can be read. */
async function sample(table: Table, format: Format, { read }: RowReader<object>): Promise<ReadonlyMap<string, number>> {
  const currencies = new Map<string, number>();
  let count = 0;
  let badDate: string | undefined;
  let good = 0;
  for await (const { fields } of table.rows(undefined, format.isData(table.first))) {
    if (++count > SAMPLE_ROWS) break;
    const reading = fields === null ? null : read(fields);
    if (reading === null) continue;
    if (isRejection(reading)) {
      if (reading.reason === 'BAD_DATE') badDate ??= reading.detail;
      continue;
    }
    good++;
    const currency = currencyIn(reading);
    // Rows of another currency than the first are rejected one by one.
    if (currency !== null && currencies.size === 0) currencies.set(currency, 1);
  }
  if (count === 0)
    throw new DomainError('EMPTY_FILE', `${table.path} has no rows: expected ${format.expects}`, ['file']);
  if (good === 0 && badDate !== undefined) {
    const message = `no date in the first ${Math.min(count, SAMPLE_ROWS)} rows of ${table.path} can be read; ${badDate}`;
    throw new DomainError('UNREADABLE_DATES', message, ['file']);
  }
  return currencies;
}
