import { HORIZONS, type Horizon } from '../domain/period.ts';
import { groupInterval, type Moments, type ValueInterval } from '../engine/models/group-interval.ts';
import type { RunRow } from './data/runs.ts';

/** Customers of one spread class. */
export interface SpreadPart extends Moments {
  /** The customer with the highest 12-month CLV; null in runs that did not record it. */
  readonly largest: LargestCustomer | null;
}

export interface LargestCustomer {
  readonly clv12: number;
  /** Within the horizon of the total. */
  readonly value: number;
}

/** A total without the customer who makes it least sure. */
export interface TotalWithoutLargest {
  readonly largest: LargestCustomer;
  readonly total: number;
  readonly interval: ValueInterval;
}

/** Share of the variance of a total from which on a report leaves out the customer who carries it. */
const LARGE_SHARE = 0.2;

/** How sure the value of customers together is; null where the run has no intervals. */
export function intervalOfTotal(run: RunRow, horizon: Horizon, parts: readonly Moments[] | null): ValueInterval | null {
  const sharedDeviation = sharedDeviationOf(run, horizon);
  return parts === null || sharedDeviation === null ? null : groupInterval(parts, sharedDeviation);
}

/** The total without its largest customer, where that one carries more than 20% of the variance of the total; else null. */
export function withoutLargest(
  run: RunRow,
  horizon: Horizon,
  parts: readonly SpreadPart[] | null,
): TotalWithoutLargest | null {
  const sharedDeviation = sharedDeviationOf(run, horizon);
  if (parts === null || sharedDeviation === null) return null;
  const [first] = parts
    .flatMap((part) => (part.largest === null || part.mean === 0 ? [] : [{ part, largest: part.largest }]))
    .map((each) => ({ ...each, variance: (each.part.variance / each.part.mean) * each.largest.value }))
    .toSorted((a, b) => b.variance - a.variance);
  const total = parts.reduce((sum, { mean }) => sum + mean, 0);
  const ofTotal = parts.reduce((sum, { variance }) => sum + variance, (sharedDeviation * total) ** 2);
  if (first === undefined || first.variance <= LARGE_SHARE * ofTotal) return null;
  const { part, largest, variance } = first;
  const rest = parts.map((each) =>
    each === part ? { mean: each.mean - largest.value, variance: each.variance - variance } : each,
  );
  return { largest, total: total - largest.value, interval: groupInterval(rest, sharedDeviation) };
}

const sharedDeviationOf = ({ sharedDeviations }: RunRow, horizon: Horizon): number | null =>
  sharedDeviations?.[HORIZONS.indexOf(horizon)] ?? null;
