import type pg from 'pg';
import { type Columns, columnNames, columnsOf, insertion } from '../../store/sql/unnest.ts';
import { lockCampaigns } from './enrolment.ts';

/** The first known time of each step of a customer in a variant. */
export interface ExposureRow {
  readonly customerId: string;
  readonly campaignId: string;
  readonly variantId: string;
  readonly assignedAt: Date;
  readonly sentAt: Date | null;
  readonly deliveredAt: Date | null;
  readonly openedAt: Date | null;
  readonly clickedAt: Date | null;
  readonly convertedAt: Date | null;
  readonly unsubscribedAt: Date | null;
  readonly bouncedAt: Date | null;
  readonly complainedAt: Date | null;
  readonly audienceGroup: string | null;
  readonly givenPrior: number | null;
}

const EXPOSURE: Columns<ExposureRow> = {
  customerId: { repeated: 'uuid' },
  campaignId: { repeated: 'uuid' },
  variantId: { repeated: 'uuid' },
  assignedAt: { repeated: 'timestamptz' },
  sentAt: { repeated: 'timestamptz' },
  deliveredAt: 'timestamptz',
  openedAt: 'timestamptz',
  clickedAt: 'timestamptz',
  convertedAt: 'timestamptz',
  unsubscribedAt: 'timestamptz',
  bouncedAt: 'timestamptz',
  complainedAt: 'timestamptz',
  audienceGroup: { repeated: 'text' },
  givenPrior: 'float8',
};

export const EXPOSURE_KEY = ['customer_id', 'campaign_id', 'variant_id'];
const VALUES = columnNames(EXPOSURE, EXPOSURE_KEY);
const MERGED = VALUES.map((name) =>
  name.endsWith('_at') ? `least(e.${name}, excluded.${name})` : `coalesce(e.${name}, excluded.${name})`,
).join(', ');

/**
 * Adds exposures, keeping the earlier time of each step and the first known group and value; and marks customers of more than
 * one variant of a campaign as contaminated. Where the assignment turns out to be earlier, the snapshot is stale.
 * @param rows One at most of each customer and variant. @returns Those that changed anything.
 */
export async function mergeExposures(
  tx: pg.PoolClient,
  workspaceId: string,
  rows: readonly ExposureRow[],
): Promise<readonly Pick<ExposureRow, 'customerId' | 'campaignId' | 'variantId'>[]> {
  if (rows.length === 0) return [];
  await lockCampaigns(tx, workspaceId, [...new Set(rows.map(({ campaignId }) => campaignId))]);
  const { rows: changed } = await tx.query<Pick<ExposureRow, 'customerId' | 'campaignId' | 'variantId'>>(
    insertion(
      'campaign_exposure as e',
      { workspace_id: workspaceId },
      EXPOSURE,
      rows,
      `on conflict (${EXPOSURE_KEY.join(', ')}) do update set (${VALUES.join(', ')}) = (${MERGED}),
         snapshot_version = case when excluded.assigned_at >= e.assigned_at then e.snapshot_version end
         where (${MERGED}) is distinct from (${columnsOf('e', VALUES)})
       returning customer_id as "customerId", campaign_id as "campaignId", variant_id as "variantId"`,
    ),
  );
  await markContaminated(tx, workspaceId, changed);
  return changed;
}

/** By customers alone: the planner would else read the campaign anew for each of them while it takes it for a small one. */
async function markContaminated(
  tx: pg.PoolClient,
  workspaceId: string,
  rows: readonly Pick<ExposureRow, 'customerId'>[],
): Promise<void> {
  if (rows.length === 0) return;
  await tx.query(
    `with two as materialized (
       select customer_id, campaign_id from campaign_exposure
       where workspace_id = $1 and customer_id = any($2::uuid[])
       group by customer_id, campaign_id having count(*) > 1 and not bool_and(is_contaminated))
     update campaign_exposure e set is_contaminated = true
     where e.workspace_id = $1 and e.customer_id = any(array(select customer_id from two)) and not e.is_contaminated
       and exists (select from two where two.customer_id = e.customer_id and two.campaign_id = e.campaign_id)`,
    [workspaceId, [...new Set(rows.map(({ customerId }) => customerId))]],
  );
}
