import { DAYS_PER_WEEK } from '../../models/clv.ts';
import type { HistoryGroup } from '../../models/types.ts';
import type { Column } from '../accuracy.ts';
import { historyAt, holdout, type ObservedHistory, type OrderDays } from '../order-days.ts';

/** The customers known at an origin, one position each, and what they did in the horizon after it. */
export interface Snapshot {
  readonly histories: readonly ObservedHistory[];
  /** Customers with equal histories, and the group of each customer. */
  readonly groups: readonly HistoryGroup[];
  readonly groupOf: Int32Array;
  readonly horizonWeeks: number;
  /** Order days in the horizon, and their value. */
  readonly orders: Column;
  readonly value: Column;
}

export function snapshotAt(customers: readonly OrderDays[], origin: number, horizonWeeks: number): Snapshot {
  const histories: ObservedHistory[] = [];
  const groups: (HistoryGroup & { count: number })[] = [];
  const groupOf: number[] = [];
  const orders: number[] = [];
  const value: number[] = [];
  const positions = new Map<string, number>();
  for (const customer of customers) {
    const history = historyAt(customer, origin);
    if (history === null) continue;
    const { x, tx, T } = history;
    const key = `${x} ${tx} ${T}`;
    const position = positions.get(key) ?? groups.push({ x, tx, T, count: 0 }) - 1;
    positions.set(key, position);
    groups[position]!.count++;
    groupOf.push(position);
    histories.push(history);
    const after = holdout(customer, origin, horizonWeeks * DAYS_PER_WEEK);
    orders.push(after.orders);
    value.push(after.value);
  }
  return {
    histories,
    groups,
    groupOf: Int32Array.from(groupOf),
    horizonWeeks,
    orders: Float64Array.from(orders),
    value: Float64Array.from(value),
  };
}
