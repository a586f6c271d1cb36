import { InvalidArgumentError } from 'commander';

import { INSTANT_EXPECTS, readInstant } from '../imports/columns/dates.ts';

/** Reads the time of an option, past or future. */
export function instant(text: string): Date {
  const read = readInstant(text);
  if (typeof read === 'string') throw new InvalidArgumentError(`expected ${INSTANT_EXPECTS}.`);
  return read;
}
