import type { Pool } from 'pg';

import type { CustomerRow } from '../customers/data/customer-columns.ts';
import type { Proposal } from '../engine/experiments/next-best-types.ts';
import { proposalFor } from '../engine/experiments/proposal.ts';
import type { WorkspaceView } from '../store/workspace-view.ts';
import { findCustomerOptions } from './data/segment-counts.ts';
import { planCampaigns } from './plan-campaigns.ts';

/** What to send each customer next, by the plan of their segments; null where no published run knows them. */
export async function proposeCampaigns(
  pool: Pool,
  view: WorkspaceView,
  customers: readonly CustomerRow[],
): Promise<(Proposal | null)[]> {
  const plan = await planCampaigns(pool, view, {});
  if (plan === null) return customers.map(() => null);
  const options = await findCustomerOptions(
    pool,
    view,
    customers.map(({ id }) => id),
  );
  return customers.map(({ score }, i) => {
    if (score === null) return null;
    const { segment, churn90, orderDays, clv } = score;
    const { hasReplenishmentDue, hasCrossSell } = options[i]!;
    return proposalFor({ segment, churn90, orderDays, hasReplenishmentDue, hasCrossSell, clv12: clv[12] }, plan.rows);
  });
}
