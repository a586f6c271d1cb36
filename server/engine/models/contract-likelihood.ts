import { digamma, stirlingError } from '../numerics/ln-gamma.ts';
import type { Contract, ContractGroup } from './contract-types.ts';
import type { LogLikelihood } from './fit.ts';

export interface ContractParameters {
  /** Both > 0. */
  readonly alpha: number;
  readonly beta: number;
  /** > 0; 1 in sBG, which does not have it. */
  readonly c?: number;
}

/** Where nobody is left, and powers of time need not grow further. */
const FAR = 1e300;

export const isContract = ({ tenure, churned }: Contract): boolean =>
  Number.isInteger(tenure) && tenure >= (churned ? 1 : 0);

const power = (t: number, c: number) => Math.min(t ** c, FAR);

/** to^c - from^c, without taking the difference. */
const rise = (from: number, to: number, c: number) =>
  from === to ? 0 : -power(to, c) * Math.expm1(c * Math.log1p((from - to) / to));

/**
 * ln B(a, u + s) - ln B(a, u), <= 0, with the digits that the difference would lose: from u = 10 on by Stirling's formula
 * with the large terms cancelled by hand, below by the recurrence.
 */
function lnBetaStep(a: number, u: number, s: number): number {
  let sum = 0;
  let v = u;
  for (; v < 10; v++) sum += Math.log1p((-s / (v + s)) * (a / (v + a)));
  const correction = stirlingError(v + s) - stirlingError(v) - stirlingError(v + s + a) + stirlingError(v + a);
  const middle = (v - 0.5) * Math.log1p((s / v) * (a / (v + s + a)));
  return sum + correction + middle - s * Math.log1p(a / (v + s)) - a * Math.log1p(s / (v + a));
}

/** digamma(x + step) - digamma(x); from x = 1000 on by its asymptotic series, where the difference would lose digits. */
function digammaStep(x: number, step: number): number {
  if (x < 1000) return digamma(x + step) - digamma(x);
  const fall = step / x / (x + step);
  return Math.log1p(step / x) + fall / 2 + (fall * (1 / x + 1 / (x + step))) / 12;
}

/**
 * ln of the share of the customers active after `from` renewals who make it to `to`: ln B(alpha, beta + to^c) -
 * ln B(alpha, beta + from^c).
 */
export function lnSurvival({ alpha, beta, c = 1 }: ContractParameters, from: number, to: number): number {
  return lnBetaStep(alpha, beta + power(from, c), rise(from, to, c));
}

/** Derivatives of ln (retention rate of period t) by alpha, beta and c. */
function retentionGradient(alpha: number, beta: number, c: number, t: number): [number, number, number] {
  const from = beta + power(t - 1, c);
  const to = beta + power(t, c);
  const byAlpha = -digammaStep(from + alpha, rise(t - 1, t, c));
  const byBeta = digammaStep(from, rise(t - 1, t, c)) + byAlpha;
  const fromByC = t === 1 ? 0 : digammaStep(from, alpha) * power(t - 1, c) * Math.log(t - 1);
  return [byAlpha, byBeta, fromByC - digammaStep(to, alpha) * power(t, c) * Math.log(t)];
}

/** Renewals and losses by period, which is all the likelihood needs: index t is period t. */
function lifeTable(groups: readonly ContractGroup[]) {
  const periods = groups.reduce((most, { tenure }) => Math.max(most, tenure), 0);
  const renewed = new Float64Array(periods + 1);
  const left = new Float64Array(periods + 1);
  for (const { tenure, churned, count } of groups) {
    if (churned) left[tenure]! += count;
    renewed[churned ? tenure - 1 : tenure]! += count;
  }
  // Who renewed in a period renewed in all before it.
  for (let t = periods - 1; t > 0; t--) renewed[t]! += renewed[t + 1]!;
  return { renewed, left };
}

/**
 * Log-likelihood and gradient of sBG and BdW as a function of [alpha, beta, c], c = 1 where it is missing: the sum over
 * periods of renewed ln r + left ln(1 - r), r the retention rate of the period.
 */
export function contractLikelihood(groups: readonly ContractGroup[]) {
  const isKnown = groups.every(isContract);
  const { renewed, left } = lifeTable(isKnown ? groups : []);
  return ([alpha, beta, c = 1]: readonly [number, number, number?]): LogLikelihood => {
    let value = isKnown ? 0 : Number.NaN;
    let [dAlpha, dBeta, dC] = [value, value, value];
    for (let t = 1; t < renewed.length; t++) {
      const lnRetained = lnSurvival({ alpha, beta, c }, t - 1, t);
      let slope = renewed[t]!;
      value += renewed[t]! * lnRetained;
      if (left[t]! > 0) {
        value += left[t]! * Math.log(-Math.expm1(lnRetained));
        slope -= left[t]! / Math.expm1(-lnRetained);
      }
      const [byAlpha, byBeta, byC] = retentionGradient(alpha, beta, c, t);
      dAlpha += slope * byAlpha;
      dBeta += slope * byBeta;
      dC += slope * byC;
    }
    return { value, gradient: [dAlpha, dBeta, dC] };
  };
}
