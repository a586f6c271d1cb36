import type pg from 'pg';
import { deleteAnonymousCopies } from './anonymous-orders.ts';
import { markChanged, upsertCustomers } from './customer-writer.ts';
import { deleteOrders } from './excluded-orders.ts';
import { type JobScope, type RowBatch, writeBatch } from './import-batch.ts';
import type { OrderBatch, OrderOrRefund } from './order-batch.ts';
import { writeOrders } from './order-writer.ts';
import { linkRefunds, writeRefunds } from './refund-writer.ts';

/**
 * Stores one batch of whole orders and refunds. What is there already, unchanged, is not written again.
 * @param hasAnonymous Whether orders may be there without their customer.
 */
export function writeOrderBatch(
  pool: pg.Pool,
  job: JobScope,
  rows: RowBatch,
  batch: OrderBatch,
  hasAnonymous: boolean,
): Promise<void> {
  const { customers, orders, refunds, excluded } = batch;
  return writeBatch(pool, job, rows, async (tx) => {
    const ordersAndRefunds = [...orders, ...refunds];
    await noteOrders(tx, job, ordersAndRefunds);
    if (hasAnonymous) await deleteAnonymousCopies(tx, job, batch);
    await upsertCustomers(tx, job, customers);
    const changed = new Set(await deleteOrders(tx, job, excluded));
    for (const id of await writeOrders(tx, job, orders)) changed.add(id);
    for (const id of await writeRefunds(tx, job, refunds)) changed.add(id);
    await linkRefunds(tx, job, [...changed]);
    await markChanged(tx, job, [...changed], ordersAndRefunds);
  });
}

/** Keeps up the time until which orders are known. */
async function noteOrders(
  tx: pg.PoolClient,
  { workspaceId }: JobScope,
  ordersAndRefunds: readonly OrderOrRefund[],
): Promise<void> {
  const latest = ordersAndRefunds.reduce<Date | null>((last, { at }) => (last === null || at > last ? at : last), null);
  if (latest === null) return;
  await tx.query(
    'update workspace set orders_until = greatest(orders_until, $2) where id = $1 and orders_until is distinct from greatest(orders_until, $2)',
    [workspaceId, latest],
  );
}
