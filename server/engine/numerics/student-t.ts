import { incompleteBeta } from './incomplete-beta.ts';
import { lnBeta } from './ln-beta.ts';
import { normalCdf, normalQuantile } from './normal.ts';

/** From here on the normal distribution at Hill's deviate; below, a continued fraction of sqrt(degrees) steps. */
const MANY_DEGREES = 1e4;

/**
 * Probability that a Student variable is at least as far from 0 as t: the two-sided p-value.
 * @param t Any real, also infinite.
 * @param degrees of freedom, > 0, not only whole numbers; Infinity is the normal distribution.
 * @returns in [0, 1], relative error below 1e-11; NaN outside the domain.
 * @see Abramowitz & Stegun 26.7.1; Hill (1970), Algorithm 395, for many degrees
 */
export function studentTwoSided(t: number, degrees: number): number {
  if (!(degrees > 0) || Number.isNaN(t)) return Number.NaN;
  if (degrees >= MANY_DEGREES) return 2 * normalCdf(-hillDeviate(t, degrees));
  const square = t * t;
  if (square === Number.POSITIVE_INFINITY) return 0;
  return incompleteBeta(0.5 * degrees, 0.5, degrees / (degrees + square), square / (degrees + square));
}

/** What a normal variable exceeds about as often as a Student variable exceeds |t|. */
function hillDeviate(t: number, degrees: number): number {
  if (degrees === Number.POSITIVE_INFINITY) return Math.abs(t);
  const a = degrees - 0.5;
  const b = 48 * a * a;
  const y = a * Math.log1p((t * t) / degrees);
  return (
    (((y * (y * (-0.4 * y - 3.3) - 24) - 85.5) / (0.8 * y * y + 100 + b) + y + 3) / b) * Math.sqrt(y) + Math.sqrt(y)
  );
}

/** Newton's method has always ended before. */
const MOST_STEPS = 50;

/**
 * The t below which a Student variable lies with the given probability.
 * @param probability in [0, 1]. @param degrees of freedom, > 0; Infinity is the normal distribution.
 * @returns any real, relative error below 1e-10 for degrees of 1 or more; NaN outside the domain.
 */
export function studentQuantile(probability: number, degrees: number): number {
  const z = normalQuantile(probability);
  if (!(degrees > 0)) return Number.NaN;
  if (z === 0 || !Number.isFinite(z) || degrees === Number.POSITIVE_INFINITY) return z;
  const target = Math.log(2 * Math.min(probability, 1 - probability));
  // The logarithm of the tail is concave in u = ln |t|, so that after one step the rest come down to the root from the right.
  let u = Math.log(Math.abs(z));
  for (let steps = 0; steps < MOST_STEPS; steps++) {
    const t = Math.exp(u);
    const tails = studentTwoSided(t, degrees);
    const slope = (2 * t * studentDensity(t, degrees)) / tails;
    const step = (Math.log(tails) - target) / slope;
    u += step;
    if (!(Math.abs(step) > 1e-12)) break;
  }
  return Math.sign(z) * Math.exp(u);
}

const studentDensity = (t: number, degrees: number) =>
  Math.exp(-0.5 * (degrees + 1) * Math.log1p((t * t) / degrees) - 0.5 * Math.log(degrees) - lnBeta(0.5, 0.5 * degrees));
