import { usedSpendCap } from '../../models/robust-fit.ts';
import { historyAt, type OrderDays } from '../order-days.ts';

/**
 * The customers, those who spend far more an order day than all others as if they spent the most of the others, as in the fit
 * of spend. One order a thousand times larger would else decide by how much totals were missed, and that is the level and the
 * width of everybody's values.
 */
export function withCappedSpend(customers: readonly OrderDays[], end: number): readonly OrderDays[] {
  const spend = customers.map((customer) => historyAt(customer, end));
  const cap = usedSpendCap(spend.flatMap((known) => (known === null ? [] : [{ x: known.x, m: known.m, count: 1 }])));
  return customers.map((customer, i) => {
    const m = spend[i]?.m ?? 0;
    return m > cap
      ? { ...customer, values: Float64Array.from(customer.values, (value) => (value * cap) / m) }
      : customer;
  });
}
