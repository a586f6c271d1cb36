import { DomainError } from '../../domain/errors.ts';
import { type AmountSpelling, amountSurvey } from './amounts.ts';
import { type DateSpelling, dateReader, dateSurvey } from './dates.ts';
import type { Decision } from './decision.ts';
import type { DateOrder } from './written-time.ts';

/** What whoever imports has chosen of spellings; the values of a column decide the rest. */
export interface SpellingChoices {
  readonly decimal?: '.' | ',' | undefined;
  /** Such as dd.MM.yyyy HH:mm */
  readonly dateFormat?: string | undefined;
  /** IANA name, of times without an offset. */
  readonly timeZone: string;
  /** Of dates whose values do not decide. */
  readonly dateOrder?: DateOrder | undefined;
}

/** How the cells of a file are spelled, column by column. */
export interface Spelling<NumberColumn extends string, DateColumn extends string> {
  readonly amounts: Readonly<Record<NumberColumn, AmountSpelling>>;
  readonly dates: Readonly<Record<DateColumn, DateSpelling>>;
  readonly timeZone: string;
}

/** How the values of one column are read, for those who import. */
export interface ColumnReading {
  readonly column: string;
  /** Such as `decimal point` or `day before month`. */
  readonly reading: string;
  /** The first value that decided. */
  readonly evidence: string;
}

/** Dates of which at least one must be one. */
const SAMPLE = 200;

/**
 * Decides from all values of a file how each of its columns of numbers and dates is spelled.
 * @param has Whether the file has a column.
 */
export function spellingSurvey<NumberColumn extends string, DateColumn extends string>(
  numberColumns: readonly NumberColumn[],
  dateColumns: readonly DateColumn[],
  has: (column: NumberColumn | DateColumn) => boolean = () => true,
) {
  const amounts = numberColumns.map((column) => ({ column, survey: amountSurvey() }));
  const dates = dateColumns.map((column) => ({ column, survey: dateSurvey(), sample: [] as string[] }));

  const filledAmounts = amounts.filter(({ column }) => has(column));
  const filledDates = dates.filter(({ column }) => has(column));

  function add(cell: (column: NumberColumn | DateColumn) => string | null): void {
    for (const { column, survey } of filledAmounts) {
      const text = cell(column);
      if (text !== null) survey.add(text);
    }
    for (const { column, survey, sample } of filledDates) {
      const text = cell(column);
      if (text === null) continue;
      survey.add(text);
      if (sample.length < SAMPLE) sample.push(text);
    }
  }

  /** @throws DomainError AMBIGUOUS_AMOUNTS, AMBIGUOUS_DATES or UNREADABLE_DATES naming the column and the option that decides. */
  function settle({ decimal, dateFormat, timeZone, dateOrder }: SpellingChoices) {
    const readings: ColumnReading[] = [];
    const usual = amounts.map(({ survey }) => survey.decide()).find(isSure)?.spelling;
    const spelledAmounts = amounts.map(({ column, survey }) => {
      const decision = decimal === undefined ? survey.decide(usual) : chosen({ decimal });
      const spelling = settled(decision, column, 'AMBIGUOUS_AMOUNTS', '--decimal . or --decimal ,');
      note(column, decision, MARK[spelling.decimal]);
      return [column, spelling] as const;
    });
    const spelledDates = dates.map(({ column, survey, sample }) => {
      const decision = dateFormat === undefined ? survey.decide(dateOrder) : chosen({ pattern: dateFormat });
      const spelling = settled(decision, column, 'AMBIGUOUS_DATES', '--date-format dd/MM/yyyy or MM/dd/yyyy');
      refuseUnreadable(column, sample, dateReader(spelling, timeZone));
      note(column, decision, 'pattern' in spelling ? spelling.pattern : ORDER[spelling.order]);
      return [column, spelling] as const;
    });
    const spelling = {
      amounts: Object.fromEntries(spelledAmounts),
      dates: Object.fromEntries(spelledDates),
      timeZone,
    } as Spelling<NumberColumn, DateColumn>;
    return { spelling, readings };

    function note(column: string, decision: Decision<unknown>, reading: string): void {
      if (isSure(decision)) readings.push({ column, reading, evidence: decision.evidence! });
    }
  }

  return { add, settle };
}

const MARK = { '.': 'decimal point', ',': 'decimal comma' } as const;
const ORDER = { YMD: 'year first', DMY: 'day before month', MDY: 'month before day', SERIAL: 'days of a spreadsheet' };

type Settled<T> = Extract<Decision<T>, { readonly spelling: T }>;

const chosen = <T>(spelling: T): Settled<T> => ({ spelling, evidence: null });
const isSure = <T>(decision: Decision<T>): decision is Settled<T> =>
  'spelling' in decision && decision.evidence !== null;

function settled<T>(decision: Decision<T>, column: string, code: string, option: string): T {
  if ('spelling' in decision) return decision.spelling;
  const examples = decision.ambiguous.map((text) => `"${text}"`).join(', ');
  const message = `"${column}" can be read in two ways, for example ${examples}: pass ${option}`;
  throw new DomainError(code, message, [column], decision.ambiguous);
}

function refuseUnreadable(column: string, sample: readonly string[], read: (text: string) => unknown): void {
  if (sample.length === 0 || sample.some((text) => read(text) instanceof Date)) return;
  throw new DomainError(
    'UNREADABLE_DATES',
    `"${column}" has no date that can be read, for example "${sample[0]}": --date-format says how dates are written`,
    [column],
  );
}
