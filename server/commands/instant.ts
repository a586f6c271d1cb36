import { InvalidArgumentError } from 'commander';

import { dateReader } from '../imports/columns/dates.ts';

/** Reads the time of an option, past or future. */
export function instant(text: string): Date {
  const read = dateReader({ order: 'YMD' }, 'UTC', Number.POSITIVE_INFINITY)(text);
  if (typeof read === 'string')
    throw new InvalidArgumentError('expected YYYY-MM-DD, or YYYY-MM-DD HH:MM with an offset or in UTC.');
  return read;
}
