import { CAMPAIGN_METRICS, type Campaign, type CampaignMetric } from '../../domain/campaigns.ts';
import { type Arm, type Comparison, compareMetric, metricAdjustment } from './compare-metric.ts';
import { type Adjustment, UNADJUSTED } from './cuped.ts';
import { verdict } from './evidence.ts';
import { type CampaignResults, type GroupResult, UNKNOWN_COUNTS } from './result-types.ts';
import { sampleRatio } from './sample-ratio.ts';
import type { CampaignCell, CampaignCells, ResultsRequest, VariantCounts } from './types.ts';
import { armResults, comparisonCount } from './variant-results.ts';

type Judged = Pick<Campaign, 'control' | 'costPerMessage' | 'variants'>;

/**
 * What a campaign caused, from sums over its customers.
 * @param cells In any order, with or without groups and halves.
 * @param currency ISO 4217 code, for the sentence.
 */
export function campaignResults(
  campaign: Judged,
  { cells, counts, ...known }: CampaignCells,
  request: ResultsRequest,
  currency: string,
): CampaignResults {
  const control = campaign.control === 'NONE' ? undefined : campaign.variants.find(({ isControl }) => isControl);
  const armsOf = (of: readonly CampaignCell[]) => campaign.variants.map(({ id }) => armOf(id, id === control?.id, of));
  const costPerMessage = campaign.costPerMessage === null ? null : Number(campaign.costPerMessage);
  const arms = armsOf(cells);
  const adjustments = new Map(CAMPAIGN_METRICS.map((metric) => [metric, adjustmentOf(arms, metric, request)]));

  const totals = resultsOf(arms, adjustments, request.metric, costPerMessage);
  const variants = totals.results.map((result) => ({ ...result, ...countsOf(counts, result.variantId) }));
  const groups = request.by.length === 0 ? [] : groupsOf(cells);
  const ratio = sampleRatio(campaign.variants, counts);
  const adjustment = totals.asked?.adjustment ?? UNADJUSTED;
  const nameOf = (id: string) => campaign.variants.find((variant) => variant.id === id)!.name;
  return {
    metric: request.metric,
    windowDays: request.windowDays,
    by: request.by,
    winsorizeAt: request.winsorizeAt,
    ...known,
    isCausal: control !== undefined,
    ...verdict({
      request,
      currency,
      variants: variants.map((variant) => ({ ...variant, name: nameOf(variant.variantId) })),
      sides: totals.asked?.sides ?? [],
      controlId: control?.id ?? null,
      sampleRatio: ratio,
    }),
    sampleRatio: ratio,
    covariate: adjustment.theta === 0 ? 'NONE' : request.covariate,
    varianceReduction: adjustment.varianceReduction,
    correction: correctionText(totals, groups.length > 0),
    variants,
    groups: groups.map(({ group, cells: own }): GroupResult => {
      const { results } = resultsOf(armsOf(own), adjustments, request.metric, costPerMessage);
      return { group, variants: results.map((result) => ({ ...result, ...UNKNOWN_COUNTS })) };
    }),
  };
}

function armOf(variantId: string, isControl: boolean, cells: readonly CampaignCell[]): Arm {
  const own = cells.filter((cell) => cell.variantId === variantId);
  return { variantId, isControl, cells: own, customers: own.reduce((sum, cell) => sum + cell.customers, 0) };
}

const adjustmentOf = (arms: readonly Arm[], metric: CampaignMetric, { covariate }: ResultsRequest): Adjustment =>
  covariate === 'NONE' ? UNADJUSTED : metricAdjustment(arms, metric);

function resultsOf(
  arms: readonly Arm[],
  adjustments: ReadonlyMap<CampaignMetric, Adjustment>,
  metric: CampaignMetric,
  costPerMessage: number | null,
) {
  const comparisons = CAMPAIGN_METRICS.map((each) => compareMetric(arms, each, adjustments.get(each)!)).filter(
    (comparison) => comparison !== null,
  );
  const asked = comparisons.find((comparison) => comparison.metric === metric);
  return { comparisons, asked, results: armResults(arms, comparisons, asked, costPerMessage) };
}

const countsOf = (counts: readonly VariantCounts[], variantId: string): VariantCounts =>
  counts.find((each) => each.variantId === variantId) ?? {
    variantId,
    assigned: 0,
    open: 0,
    contaminated: 0,
    convertedBeforeSend: 0,
  };

/** Cells by group, the largest first, those of one size in the order of their names. */
function groupsOf(cells: readonly CampaignCell[]) {
  const groups = new Map<string, CampaignCell[]>();
  for (const cell of cells) {
    const key = JSON.stringify(cell.group);
    groups.set(key, [...(groups.get(key) ?? []), cell]);
  }
  return [...groups]
    .map(([key, own]) => ({
      key,
      group: own[0]!.group,
      cells: own,
      customers: own.reduce((sum, cell) => sum + cell.customers, 0),
    }))
    .sort((a, b) => b.customers - a.customers || (a.key < b.key ? -1 : 1));
}

function correctionText(
  { comparisons, asked }: { readonly comparisons: readonly Comparison[]; readonly asked: Comparison | undefined },
  hasGroups: boolean,
): string {
  const [own, all] = [comparisonCount(asked === undefined ? [] : [asked]), comparisonCount(comparisons)];
  if (all === 0) return 'no comparison, no correction';
  const first =
    own > 1
      ? `p-values are corrected for ${own} comparisons (Holm)`
      : own === 1
        ? 'one comparison, no correction'
        : null;
  const metrics = all > own ? `corrected for ${all} where all metrics are compared (Holm)` : null;
  const groups = hasGroups ? 'each group is corrected alike' : null;
  return [first, metrics, groups].filter((part) => part !== null).join('; ');
}
