import { DomainError } from '../../domain/errors.ts';
import { readAmount } from '../columns/amounts.ts';
import { dateReader } from '../columns/dates.ts';
import { type ColumnReading, spellingSurvey } from '../columns/spelling-survey.ts';
import type { FormatColumn, ImportChoices, ImportFormat, OpenFile } from '../intake.ts';
import type { Row, Table } from '../reading/table.ts';
import { refuseAmount, refuseDate } from './cells.ts';
import { findColumns, sourceCertainty } from './columns.ts';
import {
  type CellReader,
  type Format,
  isRejection,
  type LeftOut,
  type Outcome,
  type RowChoices,
  type RowReader,
} from './format.ts';

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
    columns: Object.keys(format.columns),
    match: (first, choices) => match(format, first, choices),
    recognise: (first, choices) => recognise(format, first, choices),
    open: (table, choices) => open(table, format, choices),
    intake,
  };
}

/** Its source or, where it has none, the number of columns that it knows. */
function recognise(format: Format, first: readonly string[], choices?: RowChoices): number {
  if (format.recognisedBy !== undefined) return sourceCertainty(first, format.recognisedBy);
  if (format.isData(first)) return first.length;
  return tryOpen(format, first, choices)?.columns.filter(({ header }) => header !== null).length ?? 0;
}

function match(format: Format, first: readonly string[], choices: RowChoices): readonly FormatColumn[] {
  const { columns } = tryOpen(format, first, choices) ?? findColumns(first, format.columns, choices.mapping);
  return columns.map(({ column, header }) => {
    const isGiven = choices[column as keyof RowChoices] !== undefined;
    return { column, header, isRequired: !isGiven && (format.columns[column]?.required ?? true) };
  });
}

/** @returns null where the first row is not that of such a file. */
function tryOpen<Line extends object>(format: Format<Line>, first: readonly string[], choices?: RowChoices) {
  try {
    return format.open(first, choices);
  } catch (error) {
    if (error instanceof DomainError) return null;
    throw error;
  }
}

async function open<Line extends object>(
  table: Table,
  format: Format<Line>,
  choices: ImportChoices,
): Promise<OpenFile<Line>> {
  const { cells, readings } = await survey(table, format, choices);
  const currencies = await sample(table, format, format.open(table.first, choices), cells);
  // A reader may remember rows, so each reading of the file has its own.
  const reader = format.open(table.first, choices);
  const read = (row: Row): Outcome<Line> => {
    if (row.fields === null) return { row, rejection: { reason: 'BAD_SYNTAX', detail: row.fault ?? '' } };
    const reading = reader.read(row.fields, cells);
    if (isRejection(reading)) return { row, rejection: reading };
    return isLeftOut(reading) ? { row, excluded: reading.excluded } : { row, lines: listOf<Line>(reading) };
  };
  return {
    columns: reader.columns,
    ignored: reader.ignored,
    isFirstData: format.isData(table.first),
    currencies,
    warnings: [],
    readings,
    read: (row) => [read(row)],
    end: () => [],
  };
}

const listOf = <Line>(reading: Line | readonly Line[]): readonly Line[] => ([] as Line[]).concat(reading);

const isLeftOut = (reading: object): reading is LeftOut => 'excluded' in reading;

/** Decides from all rows how the columns of dates and amounts are spelled. */
async function survey(
  table: Table,
  format: Format,
  choices: ImportChoices,
): Promise<{ readonly cells: CellReader; readonly readings: readonly ColumnReading[] }> {
  const { dates = [], amounts = [] } = format;
  const { cell = () => null } = format.open(table.first, choices);
  const spellings = spellingSurvey(amounts, dates);
  if (dates.length + amounts.length > 0) {
    for await (const { fields } of table.rows(undefined, format.isData(table.first)))
      if (fields?.length === table.first.length) spellings.add((column) => cell(fields, column));
  }
  const { spelling, readings } = spellings.settle({ ...choices, timeZone: format.timeZone ?? choices.timeZone });
  const readers = new Map(dates.map((date) => [date, dateReader(spelling.dates[date]!, spelling.timeZone)]));
  return {
    readings,
    cells: {
      instant: (column, text) => {
        const at = readers.get(column)!(text);
        return typeof at === 'string' ? refuseDate(at, text) : at;
      },
      amount: (column, text) => {
        const spelled = spelling.amounts[column]!;
        return readAmount(text, spelled)?.amount ?? refuseAmount(column, text, spelled);
      },
    },
  };
}

const currencyIn = (line: object) => ('currency' in line && typeof line.currency === 'string' ? line.currency : null);

/** @returns The first currency that a row names. @throws DomainError where there are no rows, or none whose date can be read. */
async function sample(
  table: Table,
  format: Format,
  { read }: RowReader<object>,
  cells: CellReader,
): Promise<ReadonlyMap<string, number>> {
  const currencies = new Map<string, number>();
  let count = 0;
  let badDate: string | undefined;
  let good = 0;
  for await (const { fields } of table.rows(undefined, format.isData(table.first))) {
    if (++count > SAMPLE_ROWS) break;
    const reading = fields === null ? null : read(fields, cells);
    if (reading === null || isLeftOut(reading)) continue;
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
