import Decimal from 'decimal.js';

import type { FoundWarning, OrderFigures } from '../data/import-jobs.ts';
import type { GatheredOrder } from './gather-orders.ts';

/** Adds up what a file comes to. Orders of unknown customers are counted apart. */
export class OrderTotals {
  customers = 0;
  #orders = 0;
  #refunds = 0;
  #gross = new Decimal(0);
  #refunded = new Decimal(0);
  #discount = new Decimal(0);
  #tax = new Decimal(0);
  #shipping = new Decimal(0);
  #anonymousOrders = 0;
  #anonymousNet = new Decimal(0);
  #apart = 0;
  #repeatedRows = 0;
  #repeatedAmount = new Decimal(0);

  add(order: GatheredOrder, isAnonymous: boolean): void {
    const { kind, amount, isApart, repeated } = order;
    if (kind === 'order' && isApart) this.#apart++;
    this.#repeatedRows += repeated.rows;
    this.#repeatedAmount = this.#repeatedAmount.plus(repeated.amount);
    if (isAnonymous) {
      if (kind === 'order') this.#anonymousOrders++;
      this.#anonymousNet = kind === 'order' ? this.#anonymousNet.plus(amount) : this.#anonymousNet.minus(amount);
      return;
    }
    if (kind === 'refund') {
      this.#refunds++;
      this.#refunded = this.#refunded.plus(amount);
      return;
    }
    this.#orders++;
    this.#gross = this.#gross.plus(amount);
    this.#discount = this.#discount.plus(order.discount);
    this.#tax = this.#tax.plus(order.tax);
    this.#shipping = this.#shipping.plus(order.shipping);
  }

  figures(): OrderFigures {
    return {
      customers: this.customers,
      orders: this.#orders,
      refunds: this.#refunds,
      gross: this.#gross.toFixed(4),
      net: this.#gross.minus(this.#refunded).toFixed(4),
      discount: this.#discount.toFixed(4),
      tax: this.#tax.toFixed(4),
      shipping: this.#shipping.toFixed(4),
      anonymous: { orders: this.#anonymousOrders, net: this.#anonymousNet.toFixed(4) },
    };
  }

  warnings(): FoundWarning[] {
    const repeated = { code: 'DUPLICATE_ROWS', count: this.#repeatedRows, amount: this.#repeatedAmount.toFixed(4) };
    return [{ code: 'LINES_APART', count: this.#apart, amount: null }, repeated].filter(({ count }) => count > 0);
  }
}
