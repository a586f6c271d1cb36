import { HORIZON_MONTHS } from '../../domain/period.ts';
import { gammaQuantile } from '../numerics/incomplete-gamma.ts';
import { createRandom, type Random } from '../numerics/random.ts';
import { weeklyDiscountRate, weeksOfMonths } from './clv.ts';
import { fittedSpend, fittedTransactions } from './find-model.ts';
import { parameterDraws } from './parameter-draws.ts';
import type { ScoreSettings } from './score.ts';
import type { Fit, HistoryGroup, SpendGroup } from './types.ts';
import { SEED, sliceDiscounts } from './value-intervals.ts';

/** Beyond this shape the interval is 0.03% wide: nobody needs it narrower. */
const LARGEST_SHAPE = 1e8;

/** Enough to know a relative standard deviation to within 6% of itself. */
const SHARED_DRAWS = 120;
const SAMPLED_GROUPS = 500;

/** With a chance of 80% the value lies between p10 and p90. */
export interface ValueInterval {
  readonly p10: number;
  readonly p50: number;
  readonly p90: number;
}

export interface GroupMoments {
  /** Sum of the customers' expected values, >= 0. */
  readonly mean: number;
  /** Sum of the customers' own variances, >= 0. */
  readonly variance: number;
  /** Relative standard deviation of what all customers share, >= 0: see {@link sharedDeviation}. */
  readonly sharedDeviation: number;
}

/**
 * Between which values the sum over a group of customers will lie, from three figures that need no look at the customers:
 * the first two add up over any groups. The customers' own chances are independent, so their variances add up; what they
 * share moves all of them alike:
 *
 *   variance of the sum = sum of variances + (sharedDeviation x mean)^2
 *
 * The quantiles are those of the gamma distribution with that mean and variance. It is heavily skewed where a few customers
 * may or may not come back, and nearly normal where there are many. For one customer it knows nothing of the lump at zero:
 * take the customer's own interval there.
 * @returns p10 <= p50 <= p90, in the unit of the mean; zeros for a mean of zero.
 */
export function groupInterval({ mean, variance, sharedDeviation }: GroupMoments): ValueInterval {
  if (mean === 0) return { p10: 0, p50: 0, p90: 0 };
  const shape = Math.min(mean ** 2 / (variance + (sharedDeviation * mean) ** 2), LARGEST_SHAPE);
  const at = (probability: number) => (mean / shape) * gammaQuantile(shape, probability);
  return { p10: at(0.1), p50: at(0.5), p90: at(0.9) };
}

export interface Base {
  readonly transactions: Fit<unknown>;
  readonly spend: Fit<unknown>;
  readonly histories: readonly HistoryGroup[];
  /** Of the repeat order days. */
  readonly repeatSpend: readonly SpendGroup[];
  readonly settings: Pick<ScoreSettings, 'annualDiscountRate' | 'correction'>;
  /** By horizon: standard deviation of ln(actual/predicted) of totals beyond what chance explains, >= 0. */
  readonly deviations: readonly number[];
}

/**
 * Relative standard deviation of what all customers of a base share, by horizon of {@link HORIZON_MONTHS}: parameters that
 * are off for all of them, and the deviation of totals. Orders and spend are fitted apart from each other, so with c their
 * relative standard deviations over draws of the parameters, 1 + c^2 = (1 + c_orders^2) (1 + c_spend^2) e^(deviation^2). What
 * customers' own rates and means have a share in has no parameters, which lowers c_orders and c_spend by that share.
 *
 * The base is a sample of its groups (every n-th): what is measured is how alike they move, not how much they are worth.
 */
export function sharedDeviation(base: Base): readonly number[] {
  const random = createRandom(SEED);
  const orders = orderDeviations(base, random);
  const spend = spendDeviation(base, random);
  const modelled = 1 - (base.settings.correction?.ownShare ?? 0);
  return orders.map((c, i) => {
    const byParameters = (1 + (modelled * c) ** 2) * (1 + (modelled * spend) ** 2);
    return Math.sqrt(byParameters * Math.exp(base.deviations[i]! ** 2) - 1);
  });
}

function orderDeviations({ transactions, histories, settings }: Base, random: Random): readonly number[] {
  const { model } = fittedTransactions(transactions);
  const weeks = Object.values(HORIZON_MONTHS).map(weeksOfMonths);
  const discounts = sliceDiscounts(weeks, weeklyDiscountRate(settings.annualDiscountRate));
  const sample = everyNth(histories, SAMPLED_GROUPS);
  const totals = parameterDraws(model, transactions as Fit<never>, SHARED_DRAWS, random).map((parameters) => {
    const total = weeks.map(() => 0);
    for (const history of sample) {
      const weight = history.count * (model.probabilityAlive(parameters, history) ?? 1);
      const { expected } = model.residual(parameters, history, weeks, 0);
      let discounted = 0;
      for (let i = 0; i < weeks.length; i++) {
        discounted += discounts[i]! * (expected[i]! - (expected[i - 1] ?? 0));
        total[i]! += weight * discounted;
      }
    }
    return total;
  });
  return weeks.map((_, i) => relativeDeviation(totals.map((total) => total[i]!)));
}

/** Customers weigh as much as they have bought. */
function spendDeviation({ spend, repeatSpend }: Base, random: Random): number {
  const { model } = fittedSpend(spend);
  const sample = everyNth(repeatSpend, SAMPLED_GROUPS);
  return relativeDeviation(
    parameterDraws(model, spend as Fit<never>, SHARED_DRAWS, random).map((parameters) =>
      sample.reduce((sum, group) => sum + group.count * group.x * model.expectedSpend(parameters, group), 0),
    ),
  );
}

function everyNth<Group>(groups: readonly Group[], atMost: number): readonly Group[] {
  const stride = Math.ceil(groups.length / atMost);
  return groups.filter((_, i) => i % stride === 0);
}

/** Standard deviation over mean; 0 for a mean of 0. */
function relativeDeviation(values: readonly number[]): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return mean === 0 ? 0 : Math.sqrt(squares / (values.length - 1)) / mean;
}
