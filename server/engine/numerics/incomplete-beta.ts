import { lnBeta } from './ln-beta.ts';

/**
 * Regularised incomplete beta function I_x(a, b): the probability that a Beta(a, b) variable is at most x.
 * @param a, b > 0.
 * @param x in [0, 1].
 * @param rest 1 - x, for those who know it more exactly than the difference.
 * @returns in [0, 1]; NaN outside the domain. Far below the mean the relative error is that of the logarithm of the result,
 * about 1e-15 times its size.
 * @see Press et al. (2007), Numerical Recipes, section 6.4; Abramowitz & Stegun 26.5.8
 */
export function incompleteBeta(a: number, b: number, x: number, rest = 1 - x): number {
  if (!(a > 0 && b > 0 && x >= 0 && rest >= 0)) return Number.NaN;
  return x * (a + b + 2) < a + 1 ? belowMean(a, b, x, rest) : 1 - belowMean(b, a, rest, x);
}

function belowMean(a: number, b: number, x: number, rest: number): number {
  if (x === 0) return 0;
  return Math.exp(a * lnShare(x, rest) + b * lnShare(rest, x) - Math.log(a) - lnBeta(a, b)) * fraction(a, b, x);
}

/** ln x, from whichever of x and 1 - x is the smaller. */
const lnShare = (x: number, rest: number) => (x < rest ? Math.log(x) : Math.log1p(-rest));

/** The continued fraction by modified Lentz; it takes about sqrt(max(a, b)) steps. */
function fraction(a: number, b: number, x: number): number {
  let c = 1;
  let d = 1 / (1 - ((a + b) * x) / (a + 1));
  let result = d;
  let factor = 0;
  for (let m = 1; Math.abs(factor - 1) > 3e-16; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / (1 + even * d);
    c = 1 + even / c;
    factor = d * c;
    d = 1 / (1 + odd * d);
    c = 1 + odd / c;
    factor *= d * c;
    result *= factor;
  }
  return result;
}
