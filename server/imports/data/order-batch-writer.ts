import type pg from 'pg';
import { inTransaction } from '../../store/transaction.ts';
import { slices } from '../../store/unnest.ts';
import { insertCustomers, markChanged, updateCustomers } from './customer-writer.ts';
import { type JobScope, type RowBatch, writeBatch } from './import-batch.ts';
import type { Closing, OrderBatch, OrderOrRefund } from './order-batch.ts';
import { settleOrders, writeOrders } from './order-writer.ts';
import { insertProducts, updateProducts } from './product-writer.ts';
import { insertRefunds, linkRefunds, settleRefunds } from './refund-writer.ts';

const ofKind = (ordersAndRefunds: readonly OrderOrRefund[], wanted: OrderOrRefund['kind']) =>
  ordersAndRefunds.filter(({ kind }) => kind === wanted);

/**
 * Stores one batch of orders and refunds. What is there already, unchanged, is not written again.
 * @returns Ids of the orders and refunds that were not there before.
 */
export function writeOrderBatch(
  pool: pg.Pool,
  job: JobScope,
  rows: RowBatch,
  batch: OrderBatch,
): Promise<ReadonlySet<string>> {
  return writeBatch(pool, job, rows, async (tx) => {
    await insertProducts(tx, job, batch.products);
    await insertCustomers(tx, job, batch.customers);
    const orders = await writeOrders(tx, job, ofKind(batch.ordersAndRefunds, 'order'), batch.lines);
    const refunds = await insertRefunds(tx, job, ofKind(batch.ordersAndRefunds, 'refund'));
    await markChanged(tx, job, [...orders.customerIds, ...refunds.customerIds], batch.ordersAndRefunds);
    await noteOrders(tx, job, batch.ordersAndRefunds);
    return new Set([...orders.newIds, ...refunds.newIds]);
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

const SLICE = 10_000;

/** Settles what the batches could not know before the end of the file. */
export function closeOrderBatches(
  pool: pg.Pool,
  job: JobScope,
  { customers, products, ordersAndRefunds }: Closing,
): Promise<void> {
  return inTransaction(pool, async (tx) => {
    for (const slice of slices(products, SLICE)) await updateProducts(tx, job, slice);
    for (const slice of slices(customers, SLICE)) await updateCustomers(tx, job, slice);
    for (const slice of slices(ordersAndRefunds, SLICE)) {
      const orders = await settleOrders(tx, job, ofKind(slice, 'order'));
      const refunds = await settleRefunds(tx, job, ofKind(slice, 'refund'));
      await markChanged(tx, job, [...orders, ...refunds], slice);
    }
    await linkRefunds(tx, job);
  });
}
