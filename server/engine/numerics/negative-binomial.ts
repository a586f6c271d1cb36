import { incompleteBeta } from './incomplete-beta.ts';
import { lnBeta } from './ln-beta.ts';

/**
 * Probability of n events where their Poisson rate is Gamma(shape, scale) and time t passes.
 * @param n whole number >= 0.
 * @param shape > 0.
 * @param odds t / scale, >= 0; the mean is shape times odds.
 * @returns in [0, 1]; NaN outside the domain.
 */
export function negativeBinomial(n: number, shape: number, odds: number): number {
  if (!(Number.isInteger(n) && n >= 0 && shape > 0 && odds >= 0)) return Number.NaN;
  const lnNone = -shape * Math.log1p(odds);
  return Math.exp(n === 0 ? lnNone : lnNone - n * Math.log1p(1 / odds) - Math.log(n) - lnBeta(n, shape));
}

/** Probability of n events or more, n >= 1; the rest as for {@link negativeBinomial}. */
export const negativeBinomialTail = (n: number, shape: number, odds: number): number =>
  incompleteBeta(n, shape, odds / (1 + odds), 1 / (1 + odds));
