import { inverseLogit } from '../numerics/log-space.ts';
import { betaGeometricLikelihood } from './beta-geometric-likelihood.ts';
import { massWhileAlive } from './beta-geometric-mass.ts';
import { type AliveState, expectedWhileAlive, residualWhileAlive } from './beta-geometric-residual.ts';
import { maximizeLikelihood, requireRepeatBuyers } from './fit.ts';
import type { History, HistoryGroup, TransactionModel } from './types.ts';

export interface BetaGeometricParameters {
  /** Shape of the purchase rate's gamma distribution, > 0. */
  readonly r: number;
  /** Its rate, in weeks, > 0: the mean purchase rate is r/alpha a week. */
  readonly alpha: number;
  /** Parameters of the dropout probability's beta distribution, > 0: its mean is a/(a + b). */
  readonly a: number;
  readonly b: number;
}

const NAMES = ['r', 'alpha', 'a', 'b'] as const;
const LOWER_BOUNDS = { r: 0, alpha: 0, a: 0, b: 0 };

/** Has a history of length 0; with offset 1 even P(alive) is then b/(a + b), not 1. */
const NEW_CUSTOMER: History = { x: 0, tx: 0, T: 0 };

/**
 * What BG/NBD and MBG/NBD share, which is all but one number: a customer may drop out after each repeat purchase
 * (offset 0) or after each purchase, the first one included (offset 1). n = x + offset counts those chances.
 */
export function betaGeometric(name: string, offset: 0 | 1) {
  type P = BetaGeometricParameters;

  const evaluate = (p: P, groups: readonly HistoryGroup[]) =>
    betaGeometricLikelihood(groups, offset)(NAMES.map((parameter) => p[parameter]));

  const alive = (p: P, x: number, T: number): AliveState => ({
    k: p.r + x,
    scale: p.alpha + T,
    a: p.a,
    b: p.b + x + offset,
  });

  function lnDeathOdds({ r, alpha, a, b }: P, { x, tx, T }: History): number {
    if (!(x >= 0 && tx >= 0 && tx <= T)) return Number.NaN;
    const n = x + offset;
    if (n === 0) return Number.NEGATIVE_INFINITY;
    return Math.log(a / (b + n - 1)) + (r + x) * Math.log((alpha + T) / (alpha + tx));
  }

  const probabilityAlive = (p: P, history: History) => inverseLogit(lnDeathOdds(p, history));

  const conditionalExpectedTransactions = (p: P, history: History, t: number) =>
    t >= 0 ? probabilityAlive(p, history) * expectedWhileAlive(alive(p, history.x, history.T))(t) : Number.NaN;

  /** A sum of two positive terms, so that small probabilities keep their digits. */
  function probabilityOfNoPurchase(p: P, history: History, t: number): number {
    if (!(t >= 0)) return Number.NaN;
    const l = lnDeathOdds(p, history);
    const silent = Math.exp(-(p.r + history.x) * Math.log1p(t / (p.alpha + history.T)));
    return Math.min(1, inverseLogit(-l) + inverseLogit(l) * silent);
  }

  const conditionalProbabilityMass = (p: P, history: History, t: number, n: number) =>
    n === 0
      ? probabilityOfNoPurchase(p, history, t)
      : probabilityAlive(p, history) * massWhileAlive(alive(p, history.x, history.T), t, n);

  return {
    name,
    lowerBounds: LOWER_BOUNDS,
    hasMemory: false,
    logLikelihood: (p, groups) => evaluate(p, groups).value,
    gradient(p, groups) {
      const [r, alpha, a, b] = evaluate(p, groups).gradient as [number, number, number, number];
      return { r, alpha, a, b };
    },
    fit(groups, options?) {
      requireRepeatBuyers(name, groups);
      const total = (of: (group: HistoryGroup) => number) => groups.reduce((sum, g) => sum + g.count * of(g), 0);
      const gap =
        total((group) => group.T) /
        Math.max(
          1,
          total((group) => group.x),
        );
      return maximizeLikelihood({
        model: name,
        lowerBounds: LOWER_BOUNDS,
        // Heterogeneous, middling and homogeneous customers, each at about the mean rate seen.
        starts: [
          [0.3, 0.3 * gap, 0.8, 2],
          [1, gap, 1, 3],
          [3, 3 * gap, 3, 20],
        ],
        groups,
        likelihood: (some) => betaGeometricLikelihood(some, offset),
        options,
      });
    },
    probabilityAlive,
    expectedTransactions: (p, t) => conditionalExpectedTransactions(p, NEW_CUSTOMER, t),
    conditionalExpectedTransactions,
    probabilityMass: (p, t, n) => conditionalProbabilityMass(p, NEW_CUSTOMER, t, n),
    conditionalProbabilityMass,
    probabilityOfNoPurchase,
    discountedExpectedTransactions(p, history, t, delta) {
      if (!(t >= 0 && delta >= 0)) return Number.NaN;
      const { discounted } = residualWhileAlive(alive(p, history.x, history.T), [t], delta);
      return probabilityAlive(p, history) * discounted[0]!;
    },
    residual: (p, { x, T }, horizons, delta) => residualWhileAlive(alive(p, x, T), horizons, delta),
    simulate({ r, alpha, a, b }, T, random) {
      const rate = random.gamma(r, alpha);
      const dropout = random.beta(a, b);
      const times: number[] = [];
      if (offset === 1 && random.uniform() < dropout) return times;
      for (let time = random.exponential(rate); time <= T; time += random.exponential(rate)) {
        times.push(time);
        if (random.uniform() < dropout) break;
      }
      return times;
    },
    drawTransactions(p, history, ends, random, counts) {
      const { x, T } = history;
      const pAlive = probabilityAlive(p, history);
      counts.fill(pAlive >= 0 ? 0 : Number.NaN);
      if (!(random.uniform() < pAlive)) return;
      const rate = random.gamma(p.r + x, p.alpha + T);
      let from = random.exponential(rate);
      if (!(from <= ends.at(-1)!)) return;
      let first = 1;
      // Drops out after the purchase at which the chance to have survived them all, over all dropout probabilities, falls to u.
      const u = random.uniform();
      let survival = 1;
      let survived = p.b + x + offset;
      for (let i = 0; i < ends.length && survival > u; i++) {
        if (ends[i]! < from) continue;
        const most = first + random.poisson(rate * (ends[i]! - from));
        for (let n = 0; n < most && survival > u; n++) {
          counts[i]!++;
          survival *= survived / (p.a + survived);
          survived++;
        }
        first = 0;
        from = ends[i]!;
      }
    },
  } satisfies TransactionModel<P>;
}
