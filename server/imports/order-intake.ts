import Decimal from 'decimal.js';
import type pg from 'pg';
import { refusePrice } from './amounts/line-price.ts';
import { hasAnonymous } from './data/anonymous-orders.ts';
import { type JobScope, type RowBatch, writeBatch } from './data/import-batch.ts';
import type { NamedProduct, OrderBatch } from './data/order-batch.ts';
import { writeOrderBatch } from './data/order-batch-writer.ts';
import { findOrderCustomers } from './data/order-customers.ts';
import { upsertProducts } from './data/product-writer.ts';
import type { OrderLine, Rejection } from './formats/format.ts';
import type { Intake } from './intake.ts';
import { type Rates, ratesFor } from './rates.ts';
import { OrderCollector } from './storing/order-collector.ts';
import { PlaceSorter } from './storing/place-sorter.ts';
import { type PricedLine, pricedLine } from './storing/priced-line.ts';
import { ProductSorter } from './storing/product-sorter.ts';
import { type OwnedRefunds, RefundOwners } from './storing/refund-owners.ts';

/** Characters of orders, and of products, that are held in memory until a temporary file takes them. */
const RUN_SIZE = 4 << 20;
const PRODUCT_BATCH = 10_000;
/** Share of an import's time until all lines are read; storing them takes the rest. */
const READ_SHARE = 0.5;
/** Orders that are looked up at a time. */
const OWNER_BATCH = 1_000;

/**
 * Lines of an order may stand anywhere in a file, so all are read before the first is stored; sorted by customer and order
 * they then come whole, in the order of the tables' keys, and memory does not grow with the file.
 *
 * @param refundsOfOrders Whether a refund without a customer is of the customer of the order that it names.
 */
export async function orderIntake(pool: pg.Pool, job: JobScope, refundsOfOrders = false): Promise<Intake<OrderLine>> {
  const { workspaceId } = job;
  const rates = await ratesFor(pool, workspaceId);
  const places = new PlaceSorter(workspaceId, RUN_SIZE);
  const products = new ProductSorter(workspaceId, RUN_SIZE);
  const orders = new OrderCollector(workspaceId);
  const owners = refundsOfOrders ? new RefundOwners(RUN_SIZE) : null;
  const isAnyAnonymous = await hasAnonymous(pool, workspaceId);
  const lost = { count: 0, amount: new Decimal(0) };
  let productCount = 0;
  let rows: RowBatch = { rows: 0, accepted: 0, progress: 0, rejected: [] };
  let taken = 0;

  async function storeProducts(): Promise<void> {
    let batch: NamedProduct[] = [];
    const write = () => writeBatch(pool, job, rows, (tx) => upsertProducts(tx, job, batch));
    for await (const product of products.sorted()) {
      batch.push(product);
      productCount++;
      if (batch.length < PRODUCT_BATCH) continue;
      await write();
      batch = [];
    }
    await write();
  }

  /** Gives refunds to the customers of their orders: those of the file, else those that are stored. */
  async function settleRefunds(): Promise<void> {
    let unknown: OwnedRefunds[] = [];
    const give = ({ number, refunds }: OwnedRefunds, customer: string | null) => {
      for (const refund of refunds) places.add({ customer, number, at: new Date(refund.at) }, { ...refund, customer });
    };
    const lookUp = async () => {
      const numbers = unknown.map(({ number }) => number);
      const stored = await findOrderCustomers(pool, workspaceId, numbers);
      for (const found of unknown) {
        const customer = stored.get(found.number);
        if (customer !== undefined) give(found, customer);
        else lose(found.refunds);
      }
      unknown = [];
      await places.spill();
    };
    for await (const found of owners?.sorted() ?? []) {
      if (found.owner !== undefined) give(found, found.owner);
      else unknown.push(found);
      if (unknown.length >= OWNER_BATCH) await lookUp();
    }
    await lookUp();
  }

  function lose(refunds: readonly PricedLine[]): void {
    lost.count += refunds.length;
    lost.amount = Decimal.sum(lost.amount, ...refunds.map(({ amount }) => amount));
  }

  /** Puts the next batch together while the one before is being written. */
  async function storeOrders(): Promise<void> {
    let stored = 0;
    let writing: Promise<void> = Promise.resolve();
    const write = async (batch: OrderBatch) => {
      await writing;
      rows = { ...rows, progress: READ_SHARE + (1 - READ_SHARE) * Math.min(1, stored / Math.max(1, taken)) };
      writing = writeOrderBatch(pool, job, rows, batch, isAnyAnonymous);
      // The failure is thrown by the next await; until then it is not an unhandled one.
      writing.catch(() => {});
    };
    for await (const { id, externalId, number, mentions } of places.sorted()) {
      orders.add(id, externalId, number, mentions);
      stored += mentions.length;
      if (orders.isFull) await write(orders.takeBatch());
    }
    await write(orders.takeBatch());
    await writing;
  }

  return {
    take: (line) => {
      const fault = refusePrice(line);
      if (fault !== null) return fault;
      const rate = rateOf(line, job.currency, rates);
      if (rate === null) return noRate(line, job.currency);
      const priced = pricedLine(line, rate);
      taken++;
      if (owners !== null && line.kind === 'refund' && line.customer === null) {
        owners.addRefund(priced);
        return null;
      }
      places.add(line, priced);
      if (line.kind === 'order') owners?.addOrder(line);
      if (line.product !== null) products.add(line.product, line.at);
      return null;
    },
    drop: (order) => places.add(order, null),
    write: async (batch) => {
      rows = { ...batch, progress: batch.progress * READ_SHARE, rejected: [] };
      await writeBatch(pool, job, { ...rows, rejected: batch.rejected }, async () => {});
      await places.spill();
      await products.spill();
      await owners?.spill();
    },
    close: async () => {
      await settleRefunds();
      await storeProducts();
      await storeOrders();
    },
    figures: () => ({ products: productCount, ...orders.totals.figures() }),
    warnings: () => [
      ...orders.totals.warnings(),
      ...(lost.count > 0 ? [{ code: 'REFUNDS_WITHOUT_ORDER', count: lost.count, amount: lost.amount.toFixed(4) }] : []),
    ],
  };
}

/** By the file's own conversion where it has one. @returns null where no rate is known. */
function rateOf({ currency, converted, at }: OrderLine, to: string, rates: Rates): Decimal | null {
  const rest = rates.between(converted?.currency ?? currency ?? to, to, at);
  return converted === null || rest === null ? rest : rest.times(converted.rate);
}

const noRate = ({ currency, converted, at }: OrderLine, to: string): Rejection => ({
  reason: 'NO_RATE',
  detail: `no rate from ${converted?.currency ?? currency} to ${to} on ${at.toISOString().slice(0, 10)} or in the ten days before`,
});
