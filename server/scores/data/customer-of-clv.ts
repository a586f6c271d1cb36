import type { Pool } from 'pg';

import type { WorkspaceView } from '../../store/workspace-view.ts';

/** The customers whose 12-month CLV is exactly so much; null where there is none, and where there are several. */
export async function findCustomersOfClv(
  pool: Pool,
  { workspaceId, runId }: WorkspaceView,
  clvs: readonly number[],
): Promise<(string | null)[]> {
  const { rows } = await pool.query<{ clv: number; id: string }>(
    `select clv_12 as clv, min(customer_id::text) as id from customer_score
     where workspace_id = $1 and run_id = $2 and clv_12 = any($3::float8[]) group by clv_12 having count(*) = 1`,
    [workspaceId, runId, clvs],
  );
  const ids = new Map(rows.map(({ clv, id }) => [clv, id]));
  return clvs.map((clv) => ids.get(clv) ?? null);
}
