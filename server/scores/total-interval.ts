import { HORIZONS, type Horizon } from '../domain/period.ts';
import { groupInterval, type ValueInterval } from '../engine/models/group-interval.ts';
import type { RunRow } from './data/runs.ts';

/** How sure the value of customers together is; null where the run has no intervals. */
export function intervalOfTotal(
  { sharedDeviations }: RunRow,
  horizon: Horizon,
  { total, variance }: { readonly total: number; readonly variance: number | null },
): ValueInterval | null {
  const sharedDeviation = sharedDeviations?.[HORIZONS.indexOf(horizon)];
  if (variance === null || sharedDeviation === undefined) return null;
  return groupInterval({ mean: total, variance, sharedDeviation });
}
