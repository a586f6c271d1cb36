import type { OrderDays } from '../order-days.ts';

/** Amounts are whole ten-thousandths of the currency, so that sums do not depend on their order. */
export const UNITS = 10_000;

/** Money that came or went back on a day. */
export interface Booking {
  /** Whole days since 1970-01-01. */
  readonly day: number;
  readonly units: number;
}

/** An order with the refunds that name it. */
export interface BookedOrder extends Booking {
  readonly refunds: readonly Booking[];
}

/** A customer's orders, and the refunds that name none of them: they lower revenue, and no order day. */
export interface CustomerBook {
  readonly orders: readonly BookedOrder[];
  readonly refunds: readonly Booking[];
}

/** What was booked after one day and by another, in units. */
export const bookedBetween = (bookings: readonly Booking[], after: number, by: number): number =>
  bookings.reduce((sum, { day, units }) => (day > after && day <= by ? sum + units : sum), 0);

/**
 * The order days of a customer as an analysis sees them on a day: an order refunded in full by then is none, other refunds by
 * then lower its value, and whatever came later leaves no trace.
 * @param orders of one customer, in any order.
 * @returns null for a customer without an order day.
 */
export function orderDaysAt(orders: readonly BookedOrder[], asOf: number): OrderDays | null {
  const byDay = new Map<number, number>();
  for (const { day, units, refunds } of orders) {
    if (day > asOf) continue;
    const refunded = refunds.reduce((sum, refund) => (refund.day <= asOf ? sum + refund.units : sum), 0);
    if (refunded > 0 && refunded >= units) continue;
    byDay.set(day, (byDay.get(day) ?? 0) + units - refunded);
  }
  if (byDay.size === 0) return null;
  const days = [...byDay.keys()].sort((a, b) => a - b);
  return { days, values: days.map((day) => byDay.get(day)! / UNITS) };
}
