import type { Fit } from '../../models/types.ts';
import { valueSimulator } from '../../models/value-intervals.ts';
import { quantiles } from '../../numerics/quantile.ts';
import { createRandom } from '../../numerics/random.ts';
import { type Column, sum } from '../accuracy.ts';
import { pitCoverage, plainCoverage } from '../coverage.ts';
import { spendFor } from './fits.ts';
import type { Snapshot } from './snapshot.ts';

/** Draws per customer: enough, as the coverage that they measure is a mean over customers. */
const DRAWS = 50;
const SEED = 1;

/** What 80% intervals for the horizon after an origin held of what came; shares in [0, 1]. */
export interface OriginCoverage {
  /** Over customers, exact also where many bought nothing. */
  readonly customers: number;
  /** The same counted by hand: an interval [0, p90] holds 90% and more. */
  readonly plainCustomers: number;
  /** 1 where the total lay in its interval, else 0; in between where the draws leave it open. */
  readonly total: number;
  /** Variance of ln(total) that the parameters' and the customers' own chances make, without drift. */
  readonly explainedVariance: number;
}

/** @param drift standard deviation of ln(actual/predicted) that all customers share, >= 0. */
export function coverageAt(
  snapshot: Snapshot,
  fits: { readonly transactions: Fit<object>; readonly spend: Fit<object> },
  drift: number,
): OriginCoverage {
  const { histories, horizonWeeks, value } = snapshot;
  const simulate = valueSimulator({
    ...fits,
    drift: 0,
    seed: SEED,
    weeks: [horizonWeeks],
    delta: 0,
    marginRate: 1,
    draws: DRAWS,
  });
  const random = createRandom(SEED);
  const drifts = Float64Array.from({ length: DRAWS }, () => Math.exp(drift * random.normal() - drift ** 2 / 2));
  const totals = new Float64Array(DRAWS);
  let customers = 0;
  let plainCustomers = 0;
  for (const [i, history] of histories.entries()) {
    const spend = spendFor(fits.spend, history);
    const [draws] = simulate(history, spend, i) as [Column];
    for (let d = 0; d < DRAWS; d++) {
      totals[d]! += draws[d]!;
      draws[d]! *= drifts[d]!;
    }
    customers += pitCoverage(draws, value[i]!);
    const [p10, p90] = quantiles(draws, [0.1, 0.9]) as [number, number];
    plainCustomers += plainCoverage({ p10, p90 }, value[i]!);
  }
  const strayed = totals.map((total, d) => total * drifts[d]!);
  return {
    customers: customers / histories.length,
    plainCustomers: plainCustomers / histories.length,
    // Rounding may lift a certainty above 1.
    total: Math.min(1, pitCoverage(strayed, sum(value))),
    explainedVariance: relativeVariance(totals),
  };
}

/** About the variance of the logarithm; 0 where nothing is expected. */
function relativeVariance(totals: Column): number {
  const average = sum(totals) / totals.length;
  if (average === 0) return 0;
  return totals.reduce((squares, total) => squares + (total / average - 1) ** 2, 0) / (totals.length - 1);
}
