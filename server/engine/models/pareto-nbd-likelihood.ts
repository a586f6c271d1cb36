import { gaussJacobi, type Rule } from '../numerics/gauss-jacobi.ts';
import { lnBeta } from '../numerics/ln-beta.ts';
import { lnGamma } from '../numerics/ln-gamma.ts';
import type { LogLikelihood } from './fit.ts';
import type { HistoryGroup } from './types.ts';

/** What lies beyond a fall by e^-37 cannot be seen in a double. */
const INVISIBLE = 37;
const MOST_NODES = 64;
const RULES: (Rule | undefined)[] = [];

/** The integral of f, and of f times ln(1 + u/a), u/(a + u), ln(1 + u/b) and u/(b + u). */
export const MOMENTS = 5;

/**
 * Integrals over u in (0, width) of f(u) = (1 + u/a)^-p (1 + u/b)^-q: how long a customer can go on without a purchase and
 * without dropping out. Gauss-Legendre in v = ln(1 + u/min(a, b)), where the integrand's singularities stay pi away from the
 * interval; the number of nodes follows from the interval and the fall of the integrand. Relative error below 1e-12
 * (test/models/fixtures) for widths up to e^11 min(a, b).
 * @param p, q >= 0. @param a, b > 0. @param width >= 0, finite.
 * @param moments is filled with the {@link MOMENTS} integrals.
 */
export function powerIntegrals(p: number, a: number, q: number, b: number, width: number, moments: Float64Array): void {
  const nearIsA = a <= b;
  const [near, far] = nearIsA ? [a, b] : [b, a];
  const [nearPower, farPower] = nearIsA ? [p, q] : [q, p];
  const end = Math.min(
    width,
    nearPower > 1 ? near * Math.expm1(INVISIBLE / (nearPower - 1)) : width,
    farPower > 1 ? far * Math.expm1(INVISIBLE / (farPower - 1)) : width,
  );
  const span = Math.log1p(end / near);
  const fall = nearPower * span + farPower * Math.log1p(end / far);
  const size = Math.min(MOST_NODES, Math.ceil(4 + 2.3 * Math.sqrt(fall) + 2 * span));
  RULES[size] ??= gaussJacobi(1, 1, size);
  const { nodes, weights } = RULES[size];
  let sum = 0;
  let lnNear = 0;
  let nearShare = 0;
  let lnFar = 0;
  let farShare = 0;
  for (let i = 0; i < size; i++) {
    const v = span * nodes[i]!;
    const nearRatio = Math.expm1(v);
    const farRatio = (nearRatio * near) / far;
    const lnFarStretch = Math.log1p(farRatio);
    const f = weights[i]! * Math.exp((1 - nearPower) * v - farPower * lnFarStretch);
    sum += f;
    lnNear += f * v;
    nearShare += (f * nearRatio) / (1 + nearRatio);
    lnFar += f * lnFarStretch;
    farShare += (f * farRatio) / (1 + farRatio);
  }
  const scale = near * span;
  moments[0] = scale * sum;
  moments[nearIsA ? 1 : 3] = scale * lnNear;
  moments[nearIsA ? 2 : 4] = scale * nearShare;
  moments[nearIsA ? 3 : 1] = scale * lnFar;
  moments[nearIsA ? 4 : 2] = scale * farShare;
}

/** Distinct values, ascending, and for each item the position of its value among them. */
function ranked(items: Float64Array): { distinct: Float64Array; index: Int32Array } {
  const sorted = items.toSorted();
  const distinct = sorted.filter((value, i) => value !== sorted[i - 1]);
  const positions = new Map<number, number>();
  for (let i = 0; i < distinct.length; i++) positions.set(distinct[i]!, i);
  const index = new Int32Array(items.length);
  for (let i = 0; i < items.length; i++) index[i] = positions.get(items[i]!)!;
  return { distinct, index };
}

/**
 * Log-likelihood and gradient of Pareto/NBD as a function of [r, alpha, s, beta]. With k = r + x,
 *
 *   ln L = lnG(k) - lnG(r) - x ln alpha + ln(alive + dead),  F(u) = (1 + u/alpha)^-k (1 + u/beta)^-(s+1),
 *   alive = F(T) (1 + T/beta),  dead = s/beta I,  I = integral of F over u in (tx, T).
 *
 * Logarithms of alpha + T and beta + T are taken relative to alpha and beta, so that nearly equal customers, with large
 * parameters, lose no digits.
 *
 * Customers of one x share F, so it is integrated once between one date of theirs and the next and added up from the last
 * date backwards, relative to F at the date: I is F(tx) [tail(tx) - tail(T) F(T)/F(tx)]. As F falls, that difference loses
 * no more digits than there are in (longest T - tx)/(T - tx), four for a day of silence among thirty years.
 */
