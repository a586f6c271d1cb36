import Decimal from 'decimal.js';
import { priceOf, refusePrice } from '../../server/imports/amounts/line-price.ts';
import type { FileFigures } from '../../server/imports/data/import-jobs.ts';
import type { OrderLine, Rejection } from '../../server/imports/formats/format.ts';
import { convertLine } from './convert-line.ts';

/** Adds up the lines of a file as an import does, without storing them. Its memory grows with customers and orders. */
export function orderTally() {
  const customers = new Set<string>();
  const products = new Set<string>();
  const orders = new Set<string>();
  const refunds = new Set<string>();
  const anonymous = new Set<string>();
  const zero = new Decimal(0);
  const sums = { gross: zero, refunded: zero, discount: zero, tax: zero, shipping: zero };
  let anonymousNet = new Decimal(0);

  function take(written: OrderLine): Rejection | null {
    const line = convertLine(written, new Decimal(written.converted?.rate ?? 1));
    const fault = refusePrice(line);
    if (fault !== null) return fault;
    const price = priceOf(line);
    const amount = new Decimal(price.unitPrice).times(line.quantity).minus(price.discount);
    const key = `${line.customer}\n${line.key}`;
    if (line.product !== null) products.add(line.product.id);
    if (line.customer === null) {
      if (line.kind === 'order') anonymous.add(key);
      anonymousNet = line.kind === 'order' ? anonymousNet.plus(amount) : anonymousNet.minus(amount);
      return null;
    }
    customers.add(line.customer);
    if (line.kind === 'refund') {
      refunds.add(key);
      sums.refunded = sums.refunded.plus(amount);
      return null;
    }
    orders.add(key);
    sums.gross = sums.gross.plus(amount);
    sums.discount = sums.discount.plus(line.discount);
    sums.tax = sums.tax.plus(line.tax);
    sums.shipping = sums.shipping.plus(line.shipping);
    return null;
  }

  const figures = (): FileFigures => ({
    customers: customers.size,
    products: products.size,
    orders: orders.size,
    refunds: refunds.size,
    gross: sums.gross.toFixed(4),
    net: sums.gross.minus(sums.refunded).toFixed(4),
    discount: sums.discount.toFixed(4),
    tax: sums.tax.toFixed(4),
    shipping: sums.shipping.toFixed(4),
    anonymous: { orders: anonymous.size, net: anonymousNet.toFixed(4) },
  });

  return { take, figures };
}
