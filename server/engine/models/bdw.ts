import { contractModel } from './contract.ts';
import { lnSurvival } from './contract-likelihood.ts';

export interface BdwParameters {
  /** Parameters of the distribution of the chance to leave at the first renewal, > 0: its mean is alpha/(alpha + beta). */
  readonly alpha: number;
  readonly beta: number;
  /** How that chance changes with tenure, > 0: it rises for c > 1, falls for c < 1, and c = 1 is sBG. */
  readonly c: number;
}

const MAX_TERMS = 1_000_000;
const RELATIVE_ERROR = 1e-15;

/** No term is more than e^-delta of the one before it, so those after the last come to at most term/(e^delta - 1). */
function renewals(p: BdwParameters, tenure: number, t: number, delta: number): number {
  let sum = 0;
  for (let j = 1; j <= MAX_TERMS; j++) {
    if (j > t) return sum;
    const term = Math.exp(lnSurvival(p, tenure, tenure + j) - delta * (j - 1));
    sum += term;
    if (term <= RELATIVE_ERROR * sum * Math.expm1(delta)) return sum;
  }
  return Number.NaN;
}

/**
 * Beta-discrete-Weibull: sBG whose customers may grow more or less likely to leave with tenure. A customer stays for t
 * renewals with probability (1 - theta)^(t^c), theta differs by customer as Beta(alpha, beta).
 *
 *   S(t) = B(alpha, beta+t^c)/B(alpha, beta)       retention = S(t)/S(t-1)
 *
 * Discounted renewals are summed until what is left is below 1e-15 of the sum; NaN where that takes a million terms (delta
 * below 3e-5 a period).
 *
 * @see Fader, Hardie, Liu, Davin & Steenburgh (2018), "How to Project Customer Retention" Revisited: The Role of Duration
 * Dependence, Journal of Interactive Marketing 43
 */
export const bdw = contractModel<BdwParameters>({ name: 'bdw', lowerBounds: { alpha: 0, beta: 0, c: 0 }, renewals });
