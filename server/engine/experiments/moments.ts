import type { CampaignMetric } from '../../domain/campaigns.ts';
import { studentQuantile } from '../numerics/student-t.ts';
import type { CampaignCell, Estimate } from './types.ts';

/** Sums over customers, of a metric y and of the covariate x with it. */
export interface Moments {
  readonly customers: number;
  readonly x: number;
  readonly xx: number;
  readonly y: number;
  readonly yy: number;
  readonly xy: number;
}

/** What a comparison needs to know of a group of customers. */
export interface Sample {
  readonly customers: number;
  readonly mean: number;
  /** Of one customer, >= 0; NaN with fewer than two. */
  readonly variance: number;
}

const NOBODY: Moments = { customers: 0, x: 0, xx: 0, y: 0, yy: 0, xy: 0 };

export const sumMoments = (parts: readonly Moments[]): Moments =>
  parts.reduce(
    (sum, part) => ({
      customers: sum.customers + part.customers,
      x: sum.x + part.x,
      xx: sum.xx + part.xx,
      y: sum.y + part.y,
      yy: sum.yy + part.yy,
      xy: sum.xy + part.xy,
    }),
    NOBODY,
  );

/** The moments of a metric over cells; null where it is not known of some of them. */
export function momentsOf(cells: readonly CampaignCell[], metric: CampaignMetric): Moments | null {
  const parts: Moments[] = [];
  for (const { customers, covariate, metrics } of cells) {
    const sums = metrics[metric];
    if (sums === null) return null;
    const { sum: y, squares: yy, products: xy } = sums;
    parts.push({ customers, x: covariate.sum, xx: covariate.squares, y, yy, xy });
  }
  return sumMoments(parts);
}

/** Sums of squares and products about the means of this group, >= 0 for squares: sums in a database are rounded. */
export function centred({ customers, x, xx, y, yy, xy }: Moments) {
  if (customers === 0) return { xx: 0, yy: 0, xy: 0 };
  return {
    xx: Math.max(0, xx - (x * x) / customers),
    yy: Math.max(0, yy - (y * y) / customers),
    xy: xy - (x * y) / customers,
  };
}

/** @param moments Of at least one customer. */
export const sampleOf = (moments: Moments): Sample => ({
  customers: moments.customers,
  mean: moments.y / moments.customers,
  variance: moments.customers < 2 ? Number.NaN : centred(moments).yy / (moments.customers - 1),
});

/** The mean with Student's 95% interval; null with fewer than two customers. */
export function meanEstimate({ customers, mean, variance }: Sample): Estimate | null {
  if (customers < 2) return null;
  const margin = -studentQuantile(0.025, customers - 1) * Math.sqrt(variance / customers);
  return { value: mean, interval: { low: mean - margin, high: mean + margin } };
}
