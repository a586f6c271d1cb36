export const HALF_LN_2_PI = 0.9189385332046728;

// B(2k) / (2k (2k-1)) and B(2k) / 2k, k = 1..8: at x = 10 the first omitted terms are below 2e-18.
const LN_GAMMA_SERIES = [1 / 12, -1 / 360, 1 / 1260, -1 / 1680, 1 / 1188, -691 / 360360, 1 / 156, -3617 / 122400];
const DIGAMMA_SERIES = [1 / 12, -1 / 120, 1 / 252, -1 / 240, 1 / 132, -691 / 32760, 1 / 12, -3617 / 8160];

/** Value of the polynomial with these coefficients, lowest power first. */
const horner = (coefficients: readonly number[], x: number) => coefficients.reduceRight((sum, c) => sum * x + c, 0);

/** What Stirling's formula leaves out: ln G(x) = (x - 1/2) ln x - x + ln(2 pi)/2 + stirlingError(x), for x >= 10. */
export const stirlingError = (x: number): number => horner(LN_GAMMA_SERIES, 1 / (x * x)) / x;

/**
 * Natural logarithm of the gamma function.
 * @param x > 0.
 * @returns any real; error below 4e-15 max(1, |result|); NaN for x <= 0.
 * @see Abramowitz & Stegun 6.1.41 (x >= 10), 6.1.15 (below: shifted up by the recurrence)
 */
export function lnGamma(x: number): number {
  if (!(x > 0)) return Number.NaN;
  if (x === Number.POSITIVE_INFINITY) return x;
  let product = 1;
  let shifted = x;
  for (; shifted < 10; shifted++) product *= shifted;
  return (shifted - 0.5) * Math.log(shifted) - shifted + HALF_LN_2_PI + stirlingError(shifted) - Math.log(product);
}

/**
 * Derivative of {@link lnGamma}.
 * @param x > 0.
 * @returns any real; error below 4e-15 max(1, |result|); NaN for x <= 0.
 * @see Abramowitz & Stegun 6.3.18 (x >= 10), 6.3.5 (below)
 */
export function digamma(x: number): number {
  if (!(x > 0)) return Number.NaN;
  let sum = 0;
  let shifted = x;
  for (; shifted < 10; shifted++) sum += 1 / shifted;
  const square = 1 / (shifted * shifted);
  return Math.log(shifted) - 0.5 / shifted - square * horner(DIGAMMA_SERIES, square) - sum;
}
