import type { MinimizeStatus } from '../numerics/minimize.ts';
import type { Random } from '../numerics/random.ts';

/** What a transaction model knows of a customer; time in weeks (days / 7). */
export interface History {
  /** Repeat purchase days, >= 0 (orders of one day are one purchase). */
  readonly x: number;
  /** Time from the first to the last purchase, in [0, T]; 0 when x = 0. */
  readonly tx: number;
  /** Time from the first purchase to the end of observation, >= 0. */
  readonly T: number;
}

/** Customers with the same history. */
export interface HistoryGroup extends History {
  /** Number of customers, >= 1. */
  readonly count: number;
}

/** What a spend model knows of a customer: the mean value `m` of `x` purchase days. */
export interface Spend {
  readonly x: number;
  readonly m: number;
}

/** Customers with the same spend. */
export interface SpendGroup extends Spend {
  /** Number of customers, >= 1. */
  readonly count: number;
}

export interface Fit<P> {
  /** Name of the model, e.g. `mbg-nbd`. */
  readonly model: string;
  readonly parameters: P;
  /** From the inverse Hessian; null where the likelihood has no proper maximum, or the model has no likelihood fit. */
  readonly standardErrors: P | null;
  /** NaN where the model has none. */
  readonly logLikelihood: number;
  readonly iterations: number;
  readonly status: MinimizeStatus;
  readonly customers: number;
}

/** Purchases still to come from a customer known to be alive at T, one figure per horizon. */
export interface Residual {
  readonly expected: Float64Array;
  readonly discounted: Float64Array;
}

/**
 * A model of repeat purchases: siblings with the same signatures. `t` and all horizons are weeks after T, >= 0; `delta` is
 * the continuous discount rate per week, >= 0. Results outside a domain are NaN.
 */
export interface TransactionModel<P> {
  readonly name: string;
  logLikelihood(parameters: P, groups: readonly HistoryGroup[]): number;
  /** Derivatives of the log-likelihood by each parameter. */
  gradient(parameters: P, groups: readonly HistoryGroup[]): P;
  fit(groups: readonly HistoryGroup[]): Fit<P>;
  /** In [0, 1]; null where the model has no dropout to tell. */
  probabilityAlive(parameters: P, history: History): number | null;
  /** Repeat purchases of a new customer in (0, t], >= 0. */
  expectedTransactions(parameters: P, t: number): number;
  /** Purchases in (T, T + t], >= 0. */
  conditionalExpectedTransactions(parameters: P, history: History, t: number): number;
  /** Probability of no purchase in (T, T + t], in [0, 1]: churn within t. */
  probabilityOfNoPurchase(parameters: P, history: History, t: number): number;
  /** Purchases in (T, T + t], each times e^(-delta u) at its time u after T. `t` may be Infinity, unless delta is 0 (DomainError). */
  discountedExpectedTransactions(parameters: P, history: History, t: number, delta: number): number;
  /** The part of the two expectations that depends on x and T alone: times P(alive) it gives them. Horizons ascending. */
  residual(parameters: P, x: number, T: number, horizons: readonly number[], delta: number): Residual;
  /** Times of the repeat purchases in (0, T] of one customer drawn from the model. */
  simulate(parameters: P, T: number, random: Random): number[];
}

/** A model of the value of a purchase. */
export interface SpendModel<P> {
  readonly name: string;
  fit(groups: readonly SpendGroup[]): Fit<P>;
  /** Expected value of a future purchase day, in the unit of m. */
  expectedSpend(parameters: P, spend: Spend): number;
}
