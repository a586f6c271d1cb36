import { groupDeviation, groupInterval, spreadParts } from '../../models/group-interval.ts';
import type { History } from '../../models/types.ts';
import { type Column, sum } from '../accuracy.ts';
import { plainCoverage } from '../coverage.ts';
import type { HorizonForecast } from './horizon-forecast.ts';

export interface GroupsHeld {
  /** Groups of customers that are expected to have at least 30 order days. */
  readonly groups: number;
  /** How many of their totals came to lie in their [p10, p90]. */
  readonly groupsHeld: number;
}

/** Of smaller groups nearly all is chance. */
const FEWEST_ORDER_DAYS = 30;

/**
 * How the totals of groups came out. A group has the customers with 1, 2, 3 to 5 or more order days whose last one lies in the
 * same third of all, from the latest to the earliest.
 * @param histories, actual of the customers of the forecast, in its order. @param actual their value.
 */
export function groupsHeld(
  histories: readonly History[],
  { orderDays, value, variance, sharedDeviation }: HorizonForecast,
  actual: Column,
): GroupsHeld {
  const idle = histories.map(({ tx, T }) => T - tx);
  const sorted = idle.toSorted((a, b) => a - b);
  const thirds = [1, 2].map((third) => sorted[Math.floor((third * sorted.length) / 3)]!);
  const keyOf = ({ x }: History, i: number) =>
    `${[1, 2, 5].filter((from) => x >= from).length}/${thirds.filter((end) => idle[i]! > end).length}`;
  const positions = new Map<string, number[]>();
  for (const [i, history] of histories.entries()) {
    const key = keyOf(history, i);
    const of = positions.get(key) ?? [];
    of.push(i);
    positions.set(key, of);
  }
  const groups = [...positions.values()].filter((of) => sumAt(orderDays, of) >= FEWEST_ORDER_DAYS);
  const base = withLargest(Float64Array.from(value));
  const held = groups.map((of) => {
    const parts = spreadParts(at(value, of), at(variance, of));
    return plainCoverage(
      groupInterval(parts, groupDeviation(sharedDeviation, withLargest(at(value, of)), base)),
      sumAt(actual, of),
    );
  });
  return { groups: groups.length, groupsHeld: sum(Float64Array.from(held)) };
}

const withLargest = (values: Column) => ({
  total: sum(values),
  largest: values.reduce((most, value) => Math.max(most, value), 0),
});

const at = (column: ArrayLike<number>, positions: readonly number[]): Column =>
  Float64Array.from(positions, (i) => column[i]!);
const sumAt = (column: ArrayLike<number>, positions: readonly number[]): number => sum(at(column, positions));
