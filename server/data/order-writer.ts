import type pg from 'pg';

import { DOCUMENT, type DocumentRow, type JobScope, type LineRow } from './fact-batch.ts';
import { type Columns, unnest } from './unnest.ts';

interface Written {
  readonly customer_id: string;
  readonly id: string;
  readonly line_count: number;
  /** Whether it was there before, with other content. */
  readonly rewritten: boolean;
}

/** Stores orders with their lines. @returns Ids of the customers for whom anything has changed, some more than once. */
export async function writeOrders(
  tx: pg.PoolClient,
  job: JobScope,
  orders: readonly DocumentRow[],
  lines: readonly LineRow[],
): Promise<readonly string[]> {
  const written = await upsertOrders(tx, job, orders);
  const fresh = new Set(written.filter(({ rewritten }) => !rewritten).map(({ id }) => id));
  await deleteSurplusLines(
    tx,
    job,
    written.filter(({ rewritten }) => rewritten),
  );
  await insertLines(
    tx,
    job,
    lines.filter(({ orderId }) => fresh.has(orderId)),
  );
  const changed = await upsertLines(
    tx,
    job,
    lines.filter(({ orderId }) => !fresh.has(orderId)),
  );
  return [...written.map(({ customer_id }) => customer_id), ...changed];
}

/** @returns The orders that are new or have changed. */
async function upsertOrders(
  tx: pg.PoolClient,
  job: JobScope,
  orders: readonly DocumentRow[],
): Promise<readonly Written[]> {
  if (orders.length === 0) return [];
  const { rows } = await tx.query<Written>(
    `insert into "order" as o
       (customer_id, id, workspace_id, import_job_id, external_id, placed_at, currency, amount, cost, channel, country, line_count)
     select "customerId", id, $1, $2, "externalId", at, $3, amount, cost, channel, country, lines from ${unnest(DOCUMENT, 4)}
     on conflict (customer_id, id) do update
       set placed_at = excluded.placed_at, amount = excluded.amount, cost = excluded.cost, channel = excluded.channel,
           country = excluded.country, line_count = excluded.line_count
     where (o.placed_at, o.amount, o.cost, o.channel, o.country, o.line_count)
       is distinct from (excluded.placed_at, excluded.amount, excluded.cost, excluded.channel, excluded.country, excluded.line_count)
     returning customer_id, id, line_count, xmax <> 0 as rewritten`,
    [job.workspaceId, job.jobId, job.currency, ...unnest.values(DOCUMENT, orders)],
  );
  return rows;
}

/** An order that the shop has shortened since an earlier import loses the lines it no longer has. */
async function deleteSurplusLines(
  tx: pg.PoolClient,
  { workspaceId }: JobScope,
  orders: readonly Written[],
): Promise<void> {
  if (orders.length === 0) return;
  const columns: Columns<Omit<Written, 'rewritten'>> = { customer_id: 'uuid', id: 'uuid', line_count: 'int' };
  await tx.query(
    `delete from order_line l using ${unnest(columns, 2)}
     where l.workspace_id = $1 and l.customer_id = d.customer_id and l.order_id = d.id and l.line_no > d.line_count`,
    [workspaceId, ...unnest.values(columns, orders)],
  );
}

const LINE: Columns<LineRow> = {
  customerId: { repeated: 'uuid' },
  orderId: { repeated: 'uuid' },
  lineNo: 'int',
  productId: { repeated: 'uuid' },
  quantity: 'numeric',
  unitPrice: 'numeric',
  discount: 'numeric',
  unitCost: 'numeric',
};

const INSERT_LINES = `
  insert into order_line as l (customer_id, order_id, line_no, workspace_id, product_id, quantity, unit_price, discount, unit_cost)
  select "customerId", "orderId", "lineNo", $1, "productId", quantity, "unitPrice", discount, "unitCost" from ${unnest(LINE, 2)}`;

/** Lines of orders that were not there before: there is nothing to compare them with. */
async function insertLines(tx: pg.PoolClient, { workspaceId }: JobScope, lines: readonly LineRow[]): Promise<void> {
  if (lines.length > 0) await tx.query(INSERT_LINES, [workspaceId, ...unnest.values(LINE, lines)]);
}

/** @returns Customers of lines that are new or have changed. */
async function upsertLines(
  tx: pg.PoolClient,
  { workspaceId }: JobScope,
  lines: readonly LineRow[],
): Promise<readonly string[]> {
  if (lines.length === 0) return [];
  const { rows } = await tx.query<{ customer_id: string }>(
    `with written as (${INSERT_LINES}
       on conflict (customer_id, order_id, line_no) do update
         set product_id = excluded.product_id, quantity = excluded.quantity, unit_price = excluded.unit_price,
             discount = excluded.discount, unit_cost = excluded.unit_cost
       where (l.product_id, l.quantity, l.unit_price, l.discount, l.unit_cost)
         is distinct from (excluded.product_id, excluded.quantity, excluded.unit_price, excluded.discount, excluded.unit_cost)
       returning customer_id)
     select distinct customer_id from written`,
    [workspaceId, ...unnest.values(LINE, lines)],
  );
  return rows.map(({ customer_id }) => customer_id);
}
