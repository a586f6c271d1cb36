import { CAMPAIGN_METRICS, type CampaignMetric } from '../../domain/campaigns.ts';
import { type Best, bestOf, betaPosterior, normalPosterior, type Posterior } from './best-variant.ts';
import { type Arm, type Comparison, isShare, type Side, shareOf } from './compare-metric.ts';
import { holm } from './holm.ts';
import { incremental } from './incremental.ts';
import { meanEstimate, momentsOf, sampleOf } from './moments.ts';
import { wilson } from './rate.ts';
import type { CountedResult, Lift } from './result-types.ts';
import { stepRates } from './step-rates.ts';
import type { Estimate } from './types.ts';

/**
 * The results of all arms, in their order.
 * @param comparisons Of every metric that is known. @param asked That of the metric asked for, if it is.
 */
export function armResults(
  arms: readonly Arm[],
  comparisons: readonly Comparison[],
  asked: Comparison | undefined,
  costPerMessage: number | null,
): CountedResult[] {
  const lifts = correctedLifts(comparisons);
  const askedLifts = asked === undefined ? [] : correctedLifts([asked]);
  const best = asked === undefined ? new Map<string, Best>() : bestVariants(asked);
  return arms.map(({ variantId, cells, customers }) => {
    const steps = stepRates(cells);
    const total = (metric: CampaignMetric) => momentsOf(cells, metric)?.y ?? 0;
    const [orders, revenue] = [total('ORDERS'), total('REVENUE')];
    const ofVariant = (all: readonly CorrectedLift[]) =>
      all.filter((each) => each.variantId === variantId).map(({ lift }) => lift);
    const own = ofVariant(lifts);
    return {
      variantId,
      customers,
      steps,
      orders,
      revenue,
      margin: total('MARGIN'),
      averageOrderValue: orders > 0 ? revenue / orders : null,
      means: metricMeans(cells),
      lift: ofVariant(askedLifts)[0] ?? null,
      lifts: own,
      probabilityBest: best.get(variantId)?.probabilityBest ?? null,
      expectedLoss: best.get(variantId)?.expectedLoss ?? null,
      incremental: incremental(own, customers, steps.sent.count, costPerMessage),
    };
  });
}

interface CorrectedLift {
  readonly variantId: string;
  readonly lift: Lift;
}

/** The lifts of these comparisons, corrected for each other. */
function correctedLifts(comparisons: readonly Comparison[]): CorrectedLift[] {
  const all = comparisons.flatMap(({ metric, sides }) =>
    sides.flatMap(({ variantId, difference, sequential }) =>
      difference === null ? [] : [{ variantId, metric, difference, alwaysValid: sequential?.interval ?? null }],
    ),
  );
  const pValues = holm(all.map(({ difference }) => difference.pValue));
  return all.map(({ variantId, metric, difference, alwaysValid }, i) => ({
    variantId,
    lift: { metric, ...difference, adjustedPValue: pValues[i]!, alwaysValid },
  }));
}

/** How many comparisons there are, each a p-value. */
export const comparisonCount = (comparisons: readonly Comparison[]): number =>
  comparisons.reduce((sum, { sides }) => sum + sides.filter(({ difference }) => difference !== null).length, 0);

/** The metrics of an arm as they are; of shares Wilson's interval, as of its steps. */
function metricMeans(cells: Arm['cells']): CountedResult['means'] {
  const mean = (metric: CampaignMetric): Estimate | null => {
    const moments = momentsOf(cells, metric);
    if (moments === null || moments.customers === 0) return null;
    return isShare(metric) ? wilson(moments.y, moments.customers) : meanEstimate(sampleOf(moments));
  };
  return Object.fromEntries(CAMPAIGN_METRICS.map((metric) => [metric, mean(metric)])) as CountedResult['means'];
}

/**
 * Which variant is the best by one metric, among those with two customers or more. Nothing where these are fewer than two, and
 * where one has the same value for all its customers: then by its standard error it would be certain.
 */
function bestVariants({ metric, adjustment, sides }: Comparison): Map<string, Best> {
  const known = sides.filter(({ moments }) => moments.customers >= 2);
  const posteriors = known.map((side) => posterior(side, isShare(metric) && adjustment.theta === 0));
  if (known.length < 2 || posteriors.includes(null)) return new Map();
  const best = bestOf(posteriors as Posterior[]);
  return new Map(known.map(({ variantId }, i) => [variantId, best[i]!]));
}

function posterior({ moments, sample }: Side, isPlainShare: boolean): Posterior | null {
  if (isPlainShare) {
    const { count, customers } = shareOf(moments);
    return betaPosterior(count, customers);
  }
  const deviation = Math.sqrt(sample!.variance / sample!.customers);
  return deviation > 0 ? normalPosterior(sample!.mean, deviation) : null;
}
