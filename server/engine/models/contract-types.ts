import type { Random } from '../numerics/random.ts';
import type { Fit, FitOptions } from './types.ts';

/** What a contractual model knows of a customer; time is in renewal periods, which are whole. */
export interface Contract {
  /** Renewals made by a customer still active, >= 0; of one who left, the period that was not renewed, >= 1. */
  readonly tenure: number;
  readonly churned: boolean;
}

/** Customers with the same contract. */
export interface ContractGroup extends Contract {
  /** Number of customers, >= 1. */
  readonly count: number;
}

/**
 * A model of how often a contract is renewed: siblings with the same signatures, named as in `TransactionModel`; here a
 * transaction is a renewal. `t` is a number of renewals still to fall due, whole, >= 0, and `delta` the continuous discount
 * rate per period, >= 0. A customer who left renews no more. Results outside a domain are NaN.
 */
export interface ContractModel<P> {
  readonly name: string;
  /** Each parameter lies above its bound. */
  readonly lowerBounds: P;
  logLikelihood(parameters: P, groups: readonly ContractGroup[]): number;
  /** Derivatives of the log-likelihood by each parameter. */
  gradient(parameters: P, groups: readonly ContractGroup[]): P;
  /** @throws DomainError NO_CUSTOMERS, ONE_CUSTOMER, NO_CHURN, NO_RENEWALS or BAD_TENURE for data that cannot carry the model. */
  fit(groups: readonly ContractGroup[], options?: FitOptions<P>): Fit<P>;
  /** Share of new customers who renew t times or more, in [0, 1]. */
  survival(parameters: P, t: number): number;
  /** Share of the customers active in period t, >= 1, who renew, in [0, 1]. */
  retentionRate(parameters: P, t: number): number;
  /** Probability of renewing all of the next t times, in [0, 1]; at t = 0 whether the customer is one. */
  probabilityAlive(parameters: P, contract: Contract, t: number): number;
  /** Renewals of a new customer out of the first t, >= 0. */
  expectedTransactions(parameters: P, t: number): number;
  /** Renewals out of the next t, >= 0. */
  conditionalExpectedTransactions(parameters: P, contract: Contract, t: number): number;
  /** Probability that a new customer renews exactly n of the first t times, in [0, 1]; n a whole number >= 0. */
  probabilityMass(parameters: P, t: number, n: number): number;
  /** Probability of exactly n renewals out of the next t, in [0, 1]; n a whole number >= 0. */
  conditionalProbabilityMass(parameters: P, contract: Contract, t: number, n: number): number;
  /** Probability of no renewal out of the next t, in [0, 1]. */
  probabilityOfNoPurchase(parameters: P, contract: Contract, t: number): number;
  /**
   * Renewals out of the next t, the j-th times e^(-delta (j-1)): the value on the day the first of them falls due, which is
   * DERL. `t` may be Infinity, unless delta is 0 (DomainError ENDLESS_UNDISCOUNTED).
   * @see Fader & Hardie (2010), Customer-Base Valuation in a Contractual Setting, Marketing Science 29(1), eq. 6
   */
  discountedExpectedTransactions(parameters: P, contract: Contract, t: number, delta: number): number;
  /** The period that one new customer drawn from the model does not renew, >= 1; Infinity for one who never leaves. */
  simulate(parameters: P, random: Random): number;
}
