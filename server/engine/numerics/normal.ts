import { upperGamma } from './incomplete-gamma.ts';
import { HALF_LN_2_PI } from './ln-gamma.ts';

/** Density of the standard normal distribution. @param z Any real. */
export const normalDensity = (z: number): number => Math.exp(-0.5 * z * z - HALF_LN_2_PI);

/**
 * Probability that a standard normal variable is at most z.
 * @param z Any real, also infinite.
 * @returns in [0, 1], relative error below 1e-12 for z > -38, so in the lower tail too; NaN for NaN.
 */
export function normalCdf(z: number): number {
  const tail = 0.5 * upperGamma(0.5, 0.5 * z * z);
  return z > 0 ? 1 - tail : tail;
}

/** Newton's method has always ended before, within five steps. */
const MOST_STEPS = 20;

/**
 * The z below which a standard normal variable lies with the given probability: the inverse of {@link normalCdf}.
 * @param probability in [0, 1]. Close to 1 it has lost its digits already: take minus the quantile of the rest.
 * @returns any real, -Infinity at 0 and Infinity at 1, error below 1e-12 max(1, |result|); NaN outside the domain.
 */
export function normalQuantile(probability: number): number {
  if (!(probability >= 0 && probability <= 1)) return Number.NaN;
  if (probability > 0.5) return -normalQuantile(1 - probability);
  if (probability === 0.5) return 0;
  if (probability === 0) return Number.NEGATIVE_INFINITY;
  const target = Math.log(probability);
  // Abramowitz & Stegun 26.2.22, within .003; from there by Newton's method on the logarithm, which is concave.
  const root = Math.sqrt(-2 * target);
  let z = (2.30753 + 0.27061 * root) / (1 + root * (0.99229 + 0.04481 * root)) - root;
  for (let steps = 0; steps < MOST_STEPS; steps++) {
    const below = normalCdf(z);
    const step = ((target - Math.log(below)) * below) / normalDensity(z);
    z += step;
    if (!(Math.abs(step) > 1e-13 * Math.max(1, Math.abs(z)))) break;
  }
  return z;
}
