import Decimal from 'decimal.js';

import type { FoundWarning, OrderFigures } from '../data/import-jobs.ts';
import type { GatheredOrder } from './gather-orders.ts';

/** Adds up what a file comes to. Orders of unknown customers are counted apart. */
export class OrderTotals {
  customers = 0;
  readonly #known = new Sums();
  readonly #anonymous = new Sums();
  #apart = 0;
  #repeatedRows = 0;
  #repeatedAmount = new Decimal(0);

  add(order: GatheredOrder, isAnonymous: boolean): void {
    const { kind, isApart, repeated } = order;
    if (kind === 'order' && isApart) this.#apart++;
    this.#repeatedRows += repeated.rows;
    this.#repeatedAmount = this.#repeatedAmount.plus(repeated.amount);
    (isAnonymous ? this.#anonymous : this.#known).add(order);
  }

  /** Orders of known customers; where the file names no customer at all, as Amazon's do, the anonymous ones. */
  figures(): OrderFigures {
    const { orders, refunds, gross, refunded, discount, tax, shipping } =
      this.customers === 0 ? this.#anonymous : this.#known;
    return {
      ...{ customers: this.customers, orders, refunds },
      gross: gross.toFixed(4),
      net: gross.minus(refunded).toFixed(4),
      discount: discount.toFixed(4),
      tax: tax.toFixed(4),
      shipping: shipping.toFixed(4),
      anonymous: {
        orders: this.#anonymous.orders,
        net: this.#anonymous.gross.minus(this.#anonymous.refunded).toFixed(4),
      },
    };
  }

  warnings(): FoundWarning[] {
    const repeated = { code: 'DUPLICATE_ROWS', count: this.#repeatedRows, amount: this.#repeatedAmount.toFixed(4) };
    return [{ code: 'LINES_APART', count: this.#apart, amount: null }, repeated].filter(({ count }) => count > 0);
  }
}

class Sums {
  orders = 0;
  refunds = 0;
  gross = new Decimal(0);
  refunded = new Decimal(0);
  discount = new Decimal(0);
  tax = new Decimal(0);
  shipping = new Decimal(0);

  add({ kind, amount, discount, tax, shipping }: GatheredOrder): void {
    if (kind === 'refund') {
      this.refunds++;
      this.refunded = this.refunded.plus(amount);
      return;
    }
    this.orders++;
    this.gross = this.gross.plus(amount);
    this.discount = this.discount.plus(discount);
    this.tax = this.tax.plus(tax);
    this.shipping = this.shipping.plus(shipping);
  }
}
