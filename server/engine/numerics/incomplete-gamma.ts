import { HALF_LN_2_PI, lnGamma, stirlingError } from './ln-gamma.ts';

/** ln of `x^a e^-x / G(a + 1)`. From a = 10 on without differences of large terms, so that a may be 1e8. */
function lnFirstTerm(a: number, x: number): number {
  if (a < 10) return a * Math.log(x) - x - lnGamma(a + 1);
  const deviation = (x - a) / a;
  return a * (Math.log1p(deviation) - deviation) - 0.5 * Math.log(a) - HALF_LN_2_PI - stirlingError(a);
}

/**
 * ln P(a, x) for a > 0, x > 0: a series of positive terms, so that no digits are lost; about 9 sqrt(a) of them near x = a.
 * @see Abramowitz & Stegun 6.5.29
 */
function lnLower(a: number, x: number): number {
  let term = 1;
  let sum = 1;
  for (let n = a + 1; term > 1e-17 * sum; n++) {
    term *= x / n;
    sum += term;
  }
  return lnFirstTerm(a, x) + Math.log(sum);
}

/** Q(a, x) for x > a + 1 by the modified Lentz method. @see Abramowitz & Stegun 6.5.31, in the even form of Press et al. */
function upperByFraction(a: number, x: number): number {
  let b = x + 1 - a;
  let c = Number.POSITIVE_INFINITY;
  let d = 1 / b;
  let fraction = d;
  for (let i = 1; ; i++) {
    const numerator = i * (a - i);
    b += 2;
    d = 1 / (b + numerator * d);
    c = b + numerator / c;
    fraction *= c * d;
    // Also where it is NaN.
    if (!(Math.abs(c * d - 1) >= 1e-15)) return Math.exp(lnFirstTerm(a, x) + Math.log(a)) * fraction;
  }
}

/**
 * Regularised upper incomplete gamma function Q(a, x): the probability that a Gamma(a, 1) variable exceeds x.
 * @param a > 0. @param x >= 0.
 * @returns in [0, 1], relative error below 1e-11 for `a` in [1e-3, 1e8] and x > a + 1, absolute below that; NaN outside the domain.
 */
export function upperGamma(a: number, x: number): number {
  if (!(a > 0 && x >= 0)) return Number.NaN;
  if (x === 0) return 1;
  if (x === Number.POSITIVE_INFINITY) return 0;
  return x > a + 1 ? upperByFraction(a, x) : -Math.expm1(Math.min(0, lnLower(a, x)));
}

/**
 * Probability that a chi-square variable exceeds x: the p-value of a likelihood-ratio test at twice the gain.
 * @param x >= 0. @param degrees of freedom, > 0.
 * @returns in [0, 1]; NaN outside the domain.
 */
export const chiSquareTail = (x: number, degrees: number): number => upperGamma(degrees / 2, x / 2);

/** Of Newton's method; no shape takes as many up to a probability of 0.999. */
const MOST_STEPS = 1000;

/**
 * The x below which a Gamma(shape, 1) variable lies with the given probability: the inverse of P(a, x) in x.
 *
 * Newton's method on ln P in u = ln x. That function is concave, and x^a / G(a + 1) bounds P from above, which gives a
 * start left of the root: from there the steps climb to it and never pass it, whatever the shape.
 * @param shape in [1e-3, 1e8]. @param probability in [0, 0.999], or 1: nearer to 1 ln P is lost in rounding.
 * @returns >= 0, relative error below 1e-10; NaN outside the domain.
 */
export function gammaQuantile(shape: number, probability: number): number {
  if (!(shape > 0 && probability >= 0 && probability <= 1)) return Number.NaN;
  if (probability === 0) return 0;
  if (probability === 1) return Number.POSITIVE_INFINITY;
  const target = Math.log(probability);
  let u = (target + lnGamma(shape + 1)) / shape;
  for (let steps = 0; steps < MOST_STEPS; steps++) {
    const x = Math.exp(u);
    // Where x^shape / G(shape + 1) is all there is, the start is the answer, even where it is too small for a double.
    if (x < 1e-17) return x;
    const lnP = lnLower(shape, x);
    const slope = shape * Math.exp(lnFirstTerm(shape, x) - lnP);
    const step = (target - lnP) / slope;
    u += step;
    if (!(Math.abs(step) > 1e-11)) return Math.exp(u);
  }
  return Number.NaN;
}
