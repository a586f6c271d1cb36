import type { Campaign } from '../domain/campaigns.ts';
import { findingOf } from './evidence.ts';
import type { CampaignResults } from './result-types.ts';
import { sampleRatio } from './sample-ratio.ts';
import type { CampaignCell, CampaignCells, ResultsRequest } from './types.ts';
import { type Adjustments, adjustmentsOf, variantResults } from './variant-results.ts';

type Judged = Pick<Campaign, 'control' | 'costPerMessage' | 'variants'>;

/** What a campaign caused, from sums over its customers. @param currency Of amounts in texts. */
export function campaignResults(
  campaign: Judged,
  { cells, counts, observedUntil, knownCostShare, cutAt }: CampaignCells,
  request: ResultsRequest,
  currency: string,
): CampaignResults {
  const adjustments = adjustmentsOf(campaign, cells, request);
  const variants = variantResults(campaign, cells, counts, request, adjustments);
  const { metric, windowDays, by, winsorizeAt } = request;
  const { varianceReduction, theta } = adjustments[metric];
  const ratio = sampleRatio(campaign.variants, counts);
  return {
    ...{ metric, windowDays, by, winsorizeAt, observedUntil, knownCostShare, cutAt, variants, varianceReduction },
    isCausal: campaign.variants.some(({ isControl }) => isControl),
    ...findingOf(campaign, { metric, windowDays, sampleRatio: ratio, variants }, currency),
    sampleRatio: ratio,
    covariate: theta === 0 ? 'NONE' : request.covariate,
    correction: correctionOf(variants.filter(({ lift }) => lift !== null).length),
    groups: by.length === 0 ? [] : groupResults(campaign, cells, request, adjustments),
  };
}

function correctionOf(comparisons: number): string {
  if (comparisons === 0) return 'nothing to compare';
  const others = 'p-values of `lifts` are corrected (Holm) for all variants and metrics together';
  if (comparisons === 1) return `one comparison, nothing to correct; ${others}`;
  return `p-values are corrected (Holm) for ${comparisons} comparisons; ${others}`;
}

/** Largest first. Each group is corrected for its own comparisons. */
function groupResults(
  campaign: Judged,
  cells: readonly CampaignCell[],
  request: ResultsRequest,
  adjustments: Adjustments,
): CampaignResults['groups'] {
  const groups = new Map<string, CampaignCell[]>();
  for (const cell of cells) {
    const key = JSON.stringify(cell.group);
    groups.set(key, [...(groups.get(key) ?? []), cell]);
  }
  return [...groups]
    .map(([key, own]) => ({ key, own, customers: own.reduce((sum, { customers }) => sum + customers, 0) }))
    .sort((a, b) => b.customers - a.customers || (a.key < b.key ? -1 : 1))
    .map(({ own }) => ({
      group: own[0]!.group,
      variants: variantResults(campaign, own, null, request, adjustments),
    }));
}
