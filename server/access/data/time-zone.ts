import type pg from 'pg';

/**
 * Sets the time zone that decides the days of a workspace. Where it is another than before, what was summarised of all customers
 * is out of date: their days may have moved.
 */
export async function writeTimeZone(tx: pg.PoolClient, workspaceId: string, timeZone: string): Promise<void> {
  const { rows } = await tx.query<{ timeZone: string }>(
    'select time_zone as "timeZone" from workspace where id = $1 for update',
    [workspaceId],
  );
  const before = rows[0]!.timeZone;
  if (before === timeZone) return;
  await tx.query('update workspace set time_zone = $2 where id = $1', [workspaceId, timeZone]);
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
  await moveFirstDays(tx, workspaceId, before, timeZone);
}

/** Customers without orders have the day of their first event or message, unless a list knew them earlier: it has days only. */
const moveFirstDays = (tx: pg.PoolClient, workspaceId: string, before: string, timeZone: string) =>
  tx.query(
    `update customer c set last_active_on = (s.first_at at time zone $3)::date
     from (
       select customer_id, min(at) as first_at from (
         select customer_id, at from product_event where workspace_id = $1
         union all select customer_id, assigned_at from campaign_exposure where workspace_id = $1) seen
       group by customer_id) s
     where c.workspace_id = $1 and c.id = s.customer_id and c.history_version = 0
       and c.last_active_on = (s.first_at at time zone $2)::date`,
    [workspaceId, before, timeZone],
  );
