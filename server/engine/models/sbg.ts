import { contractModel } from './contract.ts';

export interface SbgParameters {
  /** Parameters of the distribution of the chance to leave at a renewal, > 0: its mean is alpha/(alpha + beta). */
  readonly alpha: number;
  readonly beta: number;
}

const MAX_STEPS = 1_000_000;

/**
 * Sum over j = 0..t-1 of e^(-delta j) B(alpha, beta + j)/B(alpha, beta): discounted periods of a customer who leaves before
 * each but the first of them with a Beta(alpha, beta) chance.
 * @param t whole number >= 0, or Infinity.
 * @param delta continuous discount rate per period, >= 0.
 * @returns >= 0; Infinity where delta = 0 and the endless sum has no limit.
 */
export function discountedPeriods(alpha: number, beta: number, t: number, delta: number): number {
  if (t === Number.POSITIVE_INFINITY) {
    if (delta > 0) return endlessPeriods(alpha, beta, delta);
    return alpha > 1 ? (alpha + beta - 1) / (alpha - 1) : t;
  }
  const discount = Math.exp(-delta);
  let sum = 0;
  let term = 1;
  for (let j = 0; j < t && term > 0; j++) {
    sum += term;
    term *= discount * ((beta + j) / (alpha + beta + j));
  }
  return sum;
}

/**
 * 2F1(1, beta; s; e^-delta), s = alpha + beta, as (1 + y) 2F1(1, alpha; s; -y), y = 1/(e^delta - 1), by Gauss's continued
 * fraction 1/(1 + a_1 y/(1 + a_2 y/(1 + ...))) from the front. All a_i > 0: nothing cancels, and any two convergents enclose
 * the result, so the last change bounds the error. It takes about 20/sqrt(delta) steps; NaN where a million are not enough.
 * @see Abramowitz & Stegun 15.3.4; Wall (1948), Analytic Theory of Continued Fractions, section 89
 */
function endlessPeriods(alpha: number, beta: number, delta: number): number {
  const s = alpha + beta;
  const y = 1 / Math.expm1(delta);
  let numerator = 1 + (alpha / s) * y;
  let denominator = 1;
  let value = numerator;
  for (let i = 2; i <= MAX_STEPS; i++) {
    const k = Math.floor(i / 2);
    const top =
      i % 2 === 0
        ? (k / (s + 2 * k - 1)) * ((beta + k - 1) / (s + 2 * k - 2))
        : ((alpha + k) / (s + 2 * k)) * ((s + k - 1) / (s + 2 * k - 1));
    denominator = 1 / (1 + top * y * denominator);
    numerator = 1 + (top * y) / numerator;
    const change = numerator * denominator;
    value *= change;
    if (Math.abs(change - 1) < 1e-15) return (1 + y) / value;
  }
  return Number.NaN;
}

/**
 * Shifted beta-geometric: at each renewal a customer leaves with a chance of his own, which differs by customer as
 * Beta(alpha, beta). Retention rises with tenure because those likely to leave have left.
 *
 *   P(leaves in t) = B(alpha+1, beta+t-1)/B(alpha, beta)       S(t) = B(alpha, beta+t)/B(alpha, beta)
 *   retention      = (beta+t-1)/(alpha+beta+t-1)
 *   DERL           = (beta+n)/(alpha+beta+n) 2F1(1, beta+n+1; alpha+beta+n+1; e^-delta) after n renewals
 *
 * @see Fader & Hardie (2007), How to Project Customer Retention, Journal of Interactive Marketing 21(1)
 */
export const sbg = contractModel<SbgParameters>({
  name: 'sbg',
  lowerBounds: { alpha: 0, beta: 0 },
  renewals: ({ alpha, beta }, tenure, t, delta) =>
    ((beta + tenure) / (alpha + beta + tenure)) * discountedPeriods(alpha, beta + tenure + 1, t, delta),
});
