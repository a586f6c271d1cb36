import type { MinimizeStatus } from '../numerics/minimize.ts';
import type { Random } from '../numerics/random.ts';

/** What a transaction model knows of a customer; time in weeks (days / 7). */
export interface History {
  /** Repeat order days, >= 0 (orders of one day are one purchase). */
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

/** What a spend model knows of a customer: the mean value `m` of `x` order days. */
export interface Spend {
  readonly x: number;
  readonly m: number;
  /** Chance that the customer pays for orders at all, in [0, 1]; 1 when absent. The model itself does not know of it. */
  readonly paying?: number;
}

/** Customers with the same spend. */
export interface SpendGroup extends Spend {
  /** Number of customers, >= 1. */
  readonly count: number;
}

/** What is believed of the parameters before the data are seen; it holds up fits to few customers. */
export interface Prior<P> {
  readonly center: P;
  /** Standard deviation of ln(parameter - lower bound) around that of the center, > 0. */
  readonly deviation: number;
}

export interface FitOptions<P> {
  /** Where to search from, such as an earlier fit; the model's own starts when absent. */
  readonly start?: P | undefined;
  /** The fit is then the mode of the posterior; without one it is the maximum of the likelihood. */
  readonly prior?: Prior<P> | undefined;
}

export interface Fit<P> {
  /** Name of the model, e.g. `mbg-nbd`. */
  readonly model: string;
  readonly parameters: P;
  /** From the inverse Hessian; null where the likelihood has no proper maximum, or the model has no likelihood fit. */
  readonly standardErrors: P | null;
  /** Of ln(parameter - lower bound), in the order of the parameters; null where the standard errors are. */
  readonly covariance: readonly (readonly number[])[] | null;
  /** How much of what the fit knows is the prior's, in [0, 1]: the mean over the parameters of posterior to prior variance. */
  readonly priorWeight: number;
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
  /** Each parameter lies above its bound; one without a bound is a count, which a fit takes as known. */
  readonly lowerBounds: Partial<P>;
  /** Whether what a customer alive at T will buy depends on tx too: then purchases are more regular than Poisson. */
  readonly hasMemory: boolean;
  logLikelihood(parameters: P, groups: readonly HistoryGroup[]): number;
  /** Derivatives of the log-likelihood by each parameter. */
  gradient(parameters: P, groups: readonly HistoryGroup[]): P;
  /** @throws DomainError NO_CUSTOMERS, ONE_CUSTOMER or NO_REPEAT_BUYERS for data that cannot carry the model. */
  fit(groups: readonly HistoryGroup[], options?: FitOptions<P>): Fit<P>;
  /** In [0, 1]; null where the model has no dropout. */
  probabilityAlive(parameters: P, history: History): number | null;
  /** Repeat purchases of a new customer in (0, t], >= 0. */
  expectedTransactions(parameters: P, t: number): number;
  /** Purchases in (T, T + t], >= 0. */
  conditionalExpectedTransactions(parameters: P, history: History, t: number): number;
  /** Probability that a new customer makes n repeat purchases in (0, t], in [0, 1]; n a whole number >= 0. */
  probabilityMass(parameters: P, t: number, n: number): number;
  /** Probability of n purchases in (T, T + t], in [0, 1]; n a whole number >= 0. */
  conditionalProbabilityMass(parameters: P, history: History, t: number, n: number): number;
  /** Probability of no purchase in (T, T + t], in [0, 1]: churn within t. */
  probabilityOfNoPurchase(parameters: P, history: History, t: number): number;
  /** Purchases in (T, T + t], each times e^(-delta u) at its time u after T. `t` may be Infinity, unless delta is 0 (DomainError). */
  discountedExpectedTransactions(parameters: P, history: History, t: number, delta: number): number;
  /** The two expectations over P(alive); they depend on x and T alone unless the model has memory. Horizons ascending. */
  residual(parameters: P, history: History, horizons: readonly number[], delta: number): Residual;
  /** Times of the repeat purchases in (0, T] of one customer drawn from the model. */
  simulate(parameters: P, T: number, random: Random): number[];
  /**
   * One future of a customer, drawn given the history: whether alive, then the rates, then the purchases.
   * @param ends weeks after T, ascending, finite.
   * @param counts is filled: purchases up to the first end, then between one end and the next.
   */
  drawTransactions(
    parameters: P,
    history: History,
    ends: readonly number[],
    random: Random,
    counts: Float64Array,
  ): void;
}

/** A model of the value of a purchase. */
export interface SpendModel<P> {
  readonly name: string;
  /** Each parameter lies above its bound. */
  readonly lowerBounds: P;
  /** @throws DomainError NO_SPEND or ONE_CUSTOMER for data that cannot carry the model. */
  fit(groups: readonly SpendGroup[], options?: FitOptions<P>): Fit<P>;
  /** Expected value of a future order day, in the unit of m. */
  expectedSpend(parameters: P, spend: Spend): number;
  /**
   * What one customer's future purchases are worth, drawn given the spend: first the customer's own level, then the purchases.
   * @param counts numbers of purchases, such as those of `drawTransactions`.
   * @param values is filled: the total value of each count, in the unit of m.
   */
  drawSpend(parameters: P, spend: Spend, counts: Float64Array, random: Random, values: Float64Array): void;
}
