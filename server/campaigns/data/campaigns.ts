import type { Pool } from 'pg';

import type {
  Campaign,
  CampaignChannel,
  CampaignKind,
  CampaignStatus,
  CampaignTrigger,
} from '../../domain/campaigns.ts';
import { withoutEmptyLists } from '../../domain/filter.ts';
import { type Page, type Slice, sliceOf } from '../../domain/page.ts';
import { aligned } from '../../store/sql/aligned.ts';
import { parameters } from '../../store/sql/parameters.ts';
import type { WorkspaceView } from '../../store/workspace-view.ts';

/** Which campaigns to list: those that meet every condition given. */
export interface CampaignFilter {
  readonly kinds?: readonly CampaignKind[] | null | undefined;
  readonly channels?: readonly CampaignChannel[] | null | undefined;
  readonly triggers?: readonly CampaignTrigger[] | null | undefined;
  readonly statuses?: readonly CampaignStatus[] | null | undefined;
}

/** Columns of a Campaign, from `campaign c`. */
const COLUMNS = `c.id, c.name, c.kind, c.channel, c.trigger, c.status, c.audience, c.control, c.stratify_by as "stratifyBy",
  c.window_days as "windowDays", trim_scale(c.budget)::text as budget, trim_scale(c.cost_per_message)::text as "costPerMessage",
  c.created_at as "createdAt", c.started_at as "startedAt", c.stopped_at as "stoppedAt", c.changed_at as "changedAt",
  (select coalesce(json_agg(json_build_object('id', v.id, 'name', v.name, 'weight', v.weight, 'isControl', v.is_control) order by v.position), '[]')
   from campaign_variant v where v.campaign_id = c.id and v.workspace_id = c.workspace_id) as variants`;

const SINCE = 'coalesce(c.started_at, c.created_at)';

/** Campaigns by id, null for what the workspace has not got. */
export async function findCampaigns(
  pool: Pool,
  { workspaceId }: Pick<WorkspaceView, 'workspaceId'>,
  ids: readonly string[],
): Promise<(Campaign | null)[]> {
  const { rows } = await pool.query<Campaign>(
    `select ${COLUMNS} from campaign c where c.workspace_id = $1 and c.id = any($2::uuid[])`,
    [workspaceId, ids],
  );
  return aligned(ids, rows, ({ id }) => id);
}

/** A page of the workspace's campaigns, newest first: by when they were started or, for drafts, made. */
export async function listCampaigns(
  pool: Pool,
  { workspaceId }: Pick<WorkspaceView, 'workspaceId'>,
  asked: CampaignFilter,
  page: Page,
): Promise<Slice<Campaign>> {
  const filter = withoutEmptyLists(asked);
  const { values, bind } = parameters();
  const conditions = [`c.workspace_id = ${bind(workspaceId)}`];
  const among = (column: string, list: readonly string[] | null | undefined) => {
    if (list != null) conditions.push(`c.${column} = any(${bind(list)}::text[])`);
  };
  among('kind', filter.kinds);
  among('channel', filter.channels);
  among('trigger', filter.triggers);
  among('status', filter.statuses);
  const [operator, direction] = page.backward ? ['>', 'asc'] : ['<', 'desc'];
  if (page.position !== null) {
    const [at, id] = page.position;
    conditions.push(`(${SINCE}, c.id) ${operator} (${bind(at)}::timestamptz, ${bind(id)}::uuid)`);
  }
  const { rows } = await pool.query<Campaign>(
    `select ${COLUMNS} from campaign c where ${conditions.join(' and ')}
     order by ${SINCE} ${direction}, c.id ${direction} limit ${bind(page.size + 1)}`,
    values,
  );
  return sliceOf(page, rows, ({ startedAt, createdAt, id }) => [(startedAt ?? createdAt).toISOString(), id]);
}

/** All campaigns of the workspace, newest first: by when they were started or, for drafts, made. */
export async function listAllCampaigns(pool: Pool, workspaceId: string): Promise<Campaign[]> {
  const { rows } = await pool.query<Campaign>(
    `select ${COLUMNS} from campaign c where c.workspace_id = $1 order by ${SINCE} desc, c.id desc`,
    [workspaceId],
  );
  return rows;
}
