import type pg from 'pg';
import { type Columns, columnNames, columnsOf, insertion, unnest } from '../../store/unnest.ts';
import type { JobScope } from './import-batch.ts';
import type { LineRow, OrderOrRefund } from './order-batch.ts';

/** What a write has done. */
export interface Written {
  /** Orders or refunds that were not there before. */
  readonly newIds: readonly string[];
  /** Customers with a change, some more than once. */
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

const toOrder = ({ at, lines, ...order }: OrderOrRefund) => ({ ...order, placedAt: at, lineCount: lines });

const ORDER: Columns<Omit<ReturnType<typeof toOrder>, 'kind' | 'key'>> = {
  customerId: 'uuid',
  id: 'uuid',
  externalId: 'text',
  placedAt: 'timestamptz',
  amount: 'numeric(18, 4)',
  cost: 'numeric(18, 4)',
  channel: 'text',
  country: 'text',
  lineCount: 'int',
};
const ORDER_VALUES = columnNames(ORDER, ['customer_id', 'id', 'external_id']);

async function insertOrders(
  tx: pg.PoolClient,
  { workspaceId, jobId, currency }: JobScope,
  orders: readonly OrderOrRefund[],
) {
  if (orders.length === 0) return [];
  const same = { workspace_id: workspaceId, import_job_id: jobId, currency };
  const { rows } = await tx.query<{ id: string; customer_id: string }>(
    insertion('"order"', same, ORDER, orders.map(toOrder), 'on conflict do nothing returning id, customer_id'),
  );
  return rows;
}

/**
 * Updates orders to their state in the whole file; one that the shop has shortened since an earlier import loses the lines
 * it no longer has. @returns Customers of the orders that have changed.
 */
export async function settleOrders(
  tx: pg.PoolClient,
  { workspaceId }: JobScope,
  orders: readonly OrderOrRefund[],
): Promise<readonly string[]> {
  if (orders.length === 0) return [];
  const values = [workspaceId, ...unnest.values(ORDER, orders.map(toOrder))];
  const found = columnsOf('d', ORDER_VALUES);
  const { rows } = await tx.query<{ customer_id: string }>(
    `update "order" o set (${ORDER_VALUES.join(', ')}) = (${found}) from ${unnest(ORDER, 2)}
     where o.workspace_id = $1 and o.customer_id = d.customer_id and o.id = d.id
       and (${columnsOf('o', ORDER_VALUES)}) is distinct from (${found})
     returning o.customer_id`,
    values,
  );
  if (rows.length > 0) {
    await tx.query(
      `delete from order_line l using ${unnest(ORDER, 2)}
       where l.workspace_id = $1 and l.customer_id = d.customer_id and l.order_id = d.id and l.line_no > d.line_count`,
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

const LINE_VALUES = columnNames(LINE, ['customer_id', 'order_id', 'line_no']);

/** Lines of orders that were not there before: there is nothing to compare them with. */
async function insertLines(tx: pg.PoolClient, { workspaceId }: JobScope, lines: readonly LineRow[]): Promise<void> {
  if (lines.length > 0) await tx.query(insertion('order_line', { workspace_id: workspaceId }, LINE, lines));
}

/** @returns Customers of lines that are new or have changed. */
async function upsertLines(
  tx: pg.PoolClient,
  { workspaceId }: JobScope,
  lines: readonly LineRow[],
): Promise<readonly string[]> {
  if (lines.length === 0) return [];
  const found = columnsOf('excluded', LINE_VALUES);
  const { text, values } = insertion(
    'order_line as l',
    { workspace_id: workspaceId },
    LINE,
    lines,
    `on conflict (customer_id, order_id, line_no) do update set (${LINE_VALUES.join(', ')}) = (${found})
       where (${columnsOf('l', LINE_VALUES)}) is distinct from (${found})
     returning customer_id`,
  );
  const { rows } = await tx.query<{ customer_id: string }>(
    `with written as (${text}) select distinct customer_id from written`,
    values,
  );
  return rows.map(({ customer_id }) => customer_id);
}
