import type { Pool } from 'pg';

import type { SegmentCounts } from '../../engine/experiments/next-best-types.ts';
import type { RunScope } from '../../store/run-scope.ts';
import { hasValues } from '../../store/sql/has-values.ts';
import type { WorkspaceView } from '../../store/workspace-view.ts';

/** Days after the as-of day within which a purchase counts as due soon. */
export const DUE_WITHIN_DAYS = 14;

/** The customers of a run by segment, with what some campaigns take: something due to be bought again, something that goes with it. */
export async function countSegments(
  pool: Pool,
  { workspaceId, runId }: RunScope,
  asOf: string,
): Promise<SegmentCounts[]> {
  const { rows } = await pool.query<SegmentCounts>(
    `select s.segment, count(*)::int as customers, case when s.segment <> 'PROSPECT' and ${hasValues('$2', '$1')} then avg(s.clv_12) end as clv,
       count(*) filter (where exists (select from replenishment r where r.customer_id = s.customer_id and r.run_id = s.run_id
         and r.expected_on <= $3::date + $4::int))::int as "replenishmentDue",
       count(*) filter (where exists (select from recommendation o where o.customer_id = s.customer_id and o.run_id = s.run_id
         and o.kind = 'CROSS_SELL'))::int as "crossSell"
     from customer_score s where s.workspace_id = $1 and s.run_id = $2 group by s.segment`,
    [workspaceId, runId, asOf, DUE_WITHIN_DAYS],
  );
  return rows;
}

/** As the published run counted them; null where it did not, and without one. */
export async function readSegmentCounts(
  pool: Pool,
  { workspaceId, runId }: WorkspaceView,
): Promise<SegmentCounts[] | null> {
  const { rows } = await pool.query<{ counts: SegmentCounts[] | null }>(
    'select segment_counts as counts from analysis_run where workspace_id = $1 and id = $2',
    [workspaceId, runId],
  );
  return rows[0]?.counts ?? null;
}

/** What a campaign for one customer depends on. */
export interface CustomerOptions {
  readonly customerId: string;
  readonly hasReplenishmentDue: boolean;
  readonly hasCrossSell: boolean;
}

/** Of some customers, in one statement. */
export async function findCustomerOptions(
  pool: Pool,
  { workspaceId, runId }: WorkspaceView,
  customerIds: readonly string[],
): Promise<CustomerOptions[]> {
  const { rows } = await pool.query<CustomerOptions>(
    `select k.customer_id as "customerId",
       exists (select from replenishment r where r.customer_id = k.customer_id and r.run_id = $2 and r.workspace_id = $1
         and r.expected_on <= (select as_of from analysis_run where id = $2 and workspace_id = $1) + $4::int) as "hasReplenishmentDue",
       exists (select from recommendation o where o.customer_id = k.customer_id and o.run_id = $2 and o.workspace_id = $1
         and o.kind = 'CROSS_SELL') as "hasCrossSell"
     from unnest($3::uuid[]) with ordinality k(customer_id, n) order by k.n`,
    [workspaceId, runId, customerIds, DUE_WITHIN_DAYS],
  );
  return rows;
}
