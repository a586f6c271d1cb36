import { Temporal } from 'temporal-polyfill';

export const DATE_FORMATS =
  'YYYY-MM-DD, YYYYMMDD, or YYYY-MM-DD HH:MM[:SS] with an optional Z or +HH[:MM] (without one the time is UTC), in the years 1900 to 2199';

const INSTANT =
  /^(\d{4}-\d{2}-\d{2}|\d{8})(?:(?:T|t| +)(\d{2}:\d{2}(?::\d{2}(?:[.,]\d{1,9})?)?) ?(?:([zZ])|([+-]\d{2}):?(\d{2})?)?)?$/;

/** @returns The instant of an ISO 8601 day or time from 1900 to 2199; null for any other text, impossible days included. */
export function parseInstant(text: string): Date | null {
  const [, day, time = '00:00', , hours = '+00', minutes = '00'] = INSTANT.exec(text) ?? [];
  if (day === undefined) return null;
  try {
    const { epochMilliseconds } = Temporal.Instant.from(`${Temporal.PlainDate.from(day)}T${time}${hours}:${minutes}`);
    const instant = new Date(epochMilliseconds);
    const year = instant.getUTCFullYear();
    return year >= 1900 && year < 2200 ? instant : null;
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

/** Parses with a memory of the last text, because the lines of one order share theirs. */
export function instantReader(): (text: string) => Date | null {
  let last = '';
  let instant: Date | null = null;
  return (text) => {
    if (text !== last) {
      last = text;
      instant = parseInstant(text);
    }
    return instant;
  };
}
