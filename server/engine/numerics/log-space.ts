/**
 * ln(e^a + e^b) without overflow or underflow.
 * @param a, b any real or -Infinity (the logarithm of zero).
 * @returns at least max(a, b); NaN if either is NaN.
 */
export function logSumExp(a: number, b: number): number {
  const larger = Math.max(a, b);
  if (larger === Number.NEGATIVE_INFINITY) return larger;
  return larger + Math.log1p(Math.exp(-Math.abs(a - b)));
}

/** 1 / (1 + e^l), the probability whose log-odds are -l; in [0, 1] for every real l. */
export const inverseLogit = (l: number): number => 1 / (1 + Math.exp(l));
