import Decimal from 'decimal.js';
import type { OrderLine, Rejection } from '../formats/format.ts';
import { minus, shortest, times } from './decimal-text.ts';

/** Of a line; an order of ten thousand such lines still fits its column. */
const LARGEST_AMOUNT = 1e9;

/** Decimal texts. */
export interface LinePrice {
  readonly unitPrice: string;
  /** Off the line. */
  readonly discount: string;
}

/** A total that does not part into equal prices is a price rounded up, and a discount that takes off what that adds. */
export function priceOf({ quantity, unitPrice, total, discount }: OrderLine): LinePrice {
  if (total === null) return { unitPrice: shortest(unitPrice ?? '0'), discount: shortest(discount) };
  const pieces = new Decimal(quantity);
  if (pieces.isZero()) return { unitPrice: '0', discount: '0' };
  const price = new Decimal(total).div(pieces).toDecimalPlaces(4, Decimal.ROUND_UP);
  return { unitPrice: price.toFixed(), discount: price.times(pieces).minus(total).plus(discount).toFixed() };
}

/** @returns What is wrong with the amounts of a line; null when nothing is. */
export function refusePrice({ quantity, unitPrice, total, discount }: OrderLine): Rejection | null {
  const amount = () => total ?? times(quantity, unitPrice ?? '0');
  const size = total === null ? Number(quantity) * Number(unitPrice) : Number(total);
  if (size >= LARGEST_AMOUNT) {
    return { reason: 'BAD_NUMBER', detail: `the line comes to ${amount()}: expected less than ${LARGEST_AMOUNT}` };
  }
  if (total !== null && size !== 0 && Number(quantity) === 0) {
    return { reason: 'BAD_NUMBER', detail: `a quantity of 0 with a total of ${total}: expected what the total is for` };
  }
  if (discount !== '0' && Number(minus(amount(), discount)) < 0) {
    return { reason: 'BAD_DISCOUNT', detail: `the discount ${discount} exceeds the line's ${amount()}` };
  }
  return null;
}
