import Decimal from 'decimal.js';

import type { OrderLine, Rejection } from './formats/format.ts';

/** Of a line; an order of ten thousand such lines still fits its column. */
const LARGEST_AMOUNT = 1e9;

export interface LinePrice {
  readonly unitPrice: Decimal;
  /** Off the line. */
  readonly discount: Decimal;
}

/** A total that does not part into equal prices is a price rounded up, and a discount that takes off what that adds. */
export function priceOf({ quantity, unitPrice, total, discount }: OrderLine): LinePrice {
  if (total === null) return { unitPrice: new Decimal(unitPrice ?? 0), discount: new Decimal(discount) };
  const pieces = new Decimal(quantity);
  if (pieces.isZero()) return { unitPrice: new Decimal(0), discount: new Decimal(0) };
  const price = new Decimal(total).div(pieces).toDecimalPlaces(4, Decimal.ROUND_UP);
  return { unitPrice: price, discount: price.times(pieces).minus(total).plus(discount) };
}

/** @returns What is wrong with the amounts of a line; null when nothing is. */
export function refusePrice({ quantity, unitPrice, total, discount }: OrderLine): Rejection | null {
  const amount = total === null ? new Decimal(quantity).times(unitPrice ?? 0) : new Decimal(total);
  if (amount.gte(LARGEST_AMOUNT)) {
    return {
      reason: 'BAD_NUMBER',
      detail: `the line comes to ${amount.toFixed()}: expected less than ${LARGEST_AMOUNT}`,
    };
  }
  if (total !== null && !amount.isZero() && new Decimal(quantity).isZero()) {
    return { reason: 'BAD_NUMBER', detail: `a quantity of 0 with a total of ${total}: expected what the total is for` };
  }
  if (discount !== '0' && amount.lt(discount)) {
    return { reason: 'BAD_DISCOUNT', detail: `the discount ${discount} exceeds the line's ${amount.toFixed()}` };
  }
  return null;
}
