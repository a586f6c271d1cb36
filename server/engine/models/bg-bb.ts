import { DomainError } from '../../domain/errors.ts';
import { logSumExp } from '../numerics/log-space.ts';
import { bgBbLikelihood, isDiscrete } from './bg-bb-likelihood.ts';
import { lnSurvival } from './contract-likelihood.ts';
import { maximizeLikelihood, requireRepeatBuyers } from './fit.ts';
import { discountedPeriods, sbg } from './sbg.ts';
import type { History, HistoryGroup, TransactionModel } from './types.ts';

export interface BgBbParameters {
  /** Parameters of the distribution of the chance to buy at an opportunity, > 0: its mean is alpha/(alpha + beta). */
  readonly alpha: number;
  readonly beta: number;
  /** Parameters of the distribution of the chance to die before an opportunity, > 0: its mean is gamma/(gamma + delta). */
  readonly gamma: number;
  readonly delta: number;
}

const NAME = 'bg-bb';
const NAMES = ['alpha', 'beta', 'gamma', 'delta'] as const;
const LOWER_BOUNDS = { alpha: 0, beta: 0, gamma: 0, delta: 0 };

const isCount = (n: number) => Number.isInteger(n) && n >= 0;

const evaluate = (p: BgBbParameters, groups: readonly HistoryGroup[]) =>
  bgBbLikelihood(groups)(NAMES.map((parameter) => p[parameter]));

/** A customer alive at T is as a new one of these parameters: both beta distributions have learnt from the history. */
const learnt = ({ alpha, beta, gamma, delta }: BgBbParameters, x: number, T: number): BgBbParameters => ({
  alpha: alpha + x,
  beta: beta + T - x,
  gamma,
  delta: delta + T,
});

const survivalOfNext = ({ gamma, delta }: BgBbParameters) => delta / (gamma + delta);

/** Of a customer alive at the next opportunity, with its purchase; `t` may be Infinity. */
function purchasesWhileAlive({ alpha, beta, gamma, delta }: BgBbParameters, t: number, discountRate: number): number {
  if (!((isCount(t) || t === Number.POSITIVE_INFINITY) && discountRate >= 0)) return Number.NaN;
  const periods = discountedPeriods(gamma, delta + 1, t, discountRate);
  return (alpha / (alpha + beta)) * Math.exp(-discountRate) * periods;
}

/** As {@link purchasesWhileAlive}, but a rate of 0 with an endless horizon throws a DomainError. */
function discountedWhileAlive(p: BgBbParameters, t: number, discountRate: number): number {
  if (t === Number.POSITIVE_INFINITY && discountRate === 0)
    throw new DomainError(
      'ENDLESS_UNDISCOUNTED',
      'An endless horizon needs a discount rate above 0: the sum may have no limit.',
    );
  return purchasesWhileAlive(p, t, discountRate);
}

/** P(alive at T), by the cases of the likelihood: dead before opportunity tx+1, tx+2, ... T, or alive. */
function aliveAtEnd({ alpha, beta, gamma, delta }: BgBbParameters, history: History): number {
  if (!isDiscrete(history)) return Number.NaN;
  const { x, tx, T } = history;
  let dead = 0;
  let weight = 1;
  for (let k = tx; k < T; k++) {
    dead += weight;
    weight *= ((beta + k - x) / (alpha + beta + k)) * ((delta + k) / (gamma + delta + k + 1));
  }
  const alive = (weight * (gamma + delta + T)) / gamma;
  return alive / (alive + dead);
}

/**
 * Probability that a new customer makes n purchases in t opportunities: dead before opportunity k+1, with n purchases in the
 * first k, for k = n..t-1, or alive at t. Summed as logarithms, for the terms may rise and fall by more than a double holds.
 */
function mass({ alpha, beta, gamma, delta }: BgBbParameters, t: number, n: number): number {
  if (!(isCount(t) && isCount(n))) return Number.NaN;
  if (n > t) return 0;
  // n purchases in a row are survived as n renewals are, with the beta distribution turned round.
  const lnBoughtAll = lnSurvival({ alpha: beta, beta: alpha }, 0, n);
  const lnThenDied = Math.log(gamma / (gamma + delta)) + lnSurvival({ alpha: gamma + 1, beta: delta }, 0, n);
  let lnTerm = lnBoughtAll + lnThenDied;
  let lnSum = Number.NEGATIVE_INFINITY;
  for (let k = n; k < t; k++) {
    lnSum = logSumExp(lnSum, lnTerm);
    const ways = ((k + 1) / (k + 1 - n)) * ((beta + k - n) / (alpha + beta + k));
    lnTerm += Math.log(ways * ((delta + k) / (gamma + delta + k + 1)));
  }
  return Math.min(1, Math.exp(logSumExp(lnSum, lnTerm + Math.log((gamma + delta + t) / gamma))));
}

function conditionalProbabilityMass(p: BgBbParameters, history: History, t: number, n: number): number {
  const alive = aliveAtEnd(p, history);
  return (n === 0 ? 1 - alive : 0) + alive * mass(learnt(p, history.x, history.T), t, n);
}

