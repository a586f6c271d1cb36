import { centred, type Moments, type Sample, sumMoments } from './moments.ts';

/** How a metric is adjusted by what is known of customers from before: y - theta (x - mean of x). */
export interface Adjustment {
  /** Unit of the metric over that of the covariate; 0 where the covariate explains nothing. */
  readonly theta: number;
  /** Share of the variance that it takes away, 0 to 1: the squared correlation. */
  readonly varianceReduction: number;
  /** What adjusted variances are multiplied by for theta having been chosen to make them small, >= 1. */
  readonly inflation: number;
}

export const UNADJUSTED: Adjustment = { theta: 0, varianceReduction: 0, inflation: 1 };

/** Below this share of the sum of squares, what is left of a covariate's is rounding: it is the same for all. */
const ROUNDING = 1e-10;

/**
 * The adjustment that leaves the least variance. It is made within variants, so that what a variant does to the metric does not
 * enter: with sums about each variant's own means,
 *
 *   theta = sum over variants of S_xy / sum of S_xx,  variance reduction = theta sum S_xy / sum S_yy
 *
 * @param variants Moments of one metric, of all variants.
 * @see Deng, Xu, Kohavi & Walker (2013), Improving the sensitivity of online controlled experiments, eq. 3-5
 */
export function adjustmentOf(variants: readonly Moments[]): Adjustment {
  const [S, total] = [variants.map(centred), sumMoments(variants)];
  const sum = (of: 'xx' | 'yy' | 'xy') => S.reduce((all, each) => all + each[of], 0);
  const degrees = total.customers - variants.filter(({ customers }) => customers > 0).length;
  const [xx, yy, xy] = [sum('xx'), sum('yy'), sum('xy')];
  if (degrees < 2 || !(xx > ROUNDING * total.xx) || !(yy > ROUNDING * total.yy)) return UNADJUSTED;
  const theta = xy / xx;
  return { theta, varianceReduction: Math.min(1, (theta * xy) / yy), inflation: degrees / (degrees - 1) };
}

/**
 * A group of customers as if its covariate had been on average what it is among all.
 *
 * Theta comes from all customers also where `moments` are those of a part of them (a segment): any fixed theta leaves the
 * difference of variants unbiased, and one fitted to a small part would only add its noise.
 * @param moments Of at least one customer. @param meanOfAll Of the covariate, over all variants compared.
 */
export function adjusted(moments: Moments, { theta, inflation }: Adjustment, meanOfAll: number): Sample {
  const { customers, x, y } = moments;
  const S = centred(moments);
  const squares = Math.max(0, S.yy - 2 * theta * S.xy + theta * theta * S.xx);
  return {
    customers,
    mean: y / customers - theta * (x / customers - meanOfAll),
    variance: customers < 2 ? Number.NaN : (inflation * squares) / (customers - 1),
  };
}
