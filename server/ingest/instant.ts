import { Temporal } from 'temporal-polyfill';

export const DATE_FORMATS =
  'YYYY-MM-DD, YYYYMMDD, or YYYY-MM-DD HH:MM[:SS] with an optional Z or +HH:MM (without one the time is UTC)';

/** @returns The instant of an ISO 8601 day or time; null for any other text, impossible days included. */
export function parseInstant(text: string): Date | null {
  try {
    const hasZone = /(?:[zZ]|[+-]\d{2}:?\d{2})$/.test(text) && /\d[T ]\d{2}:/.test(text);
    const instant = hasZone
      ? Temporal.Instant.from(text)
      : Temporal.PlainDateTime.from(text).toZonedDateTime('UTC').toInstant();
    const year = instant.epochMilliseconds / 31_556_952_000 + 1970;
    return year >= 1900 && year < 2200 ? new Date(instant.epochMilliseconds) : null;
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
