import { DomainError } from '../../domain/errors.ts';
import { type NbdParameters, nbd } from './nbd.ts';
import type { HistoryGroup, Spend, SpendModel, TransactionModel } from './types.ts';

/**
 * Repeat purchases that count as one in how sure the rate is. Few customers make them, and who has left cannot be seen: with
 * less than this a total may well be near 0.
 */
const PURCHASES_PER_OBSERVATION = 10;

/** What is known of everybody weighs as much as one purchase of the customer. */
const PRIOR_WEIGHT = 1;

export interface PooledRateParameters {
  /** Shape of the rate's gamma distribution: the prior weight, 1. */
  readonly k: number;
  /** Mean purchase rate of all customers, per week, > 0. */
  readonly lambdaBar: number;
}

export interface PooledSpendParameters {
  /** Prior weight in purchases, 1. */
  readonly k: number;
  /** Mean of the customers' mean values. */
  readonly mBar: number;
}

const total = (groups: readonly HistoryGroup[], of: (group: HistoryGroup) => number) =>
  groups.reduce((sum, group) => sum + group.count * of(group), 0);

const asNbd = ({ k, lambdaBar }: PooledRateParameters): NbdParameters => ({ r: k, alpha: k / lambdaBar });

/**
 * The stated fallback where there are too few repeat buyers: each customer keeps buying at their own rate, shrunken towards
 * everybody's, for ever. An NBD with a fixed shape k = 1 and without dropout, so P(alive) is null: one cannot separate silence
 * from departure, and long horizons come out too high. Nothing is estimated but one mean.
 *
 *   lambdaBar = (sum of x + 0.5) / (sum of T)      rate = (k + x) / (k/lambdaBar + T)
 *
 * @see Ehrenberg (1959), The Pattern of Consumer Purchases, for the NBD
 */
export const pooledRate = {
  name: 'pooled-rate',
  lowerBounds: { k: 0, lambdaBar: 0 },
  hasMemory: false,
  logLikelihood: (p, groups) => nbd.logLikelihood(asNbd(p), groups),
  gradient(p, groups) {
    const nbdParameters = asNbd(p);
    return { k: 0, lambdaBar: (-nbd.gradient(nbdParameters, groups).alpha * nbdParameters.alpha) / p.lambdaBar };
  },
  fit(groups) {
    const customers = total(groups, () => 1);
    if (customers === 0) throw new DomainError('NO_CUSTOMERS', 'Cannot fit pooled-rate: no customers to fit it to.');
    // Everybody may have arrived on the last day: then one week of exposure stands for none.
    const exposure = Math.max(
      1,
      total(groups, ({ T }) => T),
    );
    const purchases = total(groups, ({ x }) => x) + 0.5;
    const parameters = { k: PRIOR_WEIGHT, lambdaBar: purchases / exposure };
    const variance = PURCHASES_PER_OBSERVATION / purchases;
    return {
      model: 'pooled-rate',
      parameters,
      standardErrors: { k: 0, lambdaBar: parameters.lambdaBar * Math.sqrt(variance) },
      covariance: [
        [0, 0],
        [0, variance],
      ],
      priorWeight: 0,
      logLikelihood: nbd.logLikelihood(asNbd(parameters), groups),
      iterations: 0,
      status: 'converged',
      customers,
    };
  },
  probabilityAlive: nbd.probabilityAlive,
  expectedTransactions: (p, t) => nbd.expectedTransactions(asNbd(p), t),
  conditionalExpectedTransactions: (p, history, t) => nbd.conditionalExpectedTransactions(asNbd(p), history, t),
  probabilityMass: (p, t, n) => nbd.probabilityMass(asNbd(p), t, n),
  conditionalProbabilityMass: (p, history, t, n) => nbd.conditionalProbabilityMass(asNbd(p), history, t, n),
  probabilityOfNoPurchase: (p, history, t) => nbd.probabilityOfNoPurchase(asNbd(p), history, t),
  discountedExpectedTransactions: (p, history, t, delta) =>
    nbd.discountedExpectedTransactions(asNbd(p), history, t, delta),
  residual: (p, history, horizons, delta) => nbd.residual(asNbd(p), history, horizons, delta),
  simulate: (p, T, random) => nbd.simulate(asNbd(p), T, random),
  drawTransactions: (p, history, ends, random, counts) => nbd.drawTransactions(asNbd(p), history, ends, random, counts),
} satisfies TransactionModel<PooledRateParameters>;

const expectedSpend = ({ k, mBar }: PooledSpendParameters, { x, m }: Spend) => (x * m + k * mBar) / (x + k);

/**
 * The fallback beside it for the value of a purchase: each customer's mean, shrunken towards the mean of all customers. `x`
 * counts the order days that `m` is the mean of; here take all of them, the first one included.
 *
 *   E[M | x, m] = (x m + k mBar) / (x + k)
 */
export const pooledSpend = {
  name: 'pooled-spend',
  lowerBounds: { k: 0, mBar: 0 },
  fit(groups) {
    const buyers = groups.filter((group) => group.x > 0);
    const customers = buyers.reduce((sum, group) => sum + group.count, 0);
    if (customers === 0) throw new DomainError('NO_SPEND', 'Cannot fit pooled-spend: no customer has an order.');
    const mBar = buyers.reduce((sum, group) => sum + group.count * group.m, 0) / customers;
    return {
      model: 'pooled-spend',
      parameters: { k: PRIOR_WEIGHT, mBar },
      standardErrors: null,
      covariance: null,
      priorWeight: 0,
      logLikelihood: Number.NaN,
      iterations: 0,
      status: 'converged',
      customers,
    };
  },
  expectedSpend,
  /**
   * The model knows a mean and no spread. Assumed here, not estimated: the mean is the expected one, and single purchases
   * are exponential around it, so that c of them are worth Gamma(c, 1/mean).
   */
  drawSpend(p, spend, counts, random, values) {
    const rate = 1 / expectedSpend(p, spend);
    for (let i = 0; i < counts.length; i++) values[i] = counts[i]! > 0 ? random.gamma(counts[i]!, rate) : 0;
  },
} satisfies SpendModel<PooledSpendParameters>;
