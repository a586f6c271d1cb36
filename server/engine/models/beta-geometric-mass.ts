import { lnBeta } from '../numerics/ln-beta.ts';
import { negativeBinomial, negativeBinomialTail } from '../numerics/negative-binomial.ts';
import type { AliveState } from './beta-geometric-residual.ts';

/**
 * Probability that a customer alive at T makes n purchases in (T, T + t]. Either n purchases fall into the time and the
 * customer survives them all, or n or more would, and the customer drops out after the n-th:
 *
 *   B(a, b+n)/B(a, b) P(N = n) + [n > 0] B(a+1, b+n-1)/B(a, b) P(N >= n),   N negative binomial.
 *
 * @param t >= 0.
 * @param n whole number >= 0.
 * @returns in [0, 1], NaN outside the domain; all terms are positive, so small probabilities keep their digits.
 * @see Fader, Hardie & Lee (2005) eq. 8, for a new customer
 */
export function massWhileAlive({ k, scale, a, b }: AliveState, t: number, n: number): number {
  const odds = t / scale;
  const exactly = negativeBinomial(n, k, odds);
  if (!(n > 0)) return exactly;
  const lnAll = lnBeta(a, b);
  const survival = Math.exp(lnBeta(a, b + n) - lnAll);
  const dropout = Math.exp(lnBeta(a + 1, b + n - 1) - lnAll);
  return survival * exactly + dropout * negativeBinomialTail(n, k, odds);
}
