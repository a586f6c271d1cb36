import { productId } from '../../domain/ids.ts';
import type { CustomerRow, ExcludedOrder, OrderBatch, OrderOrRefund } from '../data/order-batch.ts';
import { remembered } from '../remembered.ts';
import { CustomerDetails } from './customer-details.ts';
import { gatherOrders, type Mention } from './gather-orders.ts';
import { OrderTotals } from './order-totals.ts';

/** Lines of a batch, and customers whose orders it holds. */
const BATCH_LINES = 10_000;

/** Puts orders together that come customer by customer, batch by batch. Memory is that of a batch. */
export class OrderCollector {
  readonly #productId: (externalId: string) => string;
  readonly totals = new OrderTotals();
  #customer: CustomerDetails | undefined;
  #customers: CustomerRow[] = [];
  #orders: OrderOrRefund[] = [];
  #refunds: OrderOrRefund[] = [];
  #excluded: ExcludedOrder[] = [];
  #lines = 0;

  constructor(workspaceId: string) {
    this.#productId = remembered((externalId) => productId(workspaceId, externalId));
  }

  get isFull(): boolean {
    return this.#lines >= BATCH_LINES;
  }

  /** @param mentions All that a file has of one order number of a customer. */
  add(customerId: string, externalId: string, number: string, mentions: readonly Mention[]): void {
    this.#lines += mentions.length;
    const orders = gatherOrders(customerId, mentions, this.#productId);
    if (orders.length > 0) {
      const isAnonymous = mentions.some(({ line }) => line !== null && line.customer === null);
      const customer = this.#customerOf(customerId, externalId, isAnonymous);
      for (const { line } of mentions) if (line !== null) customer.add(line);
      for (const order of orders) {
        (order.kind === 'order' ? this.#orders : this.#refunds).push(order);
        this.totals.add(order, isAnonymous);
      }
    }
    if (!orders.some(({ kind }) => kind === 'order')) {
      for (const { line, at } of mentions)
        if (line === null) this.#excluded.push({ customerId, number, at: new Date(at) });
    }
  }

  #customerOf(id: string, externalId: string, isAnonymous: boolean): CustomerDetails {
    if (this.#customer?.id !== id) {
      this.#endCustomer();
      this.#customer = new CustomerDetails(id, externalId, isAnonymous);
      if (!isAnonymous) this.totals.customers++;
    }
    return this.#customer!;
  }

  #endCustomer(): void {
    if (this.#customer !== undefined) this.#customers.push(this.#customer.row());
  }

  /** What has come since the last batch. A customer whose orders go on in the next one is in both. */
  takeBatch(): OrderBatch {
    this.#endCustomer();
    const batch = {
      customers: this.#customers,
      orders: this.#orders,
      refunds: this.#refunds,
      excluded: this.#excluded,
    };
    this.#customers = [];
    this.#orders = [];
    this.#refunds = [];
    this.#excluded = [];
    this.#lines = 0;
    return batch;
  }
}
