import type pg from 'pg';

import type { CampaignRules, CampaignStatus, VariantRules } from '../../domain/campaigns.ts';
import { campaignId, variantId } from '../../domain/ids.ts';
import { type Columns, insertion, unnest } from '../../store/sql/unnest.ts';

export interface NewCampaign extends Omit<CampaignRules, 'variants'> {
  readonly status: CampaignStatus;
  readonly startedAt: Date | null;
  readonly createdAt: Date;
}

/** Adds a campaign without variants; false where the workspace has one of this name. */
export async function insertCampaign(
  db: pg.Pool | pg.PoolClient,
  workspaceId: string,
  campaign: NewCampaign,
): Promise<boolean> {
  const { rowCount } = await db.query(
    `insert into campaign (id, workspace_id, name, kind, channel, trigger, status, audience, control, stratify_by, window_days,
       budget, cost_per_message, created_at, started_at, changed_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $14) on conflict do nothing`,
    [
      campaignId(workspaceId, campaign.name),
      workspaceId,
      campaign.name,
      campaign.kind,
      campaign.channel,
      campaign.trigger,
      campaign.status,
      JSON.stringify(campaign.audience),
      campaign.control,
      campaign.stratifyBy,
      campaign.windowDays,
      campaign.budget,
      campaign.costPerMessage,
      campaign.createdAt,
      campaign.startedAt,
    ],
  );
  return rowCount === 1;
}

interface VariantRow extends VariantRules {
  readonly id: string;
  readonly position: number;
}

const VARIANT: Columns<VariantRow> = {
  id: 'uuid',
  name: 'text',
  position: 'int',
  weight: 'float8',
  isControl: 'bool',
};

/** Adds variants that a campaign has not got yet. @param first Position of the first of them. */
export async function insertVariants(
  db: pg.Pool | pg.PoolClient,
  workspaceId: string,
  campaign: string,
  variants: readonly VariantRules[],
  first = 0,
): Promise<void> {
  if (variants.length === 0) return;
  const rows = variants.map((variant, i) => ({
    ...variant,
    id: variantId(campaign, variant.name),
    position: first + i,
  }));
  const same = { workspace_id: workspaceId, campaign_id: campaign };
  await db.query(insertion('campaign_variant', same, VARIANT, rows, 'on conflict do nothing'));
}

export async function setWeights(
  pool: pg.Pool,
  workspaceId: string,
  campaign: string,
  variants: readonly VariantRules[],
): Promise<void> {
  const rows = variants.map(({ name, weight }) => ({ id: variantId(campaign, name), weight }));
  const columns: Columns<{ id: string; weight: number }> = { id: 'uuid', weight: 'float8' };
  await pool.query(
    `update campaign_variant v set weight = d.weight from ${unnest(columns, 3)}
     where v.workspace_id = $1 and v.campaign_id = $2 and v.id = d.id`,
    [workspaceId, campaign, ...unnest.values(columns, rows)],
  );
}

/** Moves a campaign on to a state that it can have come to; false where it cannot. */
export async function setStatus(
  pool: pg.Pool,
  workspaceId: string,
  id: string,
  { from, to }: { readonly from: readonly CampaignStatus[]; readonly to: 'RUNNING' | 'STOPPED' },
  now: Date,
): Promise<boolean> {
  const { rowCount } = await pool.query(
    `update campaign set status = $4, changed_at = $5,
       started_at = case when $4 = 'RUNNING' then coalesce(started_at, $5) else started_at end,
       stopped_at = case when $4 = 'STOPPED' then $5::timestamptz end
     where workspace_id = $1 and id = $2 and status = any($3::text[])`,
    [workspaceId, id, from, to, now],
  );
  return rowCount === 1;
}

/** Notes that what is known of campaigns has changed, for those who watch. */
export async function touchCampaigns(
  db: pg.Pool | pg.PoolClient,
  workspaceId: string,
  ids: readonly string[],
  now: Date,
): Promise<void> {
  if (ids.length === 0) return;
  await db.query('update campaign set changed_at = $3 where workspace_id = $1 and id = any($2::uuid[])', [
    workspaceId,
    ids,
    now,
  ]);
}

/**
 * Notes what an import has changed: when a campaign began, and that one has a control group where the file brought a control
 * variant along.
 */
export async function noteImport(
  tx: pg.PoolClient,
  workspaceId: string,
  ids: readonly string[],
  now: Date,
): Promise<void> {
  await tx.query(
    `update campaign c set changed_at = $3,
       started_at = least(c.started_at, (select min(e.assigned_at) from campaign_exposure e where e.campaign_id = c.id)),
       control = case when c.control = 'NONE' and exists (select from campaign_variant v where v.campaign_id = c.id and v.is_control)
         then 'VARIANT' else c.control end
     where c.workspace_id = $1 and c.id = any($2::uuid[])`,
    [workspaceId, ids, now],
  );
}
