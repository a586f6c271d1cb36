import type { CampaignMetric } from '../../domain/campaigns.ts';
import { type Sequential, sequentialDifference } from './always-valid.ts';
import { type Adjustment, adjusted, adjustmentOf, UNADJUSTED } from './cuped.ts';
import { type Difference, isThin, meanDifference, shareDifference } from './lift.ts';
import { type Moments, momentsOf, type Sample, sumMoments } from './moments.ts';
import type { CampaignCell } from './types.ts';

/** The customers of a variant, all of them or those of one group. */
export interface Arm {
  readonly variantId: string;
  readonly isControl: boolean;
  readonly cells: readonly CampaignCell[];
  readonly customers: number;
}

/** An arm in one metric. */
export interface Side {
  readonly variantId: string;
  /** As they are. */
  readonly moments: Moments;
  /** As compared; null of nobody. */
  readonly sample: Sample | null;
  /** From the control group; null for it, and where it cannot be computed. */
  readonly difference: Difference | null;
  readonly sequential: Sequential | null;
}

export interface Comparison {
  readonly metric: CampaignMetric;
  readonly adjustment: Adjustment;
  /** In the order of the arms. */
  readonly sides: readonly Side[];
}

export const isShare = (metric: CampaignMetric): boolean => metric === 'CLICK' || metric === 'CONVERSION';

/** Known of every arm, or null. */
function momentsOfArms(arms: readonly Arm[], metric: CampaignMetric): Moments[] | null {
  const moments = arms.map(({ cells }) => momentsOf(cells, metric));
  return moments.includes(null) ? null : (moments as Moments[]);
}

/** How a metric is adjusted, from the arms with all their customers. */
export function metricAdjustment(arms: readonly Arm[], metric: CampaignMetric): Adjustment {
  const moments = momentsOfArms(arms, metric);
  return moments === null ? UNADJUSTED : adjustmentOf(moments);
}

/**
 * One metric of all arms, each against the control group. A share of few customers is compared as it is, for which there is a test
 * that holds for few, and of which a covariate could explain next to nothing.
 * @returns null where the metric is not known.
 */
export function compareMetric(arms: readonly Arm[], metric: CampaignMetric, wanted: Adjustment): Comparison | null {
  const moments = momentsOfArms(arms, metric);
  if (moments === null) return null;
  const present = moments.filter(({ customers }) => customers > 0);
  const adjustment = isShare(metric) && isThin(present.map(shareOf)) ? UNADJUSTED : wanted;
  const all = sumMoments(moments);
  const samples = moments.map((each) =>
    each.customers === 0 ? null : adjusted(each, adjustment, all.x / all.customers),
  );
  const control = arms.findIndex(({ isControl }) => isControl);
  const sides = arms.map(({ variantId }, i): Side => {
    const [sample, base] = [samples[i]!, samples[control] ?? null];
    const own = { variantId, moments: moments[i]!, sample };
    if (i === control || sample === null || base === null || Math.min(sample.customers, base.customers) < 2)
      return { ...own, difference: null, sequential: null };
    const sums = [moments[i]!, moments[control]!] as const;
    const isPlainShare = isShare(metric) && adjustment.theta === 0;
    const difference = isPlainShare
      ? shareDifference(shareOf(sums[0]), shareOf(sums[1]))
      : meanDifference(sample, base);
    return { ...own, difference, sequential: sequentialDifference(sample, base, sums) };
  });
  return { metric, adjustment, sides };
}

export const shareOf = ({ customers, y }: Moments) => ({ count: y, customers });
