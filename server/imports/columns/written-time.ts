import { monthNamed } from './months.ts';

/** In which order numbers stand that could be a day or a month; `YMD` where every date begins with its year or names its month. */
export type DateOrder = 'YMD' | 'DMY' | 'MDY';

export interface WrittenTime {
  /** The time on the clock, in milliseconds as if it were UTC. */
  readonly local: number;
  /** The zone written behind it. */
  readonly zone: string | null;
}

/** The texts of a time of day: hour, minute, second, fraction of a second, `a` or `p` of a twelve-hour clock, zone. */
export type TimeTexts = readonly (string | undefined)[];

/** Matches a time of day and its zone, in the groups of {@link TimeTexts}. */
export const TIME = String.raw`(\d{1,2})[:.](\d{2})(?:[:.](\d{2})(?:[.,](\d{1,9}))?)?(?: ?([ap])\.?m\b\.?)?(?: Uhr)?(?: ?([a-z+(\u2212-].*))?`;
const shape = (date: string, time = `(?:(?:T|,? (?:at )?)${TIME})?`) => new RegExp(`^${date}${time}$`, 'iu');

const WEEKDAY = String.raw`(?:\p{L}{2,12}\.?,? )?`;
const YEAR_FIRST = shape(String.raw`(\d{4})([-/.])(\d{1,2})\2(\d{1,2})`);
const NUMBERS = shape(String.raw`(\d{1,2})([-/.]) ?(\d{1,2})\2 ?(\d{4}|\d{2})`);
const MONTH_FIRST = shape(String.raw`${WEEKDAY}(\p{L}+)\.?[ -](\d{1,2})(?:st|nd|rd|th)?(?:, ?|[ -])(\d{4}|\d{2})`);
const DAY_FIRST = shape(
  String.raw`${WEEKDAY}(\d{1,2})(?:\.|st|nd|rd|th|er)?(?: |-|/| de )(\p{L}+)\.?(?: |-|/|, | de )(\d{4}|\d{2})`,
);
const COMPACT = shape(
  String.raw`(\d{4})(\d{2})(\d{2})`,
  String.raw`(?:T?(\d{2})(\d{2})(\d{2})?(?: ?(Z|[+-].*))?| ${TIME})?`,
);
/** Seconds, milliseconds or microseconds since 1970, from September 2001 on. */
const EPOCH = /^(\d{10})(\d{3}|\d{6})?(?:\.(\d+))?$/;

/** Two numbers of which either could be the day, or what shows which is. */
export function numbersOf(
  text: string,
): { readonly first: number; readonly second: number; readonly mark: string } | null {
  const [, first, mark, second] = NUMBERS.exec(text) ?? [];
  return mark === undefined ? null : { first: Number(first), second: Number(second), mark };
}

/** Reads a date, with or without a time of day, in any spelling; the order decides only between two numbers. */
export function writtenTime(text: string, order: DateOrder): WrittenTime | 'BAD_DATE' | 'AMBIGUOUS_DATE' {
  const found = YEAR_FIRST.exec(text);
  if (found !== null) return timeOf(found[1]!, found[3]!, found[4]!, found.slice(5));
  const numbers = NUMBERS.exec(text);
  if (numbers === null) return withWords(text) ?? compact(text) ?? epoch(text) ?? 'BAD_DATE';
  const [, first, , second, year, ...time] = numbers as unknown as string[];
  if (order === 'YMD' && !isClear(Number(first), Number(second))) return 'AMBIGUOUS_DATE';
  const isDayFirst = order === 'DMY' || (order === 'YMD' && Number(first) > 12);
  return isDayFirst ? timeOf(year!, second!, first!, time) : timeOf(year!, first!, second!, time);
}

const isClear = (first: number, second: number) => first === second || first > 12 || second > 12;

function withWords(text: string): WrittenTime | 'BAD_DATE' | null {
  const monthFirst = MONTH_FIRST.exec(text);
  if (monthFirst !== null) return timeOf(monthFirst[3]!, monthFirst[1]!, monthFirst[2]!, monthFirst.slice(4));
  const dayFirst = DAY_FIRST.exec(text);
  return dayFirst === null ? null : timeOf(dayFirst[3]!, dayFirst[2]!, dayFirst[1]!, dayFirst.slice(4));
}

function compact(text: string): WrittenTime | 'BAD_DATE' | null {
  const found = COMPACT.exec(text);
  if (found === null) return null;
  const [hour, minute, second, zone] = found.slice(4);
  return timeOf(
    found[1]!,
    found[2]!,
    found[3]!,
    hour === undefined ? found.slice(8) : [hour, minute, second, '', undefined, zone],
  );
}

function epoch(text: string): WrittenTime | null {
  const [, seconds, rest = '', decimals = ''] = EPOCH.exec(text) ?? [];
  if (seconds === undefined) return null;
  return { local: Number(seconds) * 1000 + milliseconds(`${rest}${decimals}`), zone: 'Z' };
}

const milliseconds = (fraction: string) => Number(fraction.padEnd(3, '0').slice(0, 3));

/**
 * @param year With four digits, or two as POSIX reads them: 69 to 99 are of the last century.
 * @param month A number or a name.
 * @returns BAD_DATE for days and times that no calendar and no clock has.
 */
export function timeOf(year: string, month: string, day: string, time: TimeTexts): WrittenTime | 'BAD_DATE' {
  const [hour = '0', minute = '0', second = '0', fraction = '', half, zone = null] = time;
  if (!isOnClock(Number(hour), Number(minute), Number(second), half?.toLowerCase() === 'a')) return 'BAD_DATE';
  // Magento 2.1 wrote 16:02:00 PM.
  const hours = half === undefined ? Number(hour) : (Number(hour) % 12) + (half.toLowerCase() === 'p' ? 12 : 0);
  const index = (/^\d/.test(month) ? Number(month) : (monthNamed(month) ?? 0)) - 1;
  const midnight = Date.UTC(
    year.length > 2 ? Number(year) : Number(year) + (Number(year) < 69 ? 2000 : 1900),
    index,
    Number(day),
  );
  // Another day comes out where the month has no such day.
  if (index < 0 || index > 11 || new Date(midnight).getUTCDate() !== Number(day)) return 'BAD_DATE';
  const seconds = (hours * 60 + Number(minute)) * 60 + Number(second);
  return { local: midnight + seconds * 1000 + milliseconds(fraction), zone };
}

/** A leap second comes at the end of some hour, depending on the zone; it is taken for the second after it. */
const isOnClock = (hour: number, minute: number, second: number, isMorning: boolean) =>
  hour <= (isMorning ? 12 : 23) && minute <= 59 && (second <= 59 || (second === 60 && minute === 59));
