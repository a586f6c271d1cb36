import { HORIZON_MONTHS } from '../../domain/period.ts';
import { gammaQuantile } from '../numerics/incomplete-gamma.ts';
import { createRandom, type Random } from '../numerics/random.ts';
import { weeklyDiscountRate, weeksOfMonths } from './clv.ts';
import { fittedSpend, fittedTransactions } from './find-model.ts';
import { parameterDraws } from './parameter-draws.ts';
import type { ScoreSettings } from './score.ts';
import { cappedAt, spendCap } from './spend-cap.ts';
import type { Fit, HistoryGroup, SpendGroup } from './types.ts';
import { SEED, sliceDiscounts } from './value-intervals.ts';

/** Beyond this shape the interval is 0.03% wide: nobody needs it narrower. */
const LARGEST_SHAPE = 1e8;

/** Under this shape p10 and p50 are no number larger than 0. */
const SMALLEST_SHAPE = 1e-3;

/** Where p90 of the gamma distribution is the most times its mean, 3.02. */
const SHAPE_OF_HIGHEST_P90 = 0.203;

/** Enough to know a relative standard deviation to within 6% of itself. */
const SHARED_DRAWS = 120;
const SAMPLED_GROUPS = 500;

/** Of small groups of customers by order days and recency: it made intervals hold about 80% on CDNOW, Online Retail and Complete Journey. */
const OWN_DEVIATION = 0.35;

/** With a chance of 80% the value lies between p10 and p90. */
export interface ValueInterval {
  readonly p10: number;
  readonly p50: number;
  readonly p90: number;
}

/** What is known of the sum over some customers, from their own chances: adds up over any groups. */
export interface Moments {
  /** Sum of the customers' expected values, >= 0. */
  readonly mean: number;
  /** Sum of the customers' own variances, >= 0. */
  readonly variance: number;
}

/**
 * Between which values the sum over a group of customers will lie, from figures that need no look at the customers. The
 * customers' own chances are independent, so their variances add up; what they share moves all of them alike:
 *
 *   variance of the sum = sum of variances + (sharedDeviation x mean)^2
 *
 * The quantiles are those of the gamma distribution with that mean and variance. It is heavily skewed where a few customers
 * may or may not come back, and nearly normal where there are many. For one customer it knows nothing of the lump at zero:
 * take the customer's own interval there.
 *
 * No value is below 0, so a whole can be worth no less than any of its parts. The gamma distribution alone does not know that:
 * one customer of a huge variance draws p10 and p50 of the sum towards 0. They are therefore the highest among those of the
 * least noisy customers: parts are left out from the highest variance / mean down, and nothing is in most groups. p90 is
 * the highest over variances up to the own one, as it falls again where the deviation is more than twice the mean. So no
 * quantile of a whole is below that of a part whose parts are parts of the whole's.
 * @param parts that the group consists of, with customers of about the same variance / mean in each: see {@link spreadParts}.
 * @param sharedDeviation relative standard deviation of what all customers share, >= 0: see {@link sharedDeviation}.
 * @returns p10 <= p50 <= p90, in the unit of the mean; zeros for a mean of zero.
 */
export function groupInterval(parts: readonly Moments[], sharedDeviation: number): ValueInterval {
  const groups = prefixSums(parts.filter(({ mean }) => mean > 0).toSorted((a, b) => spread(a) - spread(b)));
  const whole = groups.at(-1);
  if (whole === undefined) return { p10: 0, p50: 0, p90: 0 };
  const shapeOf = (group: Moments) =>
    Math.min(LARGEST_SHAPE, Math.max(SMALLEST_SHAPE, 1 / (spread(group) / group.mean + sharedDeviation ** 2)));
  const quantile = (mean: number, shape: number, probability: number) =>
    (mean / shape) * gammaQuantile(shape, probability);
  function highest(probability: number): number {
    let best = 0;
    for (const group of groups.toReversed()) {
      // p10 and p50 are below the mean.
      if (group.mean <= best) break;
      best = Math.max(best, quantile(group.mean, shapeOf(group), probability));
    }
    return best;
  }
  const p90 = quantile(whole.mean, Math.max(shapeOf(whole), SHAPE_OF_HIGHEST_P90), 0.9);
  return { p10: highest(0.1), p50: highest(0.5), p90 };
}

/** A sum of values, and the largest of them. */
export interface SumWithLargest {
  readonly total: number;
  readonly largest: number;
}

/**
 * How far a group may come from its forecast beyond the chances of its customers: what all customers share, and what is the
 * group's own, the more the less of the base it is. Largest customers are left out of the second, as their own chances are most of theirs:
 *
 *   deviation^2 = shared^2 + (.35 (1 - rest of the group / rest of the base) rest of the group / total)^2
 *
 * @param base all customers: the group itself has no own part.
 */
export function groupDeviation(sharedDeviation: number, group: SumWithLargest, base: SumWithLargest): number {
  const [rest, restOfBase] = [group.total - group.largest, base.total - base.largest];
  if (!(rest > 0 && restOfBase > 0)) return sharedDeviation;
  return Math.hypot(sharedDeviation, (OWN_DEVIATION * Math.max(0, 1 - rest / restOfBase) * rest) / group.total);
}

const spread = ({ mean, variance }: Moments): number => variance / mean;

/** Sums over the first one, two, ... parts. */
function prefixSums(parts: readonly Moments[]): readonly Moments[] {
  let [mean, variance] = [0, 0];
  return parts.map((part) => {
    mean += part.mean;
    variance += part.variance;
    return { mean, variance };
  });
}

/** Customers in classes by variance / mean, each twice as wide as the one before, and the sums over each class. */
export function spreadParts(means: ArrayLike<number>, variances: ArrayLike<number>): readonly Moments[] {
  const parts = new Map<number, Moments>();
  for (let i = 0; i < means.length; i++) {
    const customer = { mean: means[i]!, variance: variances[i]! };
    const key = Math.floor(Math.log2(spread(customer)));
    const { mean, variance } = parts.get(key) ?? { mean: 0, variance: 0 };
    parts.set(key, { mean: mean + customer.mean, variance: variance + customer.variance });
  }
  return [...parts.values()];
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

/** Customers weigh as much as they have bought; those far above all others, as the most of the others. */
function spendDeviation({ spend, repeatSpend }: Base, random: Random): number {
  const { model } = fittedSpend(spend);
  const sample = everyNth(repeatSpend, SAMPLED_GROUPS);
  const paid = sample.filter(({ m }) => m > 0);
  const capped = paid.length === 0 ? sample : cappedAt(sample, spendCap(paid));
  return relativeDeviation(
    parameterDraws(model, spend as Fit<never>, SHARED_DRAWS, random).map((parameters) =>
      capped.reduce((sum, group) => sum + group.count * group.x * model.expectedSpend(parameters, group), 0),
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
