import { DAYS_PER_WEEK } from '../../models/clv.ts';
import type { HistoryGroup } from '../../models/types.ts';
import type { Column } from '../accuracy.ts';
import { historyAt, holdout, type ObservedHistory, type OrderDays } from '../order-days.ts';

/** What the customers did within a horizon. */
export interface Outcome {
  readonly weeks: number;
  /** Order days, and their value. */
  readonly orders: Column;
  readonly value: Column;
}

/** The customers known at an origin, one position each, and what they did after it. */
export interface Snapshot {
  /** Day number. */
  readonly origin: number;
  readonly histories: readonly ObservedHistory[];
  /** Customers with equal histories, and the group of each customer. */
  readonly groups: readonly HistoryGroup[];
  readonly groupOf: Int32Array;
  /** By horizon, shortest first. */
  readonly outcomes: readonly Outcome[];
}

/** @param weeks horizons, ascending, at least one. */
export function snapshotAt(customers: readonly OrderDays[], origin: number, weeks: readonly number[]): Snapshot {
  const histories: ObservedHistory[] = [];
  const groups: (HistoryGroup & { count: number })[] = [];
  const groupOf: number[] = [];
  const known: OrderDays[] = [];
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
    known.push(customer);
  }
  return {
    origin,
    histories,
    groups,
    groupOf: Int32Array.from(groupOf),
    outcomes: weeks.map((each) => outcomeOf(known, origin, each)),
  };
}

function outcomeOf(customers: readonly OrderDays[], origin: number, weeks: number): Outcome {
  const outcomes = customers.map((customer) => holdout(customer, origin, weeks * DAYS_PER_WEEK));
  return {
    weeks,
    orders: Float64Array.from(outcomes, ({ orders }) => orders),
    value: Float64Array.from(outcomes, ({ value }) => value),
  };
}
