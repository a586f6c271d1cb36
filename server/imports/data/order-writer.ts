import type pg from 'pg';
import { type Columns, unnest } from '../../store/unnest.ts';
import type { JobScope } from './import-batch.ts';
import { type LineRow, ORDER_OR_REFUND, type OrderOrRefund } from './order-batch.ts';

/** What a write has done. */
export interface Written {
  /** Orders or refunds that were not there before. */
  readonly newIds: readonly string[];
  /** Customers for whom anything has changed, some more than once. */
  readonly customerIds: readonly string[];
}

/** Stores new orders, and all the lines. What is there of an order stays as it is until the end of the file. */
export async function writeOrders(
  tx: pg.PoolClient,
  job: JobScope,
  orders: readonly OrderOrRefund[],
  lines: readonly LineRow[],
): Promise<Written> {
  const inserted = await insertOrders(tx, job, orders);
  const newIds = inserted.map(({ id }) => id);
  const fresh = new Set(newIds);
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
  return { newIds, customerIds: [...inserted.map(({ customer_id }) => customer_id), ...changed] };
}

async function insertOrders(tx: pg.PoolClient, job: JobScope, orders: readonly OrderOrRefund[]) {
  if (orders.length === 0) return [];
  const { rows } = await tx.query<{ id: string; customer_id: string }>(
    `insert into "order"
       (customer_id, id, workspace_id, import_job_id, external_id, placed_at, currency, amount, cost, channel, country, line_count)
     select "customerId", id, $1, $2, "externalId", at, $3, amount, cost, channel, country, lines from ${unnest(ORDER_OR_REFUND, 4)}
     on conflict do nothing returning id, customer_id`,
    [job.workspaceId, job.jobId, job.currency, ...unnest.values(ORDER_OR_REFUND, orders)],
  );
  return rows;
}

/**
 * Brings orders to what the whole file says of them; one that the shop has shortened since an earlier import loses the lines
 * it no longer has. @returns Customers of the orders that have changed.
 */
export async function settleOrders(
  tx: pg.PoolClient,
  { workspaceId }: JobScope,
  orders: readonly OrderOrRefund[],
): Promise<readonly string[]> {
  if (orders.length === 0) return [];
  const values = [workspaceId, ...unnest.values(ORDER_OR_REFUND, orders)];
  const { rows } = await tx.query<{ customer_id: string }>(
    `update "order" o set placed_at = d.at, amount = d.amount, cost = d.cost, channel = d.channel, country = d.country, line_count = d.lines
     from ${unnest(ORDER_OR_REFUND, 2)}
     where o.workspace_id = $1 and o.customer_id = d."customerId" and o.id = d.id
       and (o.placed_at, o.amount, o.cost, o.channel, o.country, o.line_count)
         is distinct from (d.at, d.amount::numeric(18, 4), d.cost::numeric(18, 4), d.channel, d.country, d.lines)
     returning o.customer_id`,
    values,
  );
  if (rows.length > 0) {
    await tx.query(
      `delete from order_line l using ${unnest(ORDER_OR_REFUND, 2)}
       where l.workspace_id = $1 and l.customer_id = d."customerId" and l.order_id = d.id and l.line_no > d.lines`,
      values,
    );
  }
  return rows.map(({ customer_id }) => customer_id);
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
