import type { CustomerCondition } from '../../customers/data/customer-condition.ts';
import { DomainError } from '../../domain/errors.ts';
import { campaignId, variantId } from '../../domain/ids.ts';

export interface CampaignMembers {
  readonly name: string;
  /** In this variant; in any when absent. */
  readonly variant?: string | null | undefined;
}

/** Customers who are in a campaign, whether anything was sent to them yet or not. `check` throws UNKNOWN_CAMPAIGN or UNKNOWN_VARIANT. */
export const inCampaign = ({ name, variant }: CampaignMembers): CustomerCondition => ({
  where: (customer, { workspaceId }, bind) => {
    const id = campaignId(workspaceId, name);
    const isIn = variant == null ? '' : `and x.variant_id = ${bind(variantId(id, variant))}::uuid`;
    return `exists (select from campaign_exposure x where x.workspace_id = ${bind(workspaceId)} and x.customer_id = ${customer}
       and x.campaign_id = ${bind(id)}::uuid ${isIn})`;
  },
  // The names of the campaign's variants; null where the workspace has no such campaign.
  evidence: ({ workspaceId }, bind) =>
    `(select json_agg(x.name order by x.position) from campaign_variant x
    where x.workspace_id = ${bind(workspaceId)} and x.campaign_id = ${bind(campaignId(workspaceId, name))}::uuid)`,
  check: (evidence) => {
    const variants = evidence as readonly string[] | null;
    if (variants === null) {
      throw new DomainError('UNKNOWN_CAMPAIGN', `the workspace has no campaign "${name}"`, ['filter', 'campaign']);
    }
    if (variant == null || variants.includes(variant)) return;
    const message = `no variant "${variant}" of "${name}"; there are: ${variants.join(', ')}`;
    throw new DomainError('UNKNOWN_VARIANT', message, ['filter', 'campaign', 'variant']);
  },
});