function probabilityAlive(p: BgBbParameters, history: History): number {
  return aliveAtEnd(p, history) * survivalOfNext(learnt(p, history.x, history.T));
}

/**
 * Beta-geometric/beta-Bernoulli: there are opportunities to buy (a yearly appeal, a weekly delivery); before each one a
 * customer dies with a Beta(gamma, delta) probability, and at each one while alive buys with a Beta(alpha, beta) probability.
 * All time is in opportunities and whole: T of them since the first purchase, the last repeat purchase at the tx-th, t still to
 * come; anything else is NaN. P(alive) is that of opportunity T + 1, as in the paper and in BTYD.
 *
 *   L = B(alpha+x, beta+T-x)/B(alpha, beta) B(gamma, delta+T)/B(gamma, delta)
 *       + sum over i = 0..T-tx-1 of B(alpha+x, beta+tx-x+i)/B(alpha, beta) B(gamma+1, delta+tx+i)/B(gamma, delta)
 *
 * Discounting: a purchase at opportunity T + j counts e^(-delta j), which is (1 + d)^-j with the paper's d (eq. 14, DERT).
 *
 * @see Fader, Hardie & Shang (2010), Customer-Base Analysis in a Discrete-Time Noncontractual Setting, Marketing Science 29(6)
 */
export const bgBb = {
  name: NAME,
  lowerBounds: LOWER_BOUNDS,
  hasMemory: false,
  logLikelihood: (p, groups) => evaluate(p, groups).value,
  gradient(p, groups) {
    const [alpha, beta, gamma, delta] = evaluate(p, groups).gradient as [number, number, number, number];
    return { alpha, beta, gamma, delta };
  },
  /** @throws DomainError NOT_DISCRETE for a history that is not of whole opportunities, beside those of every model. */
  fit(groups, options?) {
    const wrong = groups.find((group) => !isDiscrete(group));
    if (wrong !== undefined)
      throw new DomainError(
        'NOT_DISCRETE',
        `Cannot fit ${NAME} to x = ${wrong.x}, tx = ${wrong.tx}, T = ${wrong.T}: they must be whole opportunities, x <= tx <= T.`,
      );
    requireRepeatBuyers(NAME, groups);
    const total = (of: (group: HistoryGroup) => number) => groups.reduce((sum, g) => sum + g.count * of(g), 0);
    const rate = (total(({ x }) => x) + 0.5) / (total(({ T }) => T) + 1);
    return maximizeLikelihood({
      model: NAME,
      lowerBounds: LOWER_BOUNDS,
      // Heterogeneous, middling and homogeneous customers, each at about the mean rate seen.
      starts: [
        [rate, 1 - rate, 0.5, 3],
        [3 * rate, 3 * (1 - rate), 1, 10],
        [30 * rate, 30 * (1 - rate), 3, 60],
      ],
      groups,
      likelihood: bgBbLikelihood,
      options,
    });
  },
  probabilityAlive,
  expectedTransactions: (p, t) => survivalOfNext(p) * purchasesWhileAlive(p, t, 0),
  conditionalExpectedTransactions: (p, history, t) =>
    probabilityAlive(p, history) * purchasesWhileAlive(learnt(p, history.x, history.T), t, 0),
  probabilityMass: mass,
  conditionalProbabilityMass,
  probabilityOfNoPurchase: (p, history, t) => conditionalProbabilityMass(p, history, t, 0),
  discountedExpectedTransactions: (p, history, t, discountRate) =>
    probabilityAlive(p, history) * discountedWhileAlive(learnt(p, history.x, history.T), t, discountRate),
  residual(p, { x, T }, horizons, discountRate) {
    const later = learnt(p, x, T);
    return {
      expected: Float64Array.from(horizons, (t) => purchasesWhileAlive(later, t, 0)),
      discounted: Float64Array.from(horizons, (t) => discountedWhileAlive(later, t, discountRate)),
    };
  },
  simulate({ alpha, beta, gamma, delta }, T, random) {
    const chance = random.beta(alpha, beta);
    const death = sbg.simulate({ alpha: gamma, beta: delta }, random);
    const times: number[] = [];
    for (let time = 1; time <= T && time < death; time++) if (random.uniform() < chance) times.push(time);
    return times;
  },
  drawTransactions(p, history, ends, random, counts) {
    const pAlive = aliveAtEnd(p, history);
    counts.fill(pAlive >= 0 ? 0 : Number.NaN);
    if (!(random.uniform() < pAlive)) return;
    const { alpha, beta, gamma, delta } = learnt(p, history.x, history.T);
    const chance = random.beta(alpha, beta);
    const death = sbg.simulate({ alpha: gamma, beta: delta }, random);
    for (let i = 0, time = 1; i < ends.length; i++)
      for (; time <= ends[i]! && time < death; time++) if (random.uniform() < chance) counts[i]! += 1;
  },
} satisfies TransactionModel<BgBbParameters>;
