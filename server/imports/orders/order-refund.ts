import Decimal from 'decimal.js';
import type { OrderRow } from './order-row.ts';
import type { OrderHead, OrderRules } from './order-rules.ts';
import { decimal } from './order-value.ts';

const isNegative = (text: string | null) => text !== null && Number(text) < 0;

/** Whether a row gives money back instead of taking it. */
export function isReturn(row: OrderRow, { amounts, isRefundNumber, areRefundsNegative }: OrderRules): boolean {
  if ((row.refundOf !== null && !areRefundsNegative) || (row.number !== null && isRefundNumber(row.number)))
    return true;
  if (amounts === 'ORDER') return isNegative(row.amounts['order total']);
  const [first] = row.products;
  return isNegative(first?.quantity ?? null) || isNegative(first?.unitPrice ?? row.amounts['line total']);
}

/** Whether the shop itself pays: the total is negative, and the row gives nothing back. */
export const isOwnPayment = (row: OrderRow, { areRefundsNegative }: OrderRules): boolean =>
  areRefundsNegative === true && row.refundOf === null && isNegative(row.amounts['order total']);

/**
 * What went back of an order's net sales by its refund columns. The column counts all that the customer paid; tax and
 * shipping go back in the same proportion.
 * @param worth Net sales of the order.
 */
export function refundedOf({ amounts }: OrderHead, worth: Decimal, isRefunded: boolean): Decimal {
  const refunded = givenBack(amounts);
  if (refunded.isZero()) return isRefunded ? worth : refunded;
  const paid = Decimal.max(worth, decimal(amounts.paid ?? amounts['order total']).abs());
  return paid.isZero() ? paid : Decimal.min(worth, refunded.times(worth).div(paid).toDecimalPlaces(4));
}

export const hasRefundColumn = ({ amounts }: OrderHead): boolean =>
  amounts.refunded !== null || amounts['adjusted total'] !== null;

function givenBack(amounts: OrderHead['amounts']): Decimal {
  const [paid, left] = [decimal(amounts.paid), decimal(amounts['adjusted total'])];
  if (amounts.refunded !== null || left.isZero()) return decimal(amounts.refunded).abs();
  return Decimal.max(0, paid.minus(left));
}

/** What stands for the number of a refund that a column of its order has. */
export const columnKey = (number: string): string => `${number} refunded`;

/** The number of a refund, and what distinguishes it from others of the same order. */
export function refundKey(row: OrderRow, { number, at }: OrderHead, { isRefundNumber }: OrderRules) {
  if (row.refundOf !== null) return { number: row.refundOf, key: number };
  return { number, key: isRefundNumber(number) ? number : `${number} ${(row.at ?? at).toISOString()}` };
}
