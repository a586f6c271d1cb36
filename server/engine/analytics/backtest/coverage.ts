import { groupInterval } from '../../models/group-interval.ts';
import type { Correction } from '../../models/score.ts';
import type { Fit } from '../../models/types.ts';
import { valueSimulator } from '../../models/value-intervals.ts';
import { quantiles } from '../../numerics/quantile.ts';
import { createRandom } from '../../numerics/random.ts';
import { type Column, sum } from '../accuracy.ts';
import { pitCoverage, plainCoverage } from '../coverage.ts';
import { spendFor } from './fits.ts';
import type { Snapshot } from './snapshot.ts';

/** Draws per customer: enough, as what they measure is a mean over customers. */
const DRAWS = 50;
const SEED = 1;

/** What 80% intervals for a horizon after an origin held of what came. */
export interface HorizonCoverage {
  readonly weeks: number;
  readonly customers: number;
  /** Customers whose value lay in their interval. */
  readonly customersHeld: number;
  /** How many should have: more than 80%, as the interval of somebody who will probably buy nothing begins at 0. */
  readonly customersPromised: number;
  /** Share of the customers' outcomes within the middle 80% of their forecasts: 0.8 is right also where many bought nothing. */
  readonly centralShare: number;
  /** Whether the total lay in its interval. */
  readonly totalHeld: boolean;
  /** Variance of ln(total) that the parameters' and the customers' own chances make, without the deviation. */
  readonly explainedVariance: number;
}

/** What a forecast rests on, by horizon of the snapshot where it is a list. */
export interface CoverageQuestion {
  readonly transactions: Fit<object>;
  readonly spend: Fit<object>;
  readonly correction: Correction;
  /** Standard deviations of ln(actual/predicted) that all customers share. */
  readonly deviations: readonly number[];
}

/** @param predicted totals by horizon, levels included. */
export function coverageAt(
  { histories, outcomes }: Snapshot,
  { deviations, ...fits }: CoverageQuestion,
  predicted: readonly number[],
): HorizonCoverage[] {
  const simulate = valueSimulator({
    ...fits,
    deviations: deviations.map(() => 0),
    seed: SEED,
    weeks: outcomes.map(({ weeks }) => weeks),
    delta: 0,
    marginRate: 1,
    draws: DRAWS,
  });
  const random = createRandom(SEED);
  const normals = Float64Array.from({ length: DRAWS }, () => random.normal());
  const drifts = deviations.map((deviation) => normals.map((z) => Math.exp(deviation * z - deviation ** 2 / 2)));
  const totals = outcomes.map(() => new Float64Array(DRAWS));
  const counts = outcomes.map(() => ({ held: 0, promised: 0, central: 0 }));
  for (const [i, history] of histories.entries()) {
    const simulated = simulate(history, spendFor(fits.spend, history), i);
    for (const [horizon, draws] of simulated.entries()) {
      const actual = outcomes[horizon]!.value[i]!;
      for (let d = 0; d < DRAWS; d++) {
        totals[horizon]![d]! += draws[d]!;
        draws[d]! *= drifts[horizon]![d]!;
      }
      const [p10, p90] = quantiles(draws, [0.1, 0.9]) as [number, number];
      const count = counts[horizon]!;
      count.held += plainCoverage({ p10, p90 }, actual);
      count.promised += draws.reduce((inside, draw) => inside + plainCoverage({ p10, p90 }, draw), 0) / DRAWS;
      count.central += pitCoverage(draws, actual);
    }
  }
  return outcomes.map(({ weeks, value }, horizon) => {
    const { held, promised, central } = counts[horizon]!;
    const mean = predicted[horizon]!;
    const explainedVariance = relativeVariance(totals[horizon]!);
    const variance = explainedVariance * mean ** 2;
    const total = groupInterval([{ mean, variance }], deviations[horizon]!);
    return {
      weeks,
      customers: histories.length,
      customersHeld: held,
      customersPromised: promised,
      centralShare: central / histories.length,
      totalHeld: plainCoverage(total, sum(value)) === 1,
      explainedVariance,
    };
  });
}

/** About the variance of the logarithm; 0 where nothing is expected. */
function relativeVariance(totals: Column): number {
  const average = sum(totals) / totals.length;
  if (average === 0) return 0;
  return totals.reduce((squares, total) => squares + (total / average - 1) ** 2, 0) / (totals.length - 1);
}
