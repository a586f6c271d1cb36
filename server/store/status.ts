import type pg from 'pg';

/** Rejects when the database does not answer. */
export async function ping(pool: pg.Pool): Promise<void> {
  await pool.query('select 1');
}

export async function countCustomersAndOrders(
  pool: pg.Pool,
  workspaceId: string,
): Promise<{ readonly customers: number; readonly orders: number }> {
  const { rows } = await pool.query<{ customers: number; orders: number }>(
    `select (select count(*)::int from customer where workspace_id = $1 and not is_anonymous) as customers,
       (select count(*)::int from "order" o where workspace_id = $1 and not exists (
         select 1 from customer c where c.id = o.customer_id and c.is_anonymous)) as orders`,
    [workspaceId],
  );
  return rows[0]!;
}
