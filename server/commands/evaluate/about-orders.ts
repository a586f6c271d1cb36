import { dayOfNumber } from '../../domain/day.ts';
import { UNITS } from '../../engine/analytics/evaluation/order-book.ts';
import type { ReadOrders } from '../../imports/orders/read-orders.ts';

/** What was read. */
export type About = ReturnType<typeof aboutOrders>;

export function aboutOrders({ source, rows, rejected, excluded, customers, lastDay }: ReadOrders) {
  const orders = customers.flatMap((customer) => customer.orders);
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
    /** In refunds that name no order. */
    refundedWithoutOrder: sum(customers.flatMap(({ refunds }) => refunds)) / UNITS,
  };
}
