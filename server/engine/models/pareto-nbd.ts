import { inverseLogit } from '../numerics/log-space.ts';
import { maximizeLikelihood, requireRepeatBuyers } from './fit.ts';
import { MOMENTS, paretoNbdLikelihood, powerIntegrals } from './pareto-nbd-likelihood.ts';
import {
  type AliveState,
  expectedWhileAlive,
  probabilityOfPurchase,
  probabilityOfPurchases,
  residualWhileAlive,
} from './pareto-nbd-residual.ts';
import type { History, HistoryGroup, TransactionModel } from './types.ts';

export interface ParetoNbdParameters {
  /** Shape of the purchase rate's gamma distribution, > 0. */
  readonly r: number;
  /** Its rate, in weeks, > 0: the mean purchase rate is r/alpha a week. */
  readonly alpha: number;
  /** Shape of the dropout rate's gamma distribution, > 0. */
  readonly s: number;
  /** Its rate, in weeks, > 0: the mean dropout rate is s/beta a week. */
  readonly beta: number;
}

type P = ParetoNbdParameters;

const NAME = 'pareto-nbd';
const NAMES = ['r', 'alpha', 's', 'beta'] as const;
const LOWER_BOUNDS = { r: 0, alpha: 0, s: 0, beta: 0 };
const NEW: History = { x: 0, tx: 0, T: 0 };
const moments = new Float64Array(MOMENTS);

const evaluate = (p: P, groups: readonly HistoryGroup[]) => paretoNbdLikelihood(groups)(NAMES.map((name) => p[name]));

/** Given alive at T, the future is that of a new customer with these parameters. */
const alive = (p: P, x: number, T: number): AliveState => ({
  k: p.r + x,
  scale: p.alpha + T,
  s: p.s,
  beta: p.beta + T,
});

function probabilityAlive({ r, alpha, s, beta }: P, { x, tx, T }: History): number {
  if (!(x >= 0 && tx >= 0 && tx <= T)) return Number.NaN;
  const silence = T - tx;
  powerIntegrals(r + x, alpha + tx, s + 1, beta + tx, silence, moments);
  const lnFall = (r + x) * Math.log1p(silence / (alpha + tx)) + s * Math.log1p(silence / (beta + tx));
  return inverseLogit(Math.log((s * moments[0]!) / (beta + tx)) + lnFall);
}

const conditionalExpectedTransactions = (p: P, history: History, t: number) =>
  t >= 0 ? probabilityAlive(p, history) * expectedWhileAlive(alive(p, history.x, history.T), t) : Number.NaN;

const probabilityOfNoPurchase = (p: P, history: History, t: number) =>
  t >= 0 && t < Number.POSITIVE_INFINITY
    ? 1 - probabilityAlive(p, history) * probabilityOfPurchase(alive(p, history.x, history.T), t)
    : Number.NaN;

function conditionalProbabilityMass(p: P, history: History, t: number, n: number): number {
  if (n === 0) return probabilityOfNoPurchase(p, history, t);
  if (!(t >= 0 && t < Number.POSITIVE_INFINITY && n > 0 && Number.isInteger(n))) return Number.NaN;
  return probabilityAlive(p, history) * probabilityOfPurchases(alive(p, history.x, history.T), t, n);
}

/**
 * Pareto/NBD: purchases are Poisson with a Gamma(r, alpha) rate as long as the customer lives; the lifetime is exponential
 * with a Gamma(s, beta) rate, so a customer may drop out at any time, not only after a purchase. With k = r + x,
 *
 *   ln L      = lnG(k) - lnG(r) + r ln alpha + s ln beta + ln{ (alpha+T)^-k (beta+T)^-s + s I }
 *   I         = integral over u in (tx, T) of (alpha+u)^-k (beta+u)^-(s+1)
 *   P(alive)  = 1 / { 1 + s (alpha+T)^k (beta+T)^s I }
 *
 * @see Schmittlein, Morrison & Colombo (1987), Counting Your Customers, Management Science 33(1)
 * @see Fader & Hardie (2005), A Note on Deriving the Pareto/NBD Model, brucehardie.com note 009
 */
export const paretoNbd = {
  name: NAME,
  lowerBounds: LOWER_BOUNDS,
  hasMemory: false,
  logLikelihood: (p, groups) => evaluate(p, groups).value,
  gradient(p, groups) {
    const [r, alpha, s, beta] = evaluate(p, groups).gradient as [number, number, number, number];
    return { r, alpha, s, beta };
  },
  fit(groups, options?) {
    requireRepeatBuyers(NAME, groups);
    const total = (of: (group: HistoryGroup) => number) => groups.reduce((sum, g) => sum + g.count * of(g), 0);
    const gap = total((group) => group.T) / total((group) => group.x);
    const span = total((group) => group.T) / total(() => 1);
    return maximizeLikelihood({
      model: NAME,
      lowerBounds: LOWER_BOUNDS,
      // Heterogeneous, middling and homogeneous customers, whose rate while alive is above the mean rate seen.
      starts: [
        [0.5, 0.3 * gap, 0.5, 0.3 * span],
        [1, 0.6 * gap, 1, span],
        [3, 2 * gap, 3, 5 * span],
      ],
      groups,
      likelihood: paretoNbdLikelihood,
      options,
    });
  },
  probabilityAlive,
  expectedTransactions: (p, t) => conditionalExpectedTransactions(p, NEW, t),
  conditionalExpectedTransactions,
  probabilityMass: (p, t, n) => conditionalProbabilityMass(p, NEW, t, n),
  conditionalProbabilityMass,
  probabilityOfNoPurchase,
  discountedExpectedTransactions(p, history, t, delta) {
    if (!(t >= 0 && delta >= 0)) return Number.NaN;
    const { discounted } = residualWhileAlive(alive(p, history.x, history.T), [t], delta);
    return probabilityAlive(p, history) * discounted[0]!;
  },
  residual: (p, { x, T }, horizons, delta) => residualWhileAlive(alive(p, x, T), horizons, delta),
  simulate({ r, alpha, s, beta }, T, random) {
    const rate = random.gamma(r, alpha);
    const end = Math.min(T, random.exponential(random.gamma(s, beta)));
    const times: number[] = [];
    for (let time = random.exponential(rate); time <= end; time += random.exponential(rate)) times.push(time);
    return times;
  },
  drawTransactions(p, history, ends, random, counts) {
    const pAlive = probabilityAlive(p, history);
    counts.fill(pAlive >= 0 ? 0 : Number.NaN);
    if (!(random.uniform() < pAlive)) return;
    const { k, scale, s, beta } = alive(p, history.x, history.T);
    const rate = random.gamma(k, scale);
    const lifetime = random.exponential(random.gamma(s, beta));
    let from = 0;
    for (const [i, end] of ends.entries()) {
      const to = Math.min(end, lifetime);
      counts[i] = random.poisson(rate * (to - from));
      from = to;
    }
  },
} satisfies TransactionModel<ParetoNbdParameters>;
