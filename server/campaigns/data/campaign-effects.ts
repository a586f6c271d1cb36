import type { Pool } from 'pg';

import type { PastEffect } from '../../engine/experiments/next-best-types.ts';
import type { SegmentEffect } from '../../engine/experiments/segment-effects.ts';
import type { RunScope } from '../../store/run-scope.ts';
import { type Columns, insertion } from '../../store/sql/unnest.ts';
import type { WorkspaceView } from '../../store/workspace-view.ts';

interface EffectRow extends Omit<SegmentEffect, 'segment'> {
  /** Empty for all customers together. */
  readonly segment: string;
}

const EFFECT: Columns<EffectRow> = {
  variantId: 'uuid',
  segment: 'text',
  customers: 'int',
  controls: 'int',
  margin: 'float8',
  variance: 'float8',
  cost: 'float8',
};

/** Stores what the variants of a campaign added, with a run that nobody reads yet. */
export async function insertEffects(
  pool: Pool,
  { runId, workspaceId }: RunScope,
  campaignId: string,
  effects: readonly SegmentEffect[],
): Promise<void> {
  if (effects.length === 0) return;
  const rows = effects.map((effect) => ({ ...effect, segment: effect.segment ?? '' }));
  const same = { run_id: runId, workspace_id: workspaceId, campaign_id: campaignId };
  await pool.query(insertion('campaign_effect', same, EFFECT, rows));
}

/** What the published run found that campaigns had added; none without a run. Largest first. */
export async function readEffects(pool: Pool, { workspaceId, runId }: WorkspaceView): Promise<PastEffect[]> {
  const { rows } = await pool.query<PastEffect>(
    `select c.name as campaign, e.variant_id as "variantId", c.kind, c.channel, nullif(e.segment, '') as segment, e.customers,
       e.controls, e.margin, e.variance, e.cost
     from campaign_effect e join campaign c on c.id = e.campaign_id and c.workspace_id = e.workspace_id
     where e.workspace_id = $1 and e.run_id = $2
     order by e.customers desc, e.variant_id, e.segment`,
    [workspaceId, runId],
  );
  return rows;
}
