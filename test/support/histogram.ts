import { Tally, type ValueCount } from '../../server/engine/analytics/rfm.ts';

export function histogram(values: Iterable<number>): ValueCount[] {
  const tally = new Tally();
  for (const value of values) tally.add(value);
  return tally.values();
}
