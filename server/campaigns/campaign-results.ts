import type { Pool } from 'pg';
import type { Campaign } from '../domain/campaigns.ts';
import { DomainError } from '../domain/errors.ts';
import { campaignResults as resultsOf } from '../engine/experiments/campaign-results.ts';
import type { CampaignResults, Uplift } from '../engine/experiments/result-types.ts';
import type { ResultsRequest } from '../engine/experiments/types.ts';
import { campaignUplift as upliftOf } from '../engine/experiments/uplift.ts';
import type { WorkspaceView } from '../store/workspace-view.ts';
import { readCampaignCells } from './data/campaign-cells.ts';

interface Dependencies {
  readonly pool: Pool;
  readonly view: WorkspaceView;
  readonly currency: string;
  readonly now: Date;
}

/** What results need of a campaign. */
export type MeasuredCampaign = Pick<Campaign, 'id' | 'windowDays' | 'control' | 'costPerMessage' | 'variants'>;

/** What a campaign caused, from the orders and reports that are known by now. */
export async function campaignResults(
  { pool, view, currency, now }: Dependencies,
  campaign: MeasuredCampaign,
  request: ResultsRequest,
): Promise<CampaignResults> {
  const cells = await readCampaignCells(pool, view, campaign, request, { halves: false, now });
  return resultsOf(campaign, cells, request, currency);
}

/** The uplift of a variant by group. @throws DomainError without a control group. */
export async function campaignUplift(
  { pool, view, now }: Dependencies,
  campaign: MeasuredCampaign,
  request: ResultsRequest,
  variantName: string | null,
): Promise<Uplift & { readonly variant: string }> {
  const variant = treatedVariant(campaign, variantName);
  if (request.by.length === 0) {
    throw new DomainError('BAD_DIMENSIONS', 'expected one or two dimensions that make the groups', ['by']);
  }
  const cells = await readCampaignCells(pool, view, campaign, request, { halves: true, now });
  return { ...upliftOf(campaign, cells, request, variant.id), variant: variant.name };
}

function treatedVariant({ variants }: MeasuredCampaign, name: string | null) {
  if (!variants.some(({ isControl }) => isControl)) {
    throw new DomainError('NO_CONTROL', 'the campaign has no control group to compare with', []);
  }
  const treated = variants.filter(({ isControl }) => !isControl);
  const variant = name === null ? treated[0] : treated.find((each) => each.name === name);
  if (variant !== undefined) return variant;
  const names = treated.map((each) => each.name).join(', ');
  throw new DomainError('UNKNOWN_VARIANT', `no variant "${name}": expected one of ${names}`, ['variant']);
}
