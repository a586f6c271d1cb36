import type { History } from '../models/types.ts';

/** What one customer's value was computed from in one run. */
export interface ValuedCustomer<Fits, Spend> {
  /** Fitted parameters, with the rates of discount and margin. */
  readonly fits: Fits;
  readonly history: History;
  readonly spend: Spend;
}

/** The change of one customer's value, in its unit, by cause. The parts add up to the total, to rounding. */
export interface ClvChange {
  /** Time went by, seen without the new purchase days. */
  readonly recency: number;
  /** The new purchase days. */
  readonly orders: number;
  /** What the purchase days were worth. */
  readonly spend: number;
  /** New parameters and rates. */
  readonly refit: number;
  /** New value less the old one. */
  readonly total: number;
}

/**
 * Splits the change of a value from one run to the next by replacing what went into it, one after the other: T, then x and tx,
 * then the spend, then the fits. Another order would share out the interaction of two causes otherwise.
 * @param value of a customer, such as the 12-month CLV of `scorer`.
 * @param after of a run no earlier than `before`, so that its T holds the old tx.
 */
export function clvChange<Fits, Spend>(
  value: (fits: Fits, history: History, spend: Spend) => number,
  before: ValuedCustomer<Fits, Spend>,
  after: ValuedCustomer<Fits, Spend>,
): ClvChange {
  const old = value(before.fits, before.history, before.spend);
  const aged = value(before.fits, { ...before.history, T: after.history.T }, before.spend);
  const ordered = value(before.fits, after.history, before.spend);
  const spent = value(before.fits, after.history, after.spend);
  const now = value(after.fits, after.history, after.spend);
  return {
    recency: aged - old,
    orders: ordered - aged,
    spend: spent - ordered,
    refit: now - spent,
    total: now - old,
  };
}
