import { HORIZONS, type Horizon } from '../domain/period.ts';
import {
  groupDeviation,
  groupInterval,
  type Moments,
  type SumWithLargest,
  type ValueInterval,
} from '../engine/models/group-interval.ts';
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

/** The value of a group of customers within a horizon. */
export interface GroupTotal {
  /** Null where the run has no intervals. */
  readonly parts: readonly SpreadPart[] | null;
  /** Of all customers of the run. */
  readonly base: SumWithLargest;
}

/** Of groups that have no customer in common. */
export function sumWithLargest(parts: readonly SumWithLargest[]): SumWithLargest {
  return {
    total: parts.reduce((sum, { total }) => sum + total, 0),
    largest: parts.reduce((most, { largest }) => Math.max(most, largest), 0),
  };
}

/** How sure the value of customers together is; null where the run has no intervals. */
export function intervalOfTotal(run: RunRow, horizon: Horizon, group: GroupTotal): ValueInterval | null {
  const deviation = deviationOf(run, horizon, group);
  return group.parts === null || deviation === null ? null : groupInterval(group.parts, deviation);
}

/** The total without its largest customer, where that one carries more than 20% of the variance of the total; else null. */
export function withoutLargest(run: RunRow, horizon: Horizon, group: GroupTotal): TotalWithoutLargest | null {
  const { parts } = group;
  const deviation = deviationOf(run, horizon, group);
  if (parts === null || deviation === null) return null;
  const [first] = parts
    .flatMap((part) => (part.largest === null || part.mean === 0 ? [] : [{ part, largest: part.largest }]))
    .map((each) => ({ ...each, variance: (each.part.variance / each.part.mean) * each.largest.value }))
    .toSorted((a, b) => b.variance - a.variance);
  const total = parts.reduce((sum, { mean }) => sum + mean, 0);
  const ofTotal = parts.reduce((sum, { variance }) => sum + variance, (deviation * total) ** 2);
  if (first === undefined || first.variance <= LARGE_SHARE * ofTotal) return null;
  const { part, largest, variance } = first;
  const rest = parts.map((each) =>
    each === part ? { mean: each.mean - largest.value, variance: each.variance - variance } : each,
  );
  return { largest, total: total - largest.value, interval: groupInterval(rest, deviation) };
}

function deviationOf({ sharedDeviations }: RunRow, horizon: Horizon, { parts, base }: GroupTotal): number | null {
  const shared = sharedDeviations?.[HORIZONS.indexOf(horizon)];
  if (shared === undefined || parts === null) return null;
  const sums = parts.map(({ mean, largest }) => ({ total: mean, largest: largest?.value ?? 0 }));
  return groupDeviation(shared, sumWithLargest(sums), base);
}
