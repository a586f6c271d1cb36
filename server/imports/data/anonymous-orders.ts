import type pg from 'pg';

import { anonymousName, customerId } from '../../domain/ids.ts';
import { type Columns, unnest } from '../../store/sql/unnest.ts';
import type { JobScope } from './import-batch.ts';
import type { OrderBatch } from './order-batch.ts';

const COPY: Columns<{ customerId: string; at: Date }> = { customerId: 'uuid', at: 'timestamptz' };

/** Between the times of two copies of one order, as a time zone shifts it. */
const SAME_TIME = "interval '1 day'";

export async function hasAnonymous(pool: pg.Pool, workspaceId: string): Promise<boolean> {
  const { rows } = await pool.query('select 1 from customer where workspace_id = $1 and is_anonymous limit 1', [
    workspaceId,
  ]);
  return rows.length > 0;
}

/** Deletes what was stored of these orders while nothing named their customer. */
export async function deleteAnonymousCopies(
  tx: pg.PoolClient,
  { workspaceId }: JobScope,
  { customers, orders }: OrderBatch,
): Promise<void> {
  const unknown = new Set(customers.filter(({ isAnonymous }) => isAnonymous).map(({ id }) => id));
  const copies = orders
    .filter((order) => !unknown.has(order.customerId))
    .map(({ number, at }) => ({ customerId: customerId(workspaceId, anonymousName(number)), at }));
  if (copies.length === 0) return;
  const ids = copies.map((copy) => copy.customerId);
  const { rows } = await tx.query<{ id: string }>(
    `select c.id from customer c join ${unnest(COPY, 3)} on d.customer_id = c.id
     join "order" o on o.customer_id = c.id and o.placed_at between d.at - ${SAME_TIME} and d.at + ${SAME_TIME}
     where c.workspace_id = $1 and c.id = any($2::uuid[]) and c.is_anonymous and o.workspace_id = $1`,
    [workspaceId, ids, ...unnest.values(COPY, copies)],
  );
  if (rows.length === 0) return;
  const found = [workspaceId, rows.map(({ id }) => id)];
  for (const table of ['refund', 'order_line', '"order"'])
    await tx.query(`delete from ${table} where workspace_id = $1 and customer_id = any($2::uuid[])`, found);
  await tx.query('delete from customer where workspace_id = $1 and id = any($2::uuid[])', found);
}
