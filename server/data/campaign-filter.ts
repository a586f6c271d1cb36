import { DomainError } from '../domain/errors.ts';
import { campaignId, variantId } from '../domain/ids.ts';
import type { Bind } from '../store/parameters.ts';
import type { Tenant } from '../store/tenant.ts';

/** Customers who are in a campaign, whether anything was sent to them yet or not. */
export interface CampaignFilter {
  readonly campaign?: CampaignMembers | null | undefined;
}

export interface CampaignMembers {
  readonly name: string;
  /** In this variant; in any when absent. */
  readonly variant?: string | null | undefined;
}

/** A condition on a customer's id, over the primary key. @param customer Column of the id. */
export function campaignConditions(
  { campaign }: CampaignFilter,
  { workspaceId }: Tenant,
  customer: string,
  bind: Bind,
): string[] {
  if (campaign == null) return [];
  const id = campaignId(workspaceId, campaign.name);
  const isIn = campaign.variant == null ? '' : `and x.variant_id = ${bind(variantId(id, campaign.variant))}::uuid`;
  return [
    `exists (select from campaign_exposure x where x.workspace_id = ${bind(workspaceId)} and x.customer_id = ${customer}
       and x.campaign_id = ${bind(id)}::uuid ${isIn})`,
  ];
}

/** A JSON list of the names of the campaign's variants; null where the workspace has no such campaign, or none is asked for. */
export function variantsOf({ campaign }: CampaignFilter, { workspaceId }: Tenant, bind: Bind): string {
  if (campaign == null) return 'null::json';
  return `(select json_agg(x.name order by x.position) from campaign_variant x
    where x.workspace_id = ${bind(workspaceId)} and x.campaign_id = ${bind(campaignId(workspaceId, campaign.name))}::uuid)`;
}

/** @param variants What `variantsOf` has found. @throws DomainError */
export function refuseUnknownCampaign({ campaign }: CampaignFilter, variants: readonly string[] | null): void {
  if (campaign == null) return;
  const { name, variant } = campaign;
  if (variants === null) {
    throw new DomainError('UNKNOWN_CAMPAIGN', `the workspace has no campaign "${name}"`, ['filter', 'campaign']);
  }
  if (variant == null || variants.includes(variant)) return;
  const message = `no variant "${variant}" of "${name}"; there are: ${variants.join(', ')}`;
  throw new DomainError('UNKNOWN_VARIANT', message, ['filter', 'campaign', 'variant']);
}
