import type pg from 'pg';

import { type Columns, insertion } from '../../store/sql/unnest.ts';

/**
 * Makes others that put customers into these campaigns wait until the transaction is over: two at a time would not see each
 * other's, and a customer could be in two variants unnoticed.
 */
export async function lockCampaigns(tx: pg.PoolClient, workspaceId: string, ids: readonly string[]): Promise<void> {
  await tx.query('select from campaign where workspace_id = $1 and id = any($2::uuid[]) order by id for update', [
    workspaceId,
    ids,
  ]);
}

/** The variants that customers are in; the first one of whoever is in two. */
export async function assignedVariants(
  db: pg.Pool | pg.PoolClient,
  workspaceId: string,
  campaignId: string,
  customerIds: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const { rows } = await db.query<{ customerId: string; variantId: string }>(
    // The offset keeps to the primary key: of a campaign that has just begun to grow the planner would read everything.
    `select e.customer_id as "customerId", e.variant_id as "variantId"
     from unnest($3::uuid[]) k(id) cross join lateral (
       select * from campaign_exposure e where e.customer_id = k.id and e.workspace_id = $1 offset 0) e
     where e.campaign_id = $2
     order by e.assigned_at desc, e.variant_id desc`,
    [workspaceId, campaignId, customerIds],
  );
  return new Map(rows.map(({ customerId, variantId }) => [customerId, variantId]));
}

/** Customers by `stratum/variant`, as they were balanced. */
export async function strataCounts(
  tx: pg.PoolClient,
  workspaceId: string,
  campaignId: string,
): Promise<ReadonlyMap<string, number>> {
  const { rows } = await tx.query<{ key: string; customers: number }>(
    `select stratum || '/' || variant_id as key, count(*)::int as customers from campaign_exposure
     where workspace_id = $1 and campaign_id = $2 and stratum is not null group by 1`,
    [workspaceId, campaignId],
  );
  return new Map(rows.map(({ key, customers }) => [key, customers]));
}

export interface Enrolment {
  readonly customerId: string;
  readonly variantId: string;
  /** What the variants were balanced in; null where a hash alone decided. */
  readonly stratum: string | null;
}

const ENROLMENT: Columns<Enrolment> = {
  customerId: 'uuid',
  variantId: { repeated: 'uuid' },
  stratum: { repeated: 'text' },
};

export async function enrol(
  tx: pg.PoolClient,
  workspaceId: string,
  campaignId: string,
  enrolments: readonly Enrolment[],
  now: Date,
): Promise<void> {
  const same = { workspace_id: workspaceId, campaign_id: campaignId, assigned_at: now };
  await tx.query(insertion('campaign_exposure', same, ENROLMENT, enrolments, 'on conflict do nothing'));
}
