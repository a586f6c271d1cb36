import type pg from 'pg';
import type { Revenue } from '../../domain/revenue.ts';

/** Sets what revenue contains. Where that is something else than before, what was summarised of all customers is out of date. */
export async function writeRevenue(tx: pg.PoolClient, workspaceId: string, revenue: Revenue): Promise<void> {
  const { rowCount } = await tx.query('update workspace set revenue = $2 where id = $1 and revenue <> $2', [
    workspaceId,
    revenue,
  ]);
  if (rowCount === 0) return;
  await tx.query(
    'update customer set history_version = history_version + 1 where workspace_id = $1 and history_version > 0',
    [workspaceId],
  );
}
