import { gaussJacobi, type Rule } from '../numerics/gauss-jacobi.ts';
import { inverseLogit } from '../numerics/log-space.ts';
import { betaGeometricLikelihood } from './beta-geometric-likelihood.ts';
import { purchasesUntilDropout, residualOf } from './beta-geometric-residual.ts';
import {
  countsOfRegular,
  drawStagesPassed,
  expectedOfRegular,
  lnNoPurchase,
  type RegularState,
} from './mbg-cnbd-counts.ts';
import { type MbgCnbdParameters, mbgCnbdFit, stagesTerm } from './mbg-cnbd-fit.ts';
import type { History, HistoryGroup, Residual, TransactionModel } from './types.ts';

type P = MbgCnbdParameters;

const FINE = gaussJacobi(1, 1, 8);
const ROUGH = gaussJacobi(1, 1, 3);
const NEW: History = { x: 0, tx: 0, T: 0 };

const evaluate = ({ k, r, alpha, a, b }: P, groups: readonly HistoryGroup[]) =>
  betaGeometricLikelihood(groups, 1, k)([r, alpha, a, b]);

const alive = ({ k, r, alpha, a, b }: P, { x, tx, T }: History): RegularState => ({
  stages: k,
  shape: r + k * x,
  scaleAtLast: alpha + tx,
  scale: alpha + T,
  a,
  b: b + x + 1,
});

/** Of a customer who lives until `time`: ln of the probability of no purchase since the last one. */
const lnSilence = ({ k, r, alpha }: P, { x, tx }: History, time: number) =>
  lnNoPurchase(k, r + k * x, (time - tx) / (alpha + tx));

function probabilityAlive(p: P, history: History): number {
  const { x, tx, T } = history;
  if (!(x >= 0 && tx >= 0 && tx <= T)) return Number.NaN;
  return inverseLogit(Math.log(p.a / (p.b + x)) - lnSilence(p, history, T));
}

const conditionalExpectedTransactions = (p: P, history: History, t: number) =>
  t >= 0 ? probabilityAlive(p, history) * expectedOfRegular(alive(p, history))(t) : Number.NaN;

/** Dead already, or alive and silent: both over what has been seen so far. */
function probabilityOfNoPurchase(p: P, history: History, t: number): number {
  const { T } = history;
  if (!(t >= 0)) return Number.NaN;
  const pAlive = probabilityAlive(p, history);
  return 1 - pAlive + pAlive * Math.exp(lnSilence(p, history, T + t) - lnSilence(p, history, T));
}

/** One pass gives all probabilities of a customer, and callers ask for one after another. */
let latest: { p: P; history: History; t: number; counts: Float64Array } | null = null;

function countsOf(p: P, history: History, t: number): Float64Array {
  if (latest?.p !== p || latest.history !== history || latest.t !== t)
    latest = { p, history, t, counts: t > 0 ? countsOfRegular(alive(p, history), t) : new Float64Array(1) };
  return latest.counts;
}

function conditionalProbabilityMass(p: P, history: History, t: number, n: number): number {
  if (n === 0) return probabilityOfNoPurchase(p, history, t);
  const pAlive = probabilityAlive(p, history);
  if (!(pAlive >= 0 && t >= 0 && t < Number.POSITIVE_INFINITY && n > 0 && Number.isInteger(n))) return Number.NaN;
  return pAlive * (countsOf(p, history, t)[n] ?? 0);
}

/** @param rule of the discounting: three nodes, which many customers' figures take, are right to 1e-4. */
function residualBy(rule: Rule, p: P, history: History, horizons: readonly number[], delta: number): Residual {
  const state = alive(p, history);
  const gap = (state.stages * state.scale) / Math.max(1, state.shape);
  const future = { expectedAt: expectedOfRegular(state), limit: purchasesUntilDropout(state), gap };
  return residualOf(future, horizons, delta, rule);
}

/**
 * MBG/CNBD-k: as MBG/NBD, but the times between purchases are Erlang: each is the sum of k exponential stages, which pass at a
 * Gamma(r, alpha) rate. So purchases are regular, and a customer late against the own rhythm is more likely to have left. With
 * R = r + k x, w = (T-tx)/(alpha+T), and k = 1 for MBG/NBD,
 *
 *   ln L      = lnG(R) - lnG(r) + r ln alpha + lnB(a, b+x+1) - lnB(a, b)
 *               + ln{ (alpha+T)^-R sum over j < k of (R)_j/j! w^j + a/(b+x) (alpha+tx)^-R }
 *   P(alive)  = 1 / { 1 + a/(b+x) / Q },  Q = (1-w)^R sum over j < k of (R)_j/j! w^j, the probability of the silence if alive
 *
 * @see Reutterer, Platzer & Schroeder (2021), Leveraging purchase regularity for predicting customer behavior the easy way,
 * International Journal of Research in Marketing 38(1)
 */
export const mbgCnbd = {
  name: 'mbg-cnbd',
  lowerBounds: { r: 0, alpha: 0, a: 0, b: 0 },
  hasMemory: true,
  logLikelihood: (p, groups) => evaluate(p, groups).value + stagesTerm(p.k, groups),
  gradient(p, groups) {
    const [r, alpha, a, b] = evaluate(p, groups).gradient as [number, number, number, number];
    return { k: 0, r, alpha, a, b };
  },
  fit: mbgCnbdFit,
  probabilityAlive,
  expectedTransactions: (p, t) => conditionalExpectedTransactions(p, NEW, t),
  conditionalExpectedTransactions,
  probabilityMass: (p, t, n) => conditionalProbabilityMass(p, NEW, t, n),
  conditionalProbabilityMass,
  probabilityOfNoPurchase,
  discountedExpectedTransactions(p, history, t, delta) {
    if (!(t >= 0 && delta >= 0)) return Number.NaN;
    return probabilityAlive(p, history) * residualBy(FINE, p, history, [t], delta).discounted[0]!;
  },
  residual: (p, history, horizons, delta) => residualBy(ROUGH, p, history, horizons, delta),
  simulate({ k, r, alpha, a, b }, T, random) {
    const rate = random.gamma(r, alpha);
    const dropout = random.beta(a, b);
    const times: number[] = [];
    for (let time = 0; random.uniform() >= dropout; times.push(time)) {
      time += random.gamma(k, rate);
      if (!(time <= T)) break;
    }
    return times;
  },
  drawTransactions(p, history, ends, random, counts) {
    const pAlive = probabilityAlive(p, history);
    counts.fill(pAlive >= 0 ? 0 : Number.NaN);
    if (!(random.uniform() < pAlive)) return;
    const { stages, shape, scale, a, b } = alive(p, history);
    let passed = drawStagesPassed(alive(p, history), random.uniform());
    const rate = random.gamma(shape + passed, scale);
    // Drops out after the purchase at which the chance to have survived them all, over all dropout probabilities, falls to u.
    const u = random.uniform();
    let survival = 1;
    let survived = b;
    let from = 0;
    for (let i = 0; i < ends.length && survival > u; i++) {
      passed += random.poisson(rate * (ends[i]! - from));
      from = ends[i]!;
      for (; passed >= stages && survival > u; passed -= stages) {
        counts[i]!++;
        survival *= survived / (a + survived);
        survived++;
      }
    }
  },
} satisfies TransactionModel<P>;
