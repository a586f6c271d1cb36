import type { Campaign } from '../domain/campaigns.ts';
import { mixtureEstimate, probabilityAbove } from './normal-mixture.ts';
import type { Uplift } from './result-types.ts';
import { shrink } from './shrink.ts';
import type { CampaignCells, ResultsRequest } from './types.ts';
import { campaignResults } from './campaign-results.ts';

export function campaignUplift(campaign: Pick<Campaign, 'control' | 'costPerMessage' | 'variants'>, cells: CampaignCells, request: ResultsRequest, variantId: string): Uplift {
  const { groups } = campaignResults(campaign, cells, request, 'EUR');
  const measured = groups.map(({ variants }) => variants.find((each) => each.variantId === variantId)?.lift ?? null);
  const known = measured.flatMap((lift) => lift === null ? [] : [{ value: lift.absolute.value, variance: ((lift.absolute.interval.high - lift.absolute.interval.low) / 3.92) ** 2 }]);
  const shrunken = known.length === 0 ? null : shrink(known);
  let next = 0;
  return {
    metric: request.metric, variantId, betweenGroups: shrunken?.betweenGroups ?? 0, heterogeneityPValue: shrunken?.heterogeneityPValue ?? null, qini: null,
    groups: shrunken === null ? [] : groups.map(({ group, variants }, i) => {
      const mixture = measured[i] === null ? shrunken.unseen : shrunken.groups[next++]!;
      const pays = probabilityAbove(mixture, 0);
      return { group, customers: variants.reduce((s, v) => s + v.customers, 0), measured: measured[i]?.absolute ?? null, shrunken: mixtureEstimate(mixture), probabilityPays: pays, verdict: pays > 0.9 ? 'TARGET' : pays < 0.1 ? 'LEAVE_ALONE' : 'UNSURE' } as const;
    }),
  };
}
