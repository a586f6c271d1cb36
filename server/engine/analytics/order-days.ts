import { DAYS_PER_WEEK } from '../models/clv.ts';
import type { History, Spend } from '../models/types.ts';

/** The order days of one customer: orders of one day are one purchase. */
export interface OrderDays {
  /** Whole days since an epoch, ascending, each day once, at least one. */
  readonly days: ArrayLike<number>;
  /** What the purchases of each day are worth. */
  readonly values: ArrayLike<number>;
}

/** What was known of a customer on a day: purchases in weeks, and their value. */
export interface ObservedHistory extends History {
  /** Mean value of a repeat order day; 0 without one. */
  readonly m: number;
  /** All order days, the first one included, and their mean value. */
  readonly all: Spend;
}

export interface Holdout {
  /** Order days. */
  readonly orders: number;
  readonly value: number;
}

/** Position of the first day after `day`. */
function firstAfter(days: ArrayLike<number>, day: number): number {
  let [low, high] = [0, days.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (days[middle]! <= day) low = middle + 1;
    else high = middle;
  }
  return low;
}

function valueBetween(values: ArrayLike<number>, from: number, to: number): number {
  let sum = 0;
  for (let i = from; i < to; i++) sum += values[i]!;
  return sum;
}

/**
 * The history of a customer as it stood at the end of a day; later purchases leave no trace in it.
 * @param origin day number on the scale of `days`.
 * @returns null where the first purchase is after the origin.
 */
export function historyAt({ days, values }: OrderDays, origin: number): ObservedHistory | null {
  const seen = firstAfter(days, origin);
  if (seen === 0) return null;
  const x = seen - 1;
  const repeatValue = valueBetween(values, 1, seen);
  return {
    x,
    tx: (days[x]! - days[0]!) / DAYS_PER_WEEK,
    T: (origin - days[0]!) / DAYS_PER_WEEK,
    m: x === 0 ? 0 : repeatValue / x,
    all: { x: seen, m: (values[0]! + repeatValue) / seen },
  };
}

/** What a customer bought in (origin, origin + horizonDays]. */
export function holdout({ days, values }: OrderDays, origin: number, horizonDays: number): Holdout {
  const from = firstAfter(days, origin);
  const to = firstAfter(days, origin + horizonDays);
  return { orders: to - from, value: valueBetween(values, from, to) };
}

/** Puts customers in an order that their order days alone decide. */
export function compareOrderDays(a: OrderDays, b: OrderDays): number {
  const shared = Math.min(a.days.length, b.days.length);
  for (let i = 0; i < shared; i++) {
    const difference = a.days[i]! - b.days[i]! || a.values[i]! - b.values[i]!;
    if (difference !== 0) return difference;
  }
  return a.days.length - b.days.length;
}
