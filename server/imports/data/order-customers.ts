import type pg from 'pg';

/** Customers of stored orders by the orders' numbers: null where nothing names the customer. */
export async function findOrderCustomers(
  pool: pg.Pool,
  workspaceId: string,
  numbers: readonly string[],
): Promise<ReadonlyMap<string, string | null>> {
  if (numbers.length === 0) return new Map();
  const { rows } = await pool.query<{ number: string; customer: string | null }>(
    `select o.external_id as number, case when not c.is_anonymous then c.external_id end as customer
     from "order" o join customer c on c.id = o.customer_id
     where o.workspace_id = $1 and c.workspace_id = $1 and o.external_id = any($2::text[])
     order by c.is_anonymous desc, o.placed_at`,
    [workspaceId, numbers],
  );
  return new Map(rows.map(({ number, customer }) => [number, customer]));
}
