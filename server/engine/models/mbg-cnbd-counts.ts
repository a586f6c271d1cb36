import { negativeBinomial } from '../numerics/negative-binomial.ts';
import { stageTerms } from './beta-geometric-likelihood.ts';
import { ruleOf } from './beta-geometric-residual.ts';

/** A customer alive at T, each of whose purchases takes `stages` exponential stages at a Gamma rate. */
export interface RegularState {
  readonly stages: number;
  /** Of the rate's gamma distribution at the last purchase: r + stages x, and alpha + tx. */
  readonly shape: number;
  readonly scaleAtLast: number;
  /** alpha + T. */
  readonly scale: number;
  /** The chance to drop out after a purchase is Beta(a, b). */
  readonly a: number;
  readonly b: number;
}

/** A gamma-Poisson count is as good as never further below its mean than this many standard deviations: e^-40. */
const FURTHEST_BELOW = 9;
/** Where at least so many stages pass, they end anywhere between two purchases alike. */
const MANY_STAGES = 5000;

/** ln of the probability that less than `stages` stages pass in a time, `odds` times that which the rate is known from. */
export const lnNoPurchase = (stages: number, shape: number, odds: number): number =>
  Math.log(stageTerms(stages, shape, odds / (1 + odds)).sum) - shape * Math.log1p(odds);

const shareSilent = ({ scaleAtLast, scale }: RegularState) => 1 - scaleAtLast / scale;

/** Probabilities of having passed 0, 1, ... stages - 1 stages since the last purchase. */
function stagesPassed(state: RegularState): Float64Array {
  const { stages, shape } = state;
  const w = shareSilent(state);
  const passed = new Float64Array(stages);
  passed[0] = 1 / stageTerms(stages, shape, w).sum;
  for (let j = 1; j < stages; j++) passed[j] = (passed[j - 1]! * (shape + j - 1) * w) / j;
  return passed;
}

/** How many stages have been passed since the last purchase, drawn by a uniform number. */
export function drawStagesPassed(state: RegularState, uniform: number): number {
  const { stages, shape } = state;
  const w = shareSilent(state);
  let left = uniform * stageTerms(stages, shape, w).sum;
  let term = 1;
  let j = 0;
  while (left >= term && j < stages - 1) {
    left -= term;
    j++;
    term *= ((shape + j - 1) * w) / j;
  }
  return j;
}

/** What lies below this has no probability that a double would show. */
function fewestStages({ shape, scale }: RegularState, t: number): number {
  const mean = (shape * t) / scale;
  return Math.floor(mean - FURTHEST_BELOW * Math.sqrt(mean * (1 + t / scale)));
}

/** Reused from one call to the next. */
let undying = new Float64Array(1024);

function reserve(size: number): void {
  if (size <= undying.length) return;
  const longer = new Float64Array(2 * size);
  longer.set(undying);
  undying = longer;
}

/**
 * Fills `undying` with the probabilities of 0, 1, 2, ... purchases in (T, T + t] of a customer who never drops out. With j stages
 * passed by T, which makes the rate Gamma(shape + j, scale), the number y - j that passes in t is negative binomial: the
 * distributions of all j are run along together, each from one term to the next.
 * @returns how many there are.
 */
function fillUndying(state: RegularState, passed: Float64Array, t: number): number {
  const { stages, shape, scale } = state;
  const odds = t / scale;
  const ratio = odds / (1 + odds);
  const fewest = fewestStages(state, t);
  let y = fewest < stages ? 0 : fewest;
  let purchases = Math.floor(y / stages);
  let untilNext = (purchases + 1) * stages - y;
  const terms = passed.map((share, j) => share * negativeBinomial(Math.max(0, y - j), shape + j, odds));
  reserve(purchases + 1);
  undying.fill(0, 0, purchases + 1);
  for (let expected = 0; ; y++) {
    let probability = 0;
    const last = Math.min(stages - 1, y);
    for (let j = 0; j <= last; j++) {
      probability += terms[j]!;
      terms[j]! *= ((shape + y) * ratio) / (y - j + 1);
    }
    undying[purchases]! += probability;
    expected += probability * purchases;
    // From here on no term is larger than this times the one before.
    const fall = Math.max(ratio, ((shape + y) * ratio) / Math.max(1, y - stages + 2));
    if (fall < 1 && probability * (purchases + 1) < 1e-16 * (1 - fall) * expected) return purchases + 1;
    if (--untilNext > 0) continue;
    purchases++;
    untilNext = stages;
    reserve(purchases + 1);
    undying[purchases] = 0;
  }
}

/** Expected purchases in (T, T + t] of a customer alive at T, as a function of t >= 0, finite. */
export function expectedOfRegular(state: RegularState): (t: number) => number {
  const { a, b } = state;
  const passed = stagesPassed(state);
  return (t) => {
    if (t === 0) return 0;
    if (fewestStages(state, t) > MANY_STAGES) return expectedOfMany(state, passed, t);
    const size = fillUndying(state, passed, t);
    // Where at most n purchases fit into the time, their number is the sum of the chances to survive those before.
    let sum = 0;
    let atMost = 0;
    let survival = 1;
    for (let n = 1; n < size; n++) {
      atMost += survival;
      survival *= (b + n - 1) / (a + b + n - 1);
      sum += atMost * undying[n]!;
    }
    return sum;
  };
}

/**
 * The same where many stages are certain to pass. Given the dropout p, q = 1 - p and theta^stages = q, the expected number is
 * [1 - E q^floor(y/stages)]/p. As y ends anywhere between two purchases alike, the floor makes E theta^y larger by the mean of
 * theta^-u over u < stages.
 */
function expectedOfMany({ stages, shape, scale, a, b }: RegularState, passed: Float64Array, t: number): number {
  const { nodes, weights } = ruleOf(a, b, 128);
  return nodes.reduce((sum, p, i) => {
    const lnTheta = Math.log1p(-p) / stages;
    const lnFloor = Math.log1p(passed.reduce((mean, _, u) => mean + Math.expm1(-u * lnTheta) / stages, 0));
    const perStage = Math.log1p((-Math.expm1(lnTheta) * t) / scale);
    const dropout = passed.reduce(
      (mean, share, j) => mean - share * Math.expm1(lnFloor + j * lnTheta - (shape + j) * perStage),
      0,
    );
    return sum + (weights[i]! * dropout) / p;
  }, 0);
}

/** Probabilities of 0, 1, 2, ... purchases in (T, T + t] of a customer alive at T, up to where they end; t > 0, finite. */
export function countsOfRegular(state: RegularState, t: number): Float64Array {
  const { a, b } = state;
  const size = fillUndying(state, stagesPassed(state), t);
  const counts = undying.slice(0, size);
  const atLeast = undying.slice(0, size);
  for (let n = size - 2; n >= 0; n--) atLeast[n]! += atLeast[n + 1]!;
  // The customer survives all the purchases that fit into the time, or drops out after the n-th.
  let survival = 1;
  for (let n = 1; n < size; n++) {
    const chances = a + b + n - 1;
    counts[n] = survival * (((b + n - 1) / chances) * counts[n]! + (a / chances) * atLeast[n]!);
    survival *= (b + n - 1) / chances;
  }
  return counts;
}
