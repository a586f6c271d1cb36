import type pg from 'pg';
import { orderId } from '../../domain/ids.ts';
import { type Columns, columnNames, columnsOf, insertion, unnest } from '../../store/sql/unnest.ts';
import { type Identified, identify } from './identify.ts';
import type { JobScope } from './import-batch.ts';
import type { OrderOrRefund } from './order-batch.ts';
import { insertLines, upsertLines } from './order-line-writer.ts';

const ORDERS = { table: '"order"', at: 'placed_at', idOf: orderId };

/** Stores orders, and brings those that are there to what the file has. @returns Customers of new and changed orders. */
export async function writeOrders(
  tx: pg.PoolClient,
  job: JobScope,
  orders: readonly OrderOrRefund[],
): Promise<readonly string[]> {
  if (orders.length === 0) return [];
  const identified = await identify(tx, job, ORDERS, orders);
  const inserted = await insertOrders(tx, job, identified);
  const isNew = new Set(inserted.map(({ id }) => id));
  const known = identified.filter(({ id }) => !isNew.has(id));
  await insertLines(
    tx,
    job,
    identified.filter(({ id }) => isNew.has(id)),
  );
  const changed = await updateOrders(tx, job, known);
  const changedLines = await upsertLines(tx, job, known);
  return [...inserted.map(({ customer_id }) => customer_id), ...changed, ...changedLines];
}

const toRow = ({ number, at, lines, ...order }: Identified) => ({
  ...order,
  externalId: number,
  placedAt: at,
  lineCount: lines.length,
});

const ORDER: Columns<Omit<ReturnType<typeof toRow>, 'kind' | 'key' | 'isAgain'>> = {
  customerId: 'uuid',
  id: 'uuid',
  externalId: 'text',
  placedAt: 'timestamptz',
  amount: 'numeric(18, 4)',
  cost: 'numeric(18, 4)',
  discount: 'numeric(18, 4)',
  tax: 'numeric(18, 4)',
  shipping: 'numeric(18, 4)',
  paidCurrency: { repeated: 'text' },
  paidAmount: 'numeric(18, 4)',
  channel: { repeated: 'text' },
  country: { repeated: 'text' },
  lineCount: 'int',
};
const ORDER_VALUES = columnNames(ORDER, ['customer_id', 'id', 'external_id']);

async function insertOrders(
  tx: pg.PoolClient,
  { workspaceId, jobId, currency }: JobScope,
  orders: readonly Identified[],
) {
  const same = { workspace_id: workspaceId, import_job_id: jobId, currency };
  const { rows } = await tx.query<{ id: string; customer_id: string }>(
    insertion('"order"', same, ORDER, orders.map(toRow), 'on conflict do nothing returning id, customer_id'),
  );
  return rows;
}

/** An order that the shop has shortened since an earlier import loses the lines it no longer has. */
async function updateOrders(
  tx: pg.PoolClient,
  { workspaceId, jobId }: JobScope,
  orders: readonly Identified[],
): Promise<readonly string[]> {
  if (orders.length === 0) return [];
  const found = columnsOf('d', ORDER_VALUES);
  const { rows } = await tx.query<{ customerId: string; id: string }>(
    `update "order" o set (import_job_id, ${ORDER_VALUES.join(', ')}) = ($2::uuid, ${found}) from ${unnest(ORDER, 4)}
     where o.workspace_id = $1 and o.customer_id = any($3::uuid[]) and o.customer_id = d.customer_id and o.id = d.id
       and (${columnsOf('o', ORDER_VALUES)}) is distinct from (${found})
     returning o.customer_id as "customerId", o.id`,
    [workspaceId, jobId, customersOf(orders), ...unnest.values(ORDER, orders.map(toRow))],
  );
  if (rows.length > 0) {
    await tx.query(
      `delete from order_line l using "order" o
       where l.workspace_id = $1 and l.customer_id = any($2::uuid[]) and l.order_id = any($3::uuid[])
         and o.customer_id = l.customer_id and o.id = l.order_id and o.workspace_id = $1 and l.line_no > o.line_count`,
      [workspaceId, rows.map(({ customerId }) => customerId), rows.map(({ id }) => id)],
    );
  }
  return rows.map(({ customerId }) => customerId);
}

const customersOf = (orders: readonly Identified[]) => [...new Set(orders.map(({ customerId }) => customerId))];