export function paretoNbdLikelihood(groups: readonly HistoryGroup[]) {
  const size = groups.length;
  const weights = Float64Array.from(groups, (group) => group.count);
  const counts = ranked(Float64Array.from(groups, (group) => group.x));
  // Of each T in the first half of the index, of each tx in the second; so too for the knots.
  const both = new Float64Array(2 * size);
  for (let i = 0; i < size; i++) {
    both[i] = groups[i]!.T;
    both[i + size] = groups[i]!.tx;
  }
  const times = ranked(both);
  const timeCount = times.distinct.length;
  // A knot is a date of the customers of one x.
  const knots = ranked(both.map((_, i) => counts.index[i % size]! * timeCount + times.index[i]!));
  const knotTime = Int32Array.from(knots.distinct, (knot) => knot % timeCount);
  const knotCount = Int32Array.from(knots.distinct, (knot) => knot / timeCount);
  const customersOf = new Float64Array(counts.distinct.length);
  counts.index.forEach((x, i) => {
    customersOf[x]! += weights[i]!;
  });
  const tails = new Float64Array(knotTime.length * MOMENTS);
  const cell = new Float64Array(MOMENTS);

  return (parameters: readonly number[]): LogLikelihood => {
    const [r, alpha, s, beta] = parameters as [number, number, number, number];
    const lnAlpha = Math.log(alpha);
    const purchaseShare = times.distinct.map((t) => t / (alpha + t));
    const dropoutShare = times.distinct.map((t) => t / (beta + t));
    const lnPurchase = times.distinct.map((t) => Math.log1p(t / alpha));
    const lnDropout = times.distinct.map((t) => Math.log1p(t / beta));
    /** ln of F at the second time over F at the first. */
    const lnRatio = (k: number, from: number, to: number) =>
      k * (lnPurchase[from]! - lnPurchase[to]!) + (s + 1) * (lnDropout[from]! - lnDropout[to]!);

    for (let knot = knotTime.length - 1; knot >= 0; knot--) {
      const tail = knot * MOMENTS;
      if (knotCount[knot] !== knotCount[knot + 1]) {
        tails.fill(0, tail, tail + MOMENTS);
        continue;
      }
      const from = knotTime[knot]!;
      const to = knotTime[knot + 1]!;
      const k = r + counts.distinct[knotCount[knot]!]!;
      const time = times.distinct[from]!;
      const purchase = alpha + time;
      const dropout = beta + time;
      powerIntegrals(k, purchase, s + 1, dropout, times.distinct[to]! - time, cell);
      // From the time of the knot on to the time since the first purchase.
      cell[1]! += lnPurchase[from]! * cell[0]!;
      cell[2] = (alpha / purchase) * cell[2]! + purchaseShare[from]! * cell[0]!;
      cell[3]! += lnDropout[from]! * cell[0]!;
      cell[4] = (beta / dropout) * cell[4]! + dropoutShare[from]! * cell[0]!;
      const fall = Math.exp(lnRatio(k, from, to));
      for (let m = 0; m < MOMENTS; m++) tails[tail + m] = cell[m]! + fall * tails[tail + MOMENTS + m]!;
    }

    let value = 0;
    let dr = 0;
    let alphaShare = 0;
    let ds = 0;
    let betaShare = 0;
    // digamma(r + x) - digamma(r), which as a difference has few digits left where r is large.
    let rise = 0;
    let risen = 0;
    for (const [i, x] of counts.distinct.entries()) {
      for (; risen < x; risen++) rise += 1 / (r + risen);
      const customers = customersOf[i]!;
      if (x > 0) value += customers * (lnGamma(x) - lnBeta(r, x) - x * lnAlpha);
      dr += customers * rise;
      alphaShare -= customers * x;
    }
    for (let i = 0; i < size; i++) {
      const weight = weights[i]!;
      const k = r + counts.distinct[counts.index[i]!]!;
      const end = times.index[i]!;
      const endTail = knots.index[i]! * MOMENTS;
      const lastTail = knots.index[i + size]! * MOMENTS;
      const lnFall = lnRatio(k, times.index[i + size]!, end);
      const fall = Math.exp(lnFall);
      const integral = Math.max(0, tails[lastTail]! - fall * tails[endTail]!);
      // dead / alive, with F(tx) written as F(T) / fall.
      const deadPart = (s * integral) / (beta + times.distinct[end]!);
      const odds = deadPart / fall;
      const lnTotal = odds < Number.POSITIVE_INFINITY ? Math.log(1 + odds) : Math.log(deadPart) - lnFall;
      value += weight * (lnTotal - k * lnPurchase[end]! - s * lnDropout[end]!);
      const ifAlive = weight / (1 + odds);
      dr -= ifAlive * lnPurchase[end]!;
      alphaShare += ifAlive * k * purchaseShare[end]!;
      ds -= ifAlive * lnDropout[end]!;
      betaShare += ifAlive * s * dropoutShare[end]!;
      if (integral === 0) continue;
      const ifDead = weight - ifAlive;
      const mean = ifDead / integral;
      dr -= mean * (tails[lastTail + 1]! - fall * tails[endTail + 1]!);
      alphaShare += mean * k * (tails[lastTail + 2]! - fall * tails[endTail + 2]!);
      ds += ifDead / s - mean * (tails[lastTail + 3]! - fall * tails[endTail + 3]!);
      betaShare += mean * (s + 1) * (tails[lastTail + 4]! - fall * tails[endTail + 4]!) - ifDead;
    }
    return { value, gradient: [dr, alphaShare / alpha, ds, betaShare / beta] };
  };
}
