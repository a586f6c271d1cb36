import type { Pool } from 'pg';

import type { Campaign } from '../../domain/campaigns.ts';
import { findCampaigns } from './campaigns.ts';

/** A campaign and what its results are made of. */
export interface CampaignState {
  readonly campaign: Campaign;
  /** The published run; null without one. */
  readonly runId: string | null;
  /** Changes with the campaign, its exposures, the orders and the published run. */
  readonly version: string;
}

/** The present state of a campaign; null where the workspace has no such campaign. */
export async function readCampaignState(pool: Pool, workspaceId: string, id: string): Promise<CampaignState | null> {
  const { rows } = await pool.query<{ runId: string | null; ordersUntil: Date | null }>(
    'select published_run_id as "runId", orders_until as "ordersUntil" from workspace where id = $1',
    [workspaceId],
  );
  const runId = rows[0]?.runId ?? null;
  const [campaign] = await findCampaigns(pool, { workspaceId }, [id]);
  if (campaign == null) return null;
  const version = [campaign.changedAt.toISOString(), rows[0]?.ordersUntil?.toISOString(), runId].join('/');
  return { campaign, runId, version };
}
