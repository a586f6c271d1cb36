import type pg from 'pg';

/**
 * Sets the time zone that decides the days of a workspace. Where it is another than before, what was summarised of all customers
 * is out of date: their days may have moved.
 */
export async function writeTimeZone(tx: pg.PoolClient, workspaceId: string, timeZone: string): Promise<void> {
  const { rowCount } = await tx.query('update workspace set time_zone = $2 where id = $1 and time_zone <> $2', [
    workspaceId,
    timeZone,
  ]);
  if (rowCount === 0) return;
  await tx.query(
    `update customer c set history_version = c.history_version + 1, last_active_on = (a.last_at at time zone $2)::date
     from (
       select customer_id, max(at) as last_at from (
         select customer_id, placed_at as at from "order" where workspace_id = $1
         union all select customer_id, refunded_at from refund where workspace_id = $1) active
       group by customer_id) a
     where c.workspace_id = $1 and c.id = a.customer_id`,
    [workspaceId, timeZone],
  );
}
