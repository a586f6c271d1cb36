import type { CustomerCondition } from '../customers/data/customer-condition.ts';
import { DomainError } from '../domain/errors.ts';
import { inCampaign } from './data/campaign-filter.ts';

export interface CampaignNames {
  readonly campaign?: string | undefined;
  readonly variant?: string | undefined;
}

/** The condition that a command or an address names; undefined where it names no campaign. @throws DomainError BAD_FILTER */
export function readCampaignCondition({ campaign, variant }: CampaignNames): CustomerCondition | undefined {
  if (campaign !== undefined) return inCampaign({ name: campaign, variant });
  if (variant === undefined) return undefined;
  throw new DomainError('BAD_FILTER', 'variant names a part of a campaign: expected the campaign too', ['variant']);
}
