import { lnBeta } from '../numerics/ln-beta.ts';
import { digamma, lnGamma } from '../numerics/ln-gamma.ts';
import type { LogLikelihood } from './fit.ts';
import type { HistoryGroup } from './types.ts';

/** Distinct values, and for each item the position of its value among them. */
function indexed(values: readonly number[]): { distinct: number[]; index: Int32Array } {
  const positions = new Map<number, number>();
  const index = Int32Array.from(values, (value) => {
    const position = positions.get(value) ?? positions.size;
    positions.set(value, position);
    return position;
  });
  return { distinct: [...positions.keys()], index };
}

interface StageTerms {
  /** Of (k)_j/j! w^j over j < stages. */
  readonly sum: number;
  /** Derivative of the sum's logarithm by k. */
  readonly byShape: number;
  /** Mean number of stages passed; the logarithm of the sum has the derivative passed/w by w. */
  readonly passed: number;
}

const POISSON: StageTerms = { sum: 1, byShape: 0, passed: 0 };

/**
 * How far a silent customer may have come towards the next purchase: the terms are in proportion to the probabilities of
 * having passed j stages, at a Gamma(k) rate, in a time that is the share w of all the time that this rate is known from.
 */
export function stageTerms(stages: number, k: number, w: number): StageTerms {
  let term = 1;
  let sum = 1;
  let harmonic = 0;
  let byShape = 0;
  let passed = 0;
  for (let j = 1; j < stages; j++) {
    harmonic += 1 / (k + j - 1);
    term *= ((k + j - 1) / j) * w;
    sum += term;
    byShape += term * harmonic;
    passed += term * j;
  }
  return { sum, byShape: byShape / sum, passed: passed / sum };
}

/**
 * Log-likelihood and gradient of BG/NBD (offset 0) and MBG/NBD (offset 1) as a function of [r, alpha, a, b].
 * With k = r + stages x and n = x + offset, the number of times the customer may have dropped out,
 *
 *   ln L = lnG(k) - lnG(r) + r ln alpha + lnB(a, b+n) - lnB(a, b) + ln(e^alive + e^dead),
 *   alive = -k ln(alpha+T) + ln S,  dead = ln a - ln(b+n-1) - k ln(alpha+tx), where n > 0.
 *
 * S is 1 for Poisson purchases. Where each takes several exponential stages, S is the sum of {@link stageTerms}: those since
 * the last purchase may have been passed in part. What depends on neither the parameters nor these is left out.
 *
 * Many customers share few counts and dates: special functions are taken once per distinct x, logarithms once per
 * distinct time, and what is left per group is one exponential.
 */
export function betaGeometricLikelihood(groups: readonly HistoryGroup[], offset: 0 | 1, stages = 1) {
  const counts = indexed(groups.map((group) => group.x));
  const times = indexed([...groups.map((group) => group.T), ...groups.map((group) => group.tx)]);
  const weights = Float64Array.from(groups, (group) => group.count);
  const customersOf = new Float64Array(counts.distinct.length);
  counts.index.forEach((x, i) => {
    customersOf[x]! += weights[i]!;
  });

  return (parameters: readonly number[]): LogLikelihood => {
    const [r, alpha, a, b] = parameters as [number, number, number, number];
    const time = Float64Array.from(times.distinct, (t) => alpha + t);
    const lnTime = time.map(Math.log);
    const lnAlpha = Math.log(alpha);
    const lnDeathOdds = Float64Array.from(counts.distinct, (x) =>
      x + offset > 0 ? Math.log(a / (b + x + offset - 1)) : Number.NEGATIVE_INFINITY,
    );
    let value = 0;
    let dr = 0;
    let dAlpha = 0;
    let da = 0;
    let db = 0;
    for (const [i, x] of counts.distinct.entries()) {
      const n = x + offset;
      const customers = customersOf[i]!;
      const k = r + stages * x;
      value += customers * (lnGamma(k) - lnGamma(r) + r * lnAlpha + lnBeta(a, b + n) - lnBeta(a, b));
      dr += customers * (digamma(k) - digamma(r) + lnAlpha);
      dAlpha += (customers * r) / alpha;
      da += customers * (digamma(a + b) - digamma(a + b + n));
      db += customers * (digamma(b + n) - digamma(b) + digamma(a + b) - digamma(a + b + n));
    }
    for (let i = 0; i < weights.length; i++) {
      const position = counts.index[i]!;
      const x = counts.distinct[position]!;
      const k = r + stages * x;
      const end = times.index[i]!;
      const last = times.index[i + weights.length]!;
      const silent = stages === 1 ? POISSON : stageTerms(stages, k, 1 - time[last]! / time[end]!);
      const alive = Math.log(silent.sum) - k * lnTime[end]!;
      const dead = lnDeathOdds[position]! - k * lnTime[last]!;
      // One exponential for the sum and for both shares of it; its logarithm is exact to a rounding of the sum.
      const smaller = Math.exp(-Math.abs(alive - dead));
      const larger = 1 / (1 + smaller);
      const pDead = dead > alive ? larger : smaller * larger;
      const pAlive = dead > alive ? smaller * larger : larger;
      const weight = weights[i]!;
      value += weight * (Math.max(alive, dead) + Math.log(1 + smaller));
      dr -= weight * (pAlive * (lnTime[end]! - silent.byShape) + pDead * lnTime[last]!);
      dAlpha -= weight * ((pAlive * (k + silent.passed)) / time[end]! + (pDead * k) / time[last]!);
      if (pDead > 0) {
        da += (weight * pDead) / a;
        db -= (weight * pDead) / (b + x + offset - 1);
      }
    }
    return { value, gradient: [dr, dAlpha, da, db] };
  };
}
