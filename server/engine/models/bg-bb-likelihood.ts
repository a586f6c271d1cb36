import type { LogLikelihood } from './fit.ts';
import type { History, HistoryGroup } from './types.ts';

/** Whether x purchases, the last of them at opportunity tx, fit into T opportunities. */
export const isDiscrete = ({ x, tx, T }: History): boolean =>
  Number.isInteger(x) && Number.isInteger(tx) && Number.isInteger(T) && x >= (tx > 0 ? 1 : 0) && tx >= x && T >= tx;

/** ln of the rising factorial `a (a+1) ... (a+k-1)` for k = 0..size, and its derivative by a. */
function rising(a: number, size: number) {
  const ln = new Float64Array(size + 1);
  const slope = new Float64Array(size + 1);
  for (let k = 0; k < size; k++) {
    ln[k + 1] = ln[k]! + Math.log(a + k);
    slope[k + 1] = slope[k]! + 1 / (a + k);
  }
  return { ln, slope };
}

/** Customers with the same x and T, by the opportunity of their last purchase, latest first. */
interface Pass {
  readonly x: number;
  readonly T: number;
  readonly lasts: number[];
  readonly counts: number[];
}

function passes(groups: readonly HistoryGroup[]): Pass[] {
  const all = new Map<string, Pass>();
  for (const { x, tx, T, count } of groups.toSorted((a, b) => b.tx - a.tx)) {
    const pass = all.get(`${x} ${T}`) ?? { x, T, lasts: [], counts: [] };
    all.set(`${x} ${T}`, pass);
    pass.lasts.push(tx);
    pass.counts.push(count);
  }
  return [...all.values()];
}

/**
 * Log-likelihood and gradient of BG/BB as a function of [alpha, beta, gamma, delta]. The customer died before one of the
 * opportunities tx+1..T, or is alive at T; with the first of these cases taken out and (a)_k a rising factorial,
 *
 *   L = (alpha)_x (beta)_(tx-x) / (alpha+beta)_tx  gamma (delta)_tx / (gamma+delta)_(tx+1)  R_tx
 *   R_T = (gamma+delta+T)/gamma,   R_k = 1 + (beta+k-x)/(alpha+beta+k) (delta+k)/(gamma+delta+k+1) R_(k+1)
 *
 * so R is a sum of positive terms, the largest of them 1 or R_T: nothing underflows, and one run from T down to the
 * earliest tx serves all customers with the same x and T. The rising factorials are tables of logarithms.
 */
export function bgBbLikelihood(groups: readonly HistoryGroup[]) {
  const isKnown = groups.every(isDiscrete);
  const runs = isKnown ? passes(groups) : [];
  const size = runs.reduce((most, { T }) => Math.max(most, T), 0) + 1;

  return (parameters: readonly number[]): LogLikelihood => {
    const [alpha, beta, gamma, delta] = parameters as [number, number, number, number];
    const bought = rising(alpha, size);
    const passed = rising(beta, size);
    const seen = rising(alpha + beta, size);
    const stayed = rising(delta, size);
    const atRisk = rising(gamma + delta, size);
    let value = isKnown ? 0 : Number.NaN;
    let [dAlpha, dBeta, dGamma, dDelta] = [value, value, value, value];
    for (const { x, T, lasts, counts } of runs) {
      let rest = (gamma + delta + T) / gamma;
      let [byAlpha, byBeta, byGamma, byDelta] = [0, 0, -(delta + T) / (gamma * gamma), 1 / gamma];
      let k = T;
      for (let i = 0; i < lasts.length; i++) {
        const tx = lasts[i]!;
        while (k > tx) {
          k--;
          const perSeen = 1 / (alpha + beta + k);
          const perAtRisk = 1 / (gamma + delta + k + 1);
          const share = (beta + k - x) * perSeen * (delta + k) * perAtRisk;
          const later = share * rest;
          byAlpha = share * byAlpha - later * perSeen;
          byBeta = share * byBeta + later * (1 / (beta + k - x) - perSeen);
          byGamma = share * byGamma - later * perAtRisk;
          byDelta = share * byDelta + later * (1 / (delta + k) - perAtRisk);
          rest = 1 + later;
        }
        const count = counts[i]!;
        value += count * (bought.ln[x]! + passed.ln[tx - x]! - seen.ln[tx]!);
        value += count * (Math.log(gamma * rest) + stayed.ln[tx]! - atRisk.ln[tx + 1]!);
        dAlpha += count * (bought.slope[x]! - seen.slope[tx]! + byAlpha / rest);
        dBeta += count * (passed.slope[tx - x]! - seen.slope[tx]! + byBeta / rest);
        dGamma += count * (1 / gamma - atRisk.slope[tx + 1]! + byGamma / rest);
        dDelta += count * (stayed.slope[tx]! - atRisk.slope[tx + 1]! + byDelta / rest);
      }
    }
    return { value, gradient: [dAlpha, dBeta, dGamma, dDelta] };
  };
}
