import { dayOfNumber } from '../../domain/day.ts';
import { UNITS } from '../../engine/analytics/evaluation/order-book.ts';
import type { ReadOrders } from '../../imports/orders/read-orders.ts';

/** What was read. */
export type About = ReturnType<typeof aboutOrders>;

export function aboutOrders({ source, rows, rejected, excluded, customers, unassigned, lastDay }: ReadOrders) {
  const orders = customers.flat();
  const sum = (bookings: readonly { readonly units: number }[]) =>
    bookings.reduce((total, { units }) => total + units, 0);
  const revenue = sum(orders);
  return {
    ...{ source, rows, rejected, excluded, customers: customers.length, orders: orders.length },
    from: dayOfNumber(orders.reduce((first, { day }) => Math.min(first, day), lastDay)),
    until: dayOfNumber(lastDay),
    revenue: revenue / UNITS,
    /** Of orders that the refunds name. */
    refunded: sum(orders.flatMap(({ refunds }) => refunds)) / UNITS,
    /** Of refunds that name no order, which forecasts and outcomes leave out. */
    refundedWithoutOrder: sum(unassigned) / UNITS,
  };
}
