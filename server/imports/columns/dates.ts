import { patternReader } from './date-pattern.ts';
import { type Decision, decideByVotes, vote, votesFor } from './decision.ts';
import { foldText } from './fold.ts';
import { type DateOrder, numbersOf, type WrittenTime, writtenTime } from './written-time.ts';
import { clockNamed, clockOf } from './zones.ts';

/** How a column writes dates: in an order, as a spreadsheet's days since 1900, or by a pattern that somebody gave. */
export type DateSpelling = { readonly order: DateOrder | 'SERIAL' } | { readonly pattern: string };

/** Why a text is no date of its column: none at all, readable both ways, before 1990, after tomorrow, or in a zone nobody knows. */
export type DateFault = 'BAD_DATE' | 'AMBIGUOUS_DATE' | 'TOO_EARLY' | 'IN_FUTURE' | 'UNKNOWN_ZONE';

const DAY = 86_400_000;
/** Longer texts are no dates, and would take long to look through. */
const LONGEST = 100;
const EARLIEST = Date.UTC(1990, 0);

/**
 * Reads the dates of a column. A day and a time of day in two columns are one text with a blank between.
 *
 * @param zone Where the clock stands for a time without a zone: an IANA name or an offset.
 * @throws DomainError UNKNOWN_TIME_ZONE, BAD_DATE_FORMAT
 */
export function dateReader(
  spelling: DateSpelling,
  zone: string,
  now: number = Date.now(),
): (text: string, rowZone?: string | null) => Date | DateFault {
  const written = writtenReader(spelling);
  const home = clockOf(zone);
  const latest = now + DAY;

  function read(text: string, rowZone: string): Date | DateFault {
    if (text.length > LONGEST) return 'BAD_DATE';
    const time = written(foldText(text));
    if (typeof time === 'string') return time;
    if (time.local < EARLIEST - DAY) return 'TOO_EARLY';
    if (time.local > latest + DAY) return 'IN_FUTURE';
    const named = time.zone ?? foldText(rowZone);
    const clock = named === '' ? home : clockNamed(named);
    if (clock === null) return 'UNKNOWN_ZONE';
    const instant = clock(time.local);
    if (instant < EARLIEST) return 'TOO_EARLY';
    return instant > latest ? 'IN_FUTURE' : new Date(instant);
  }

  // The lines of one order share their text.
  let lastText: string | null = null;
  let lastZone = '';
  let last: Date | DateFault = 'BAD_DATE';
  return (text, rowZone) => {
    const zoneText = rowZone ?? '';
    if (text !== lastText || zoneText !== lastZone) {
      last = read(text, zoneText);
      lastText = text;
      lastZone = zoneText;
    }
    return last;
  };
}

function writtenReader(spelling: DateSpelling): (text: string) => WrittenTime | 'BAD_DATE' | 'AMBIGUOUS_DATE' {
  if ('pattern' in spelling) return patternReader(spelling.pattern);
  const { order } = spelling;
  return order === 'SERIAL' ? serialTime : (text) => writtenTime(text, order);
}

/** Reads one time that somebody states, past or future; in UTC where it has no offset. */
export const readInstant = dateReader({ order: 'YMD' }, 'UTC', Number.POSITIVE_INFINITY);

export const INSTANT_EXPECTS = 'YYYY-MM-DD, or YYYY-MM-DD HH:MM with an offset or in UTC';

/** Days since 1990 and their fractions, as a spreadsheet counts them without a date's format; they are exact to the second. */
const SERIAL = /^[3-9]\d{4}(?:[.,]\d+)?$/;
const SERIAL_START = Date.UTC(1899, 11, 30);

const serialTime = (text: string): WrittenTime | 'BAD_DATE' =>
  SERIAL.test(text)
    ? { local: SERIAL_START + Math.round(Number(text.replace(',', '.')) * 86_400) * 1000, zone: null }
    : 'BAD_DATE';

/**
 * Gathers, value by value, in which order a column writes dates. Numbers with points between are day-first unless the
 * month would be above twelve, because nobody writes months first with points. A column that leaves it open is asked
 * about, unless the usual order of its source is given; where only some of its values could be read both ways, those are
 * rejected (AMBIGUOUS_DATE) and the rest is read.
 */
export function dateSurvey(): {
  add(text: string): void;
  decide(usual?: DateOrder | null): Decision<DateSpelling>;
} {
  const dayFirst = votesFor<DateSpelling>({ order: 'DMY' });
  const monthFirst = votesFor<DateSpelling>({ order: 'MDY' });
  const serial = votesFor<DateSpelling>({ order: 'SERIAL' });
  const other = votesFor<DateSpelling>({ order: 'YMD' });
  const unclear = votesFor<DateSpelling>({ order: 'YMD' });
  const examples = new Set<string>();
  let lastText = '';

  const votesOf = (text: string) => {
    if (SERIAL.test(text)) return serial;
    const numbers = YEAR.test(text) ? null : numbersOf(text);
    if (numbers === null) return other;
    const { first, second, mark } = numbers;
    if (second > 12) return monthFirst;
    if (first > 12 || mark === '.') return dayFirst;
    return first === second ? other : unclear;
  };

  const add = (text: string) => {
    if (text === lastText || text.length > LONGEST) return;
    lastText = text;
    const folded = foldText(text);
    if (folded === '') return;
    const votes = votesOf(folded);
    vote(votes, text);
    if (votes === unclear && examples.size < EXAMPLES) examples.add(text);
  };

  const decide = (usual: DateOrder | null = null): Decision<DateSpelling> => {
    const decision = decideByVotes(dayFirst, monthFirst);
    if (decision !== null) return decision;
    if (unclear.count > 0 && usual !== null) return { spelling: { order: usual }, evidence: null };
    if (unclear.count > other.count) return { ambiguous: [...examples] };
    if (serial.count > 0 && other.count + unclear.count === 0)
      return { spelling: serial.spelling, evidence: serial.example };
    return { spelling: other.spelling, evidence: other.example };
  };

  return { add, decide };
}

const EXAMPLES = 3;
const YEAR = /^\d{4}/;
