import type { History } from '../models/types.ts';

/** The causes, in the order in which they are reported. */
export const CHANGES = ['recency', 'orderDays', 'spend', 'refit'] as const;

/** What one customer's value was computed from in one run. */
export interface ValuedCustomer<Fits, Spend> {
  /** Fitted parameters, with the rates of discount and margin. */
  readonly fits: Fits;
  readonly history: History;
  readonly spend: Spend;
}

/** The change of one customer's value, in its unit, by cause. The parts add up to the total, to rounding. */
export interface ClvChange {
  /** Time went by, seen without the new order days. */
  readonly recency: number;
  /** The new order days. */
  readonly orderDays: number;
  /** What the order days were worth. */
  readonly spend: number;
  /** New parameters and rates. */
  readonly refit: number;
  /** New value less the old one. */
  readonly total: number;
}

/** Days are sevenths of weeks, which do not add up exactly: a T that is the new one but for that is the new one. */
const agedT = (T: number, now: number) => (Math.abs(T - now) < 1e-9 ? now : T);

/**
 * Splits the change of a value from one run to the next by replacing its inputs one after the other: the time that passed, then
 * the order days (the first one included, if it changed), then the spend, then the fits. Another sequence would assign the
 * interaction of two causes differently.
 * @param value of a customer, such as the 12-month CLV of `scorer`.
 * @param weeks from the end of the old observation to that of the new one, >= 0.
 */
export function clvChange<Fits, Spend>(
  value: (fits: Fits, history: History, spend: Spend) => number,
  before: ValuedCustomer<Fits, Spend>,
  after: ValuedCustomer<Fits, Spend>,
  weeks: number,
): ClvChange {
  const old = value(before.fits, before.history, before.spend);
  const aged = value(
    before.fits,
    { ...before.history, T: agedT(before.history.T + weeks, after.history.T) },
    before.spend,
  );
  const ordered = value(before.fits, after.history, before.spend);
  const spent = value(before.fits, after.history, after.spend);
  const now = value(after.fits, after.history, after.spend);
  return {
    recency: aged - old,
    orderDays: ordered - aged,
    spend: spent - ordered,
    refit: now - spent,
    total: now - old,
  };
}
