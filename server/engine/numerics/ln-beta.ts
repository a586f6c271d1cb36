import { HALF_LN_2_PI, lnGamma, stirlingError } from './ln-gamma.ts';

/**
 * Natural logarithm of the beta function B(a, b) = G(a) G(b) / G(a + b).
 * Large arguments take Stirling's formula with the large terms cancelled by hand, so ln B(0.8, 5000) keeps 14 digits where
 * the difference of log-gammas keeps 11.
 * @param a > 0.
 * @param b > 0.
 * @returns any real; NaN outside the domain.
 * @see Didonato & Morris (1992), Algorithm 708, BETALN
 */
export function lnBeta(a: number, b: number): number {
  if (!(a > 0 && b > 0)) return Number.NaN;
  const small = Math.min(a, b);
  const large = Math.max(a, b);
  const sum = a + b;
  if (large < 10) return lnGamma(small) + lnGamma(large) - lnGamma(sum);
  const lnLargeShare = Math.log1p(-small / sum);
  const correction = stirlingError(large) - stirlingError(sum);
  if (small < 10) return lnGamma(small) + correction + small - small * Math.log(sum) + (large - 0.5) * lnLargeShare;
  return (
    HALF_LN_2_PI -
    0.5 * Math.log(large) +
    stirlingError(small) +
    correction +
    (small - 0.5) * Math.log(small / sum) +
    large * lnLargeShare
  );
}
