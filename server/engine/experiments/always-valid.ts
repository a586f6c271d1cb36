import type { Moments, Sample } from './moments.ts';
import type { Interval } from './types.ts';

const ALPHA = 0.05;
/** Customers, both sides together, at which the interval is about as narrow as can be. */
const TUNED_FOR = 5000;

/** rho^2 for them. @see Waudby-Smith et al. (2024), appendix B.2 */
const RHO_SQUARE = (-2 * Math.log(ALPHA) + Math.log(-2 * Math.log(ALPHA) + 1)) / TUNED_FOR;

/** On each side. Below, sums are not yet near enough to normal. */
const FEWEST_CUSTOMERS = 100;
/** On each side, in values of one size. */
const FEWEST_VALUES = 10;

/** What may be looked at as often as one likes. */
export interface Sequential {
  readonly interval: Interval;
  /** Below 0.05 where the interval excludes 0. */
  readonly pValue: number;
}

/** As many customers as with values alike, the rest with 0, would have the same sums: a count where values are 0 and 1. @see Kish (1965) */
const effectiveValues = ({ y, yy }: Moments): number => (yy > 0 ? (y * y) / yy : 0);

/**
 * 95% confidence sequence of the difference of two means: with 95% probability the truth lies in it at all looks at once.
 * With N customers and v_A / n_A + v_B / n_B the squared standard error, s^2 = N (v_A / n_A + v_B / n_B),
 *
 *   half-width = sqrt( s^2  2 (N rho^2 + 1) / (N^2 rho^2)  ln( sqrt(N rho^2 + 1) / alpha ) )
 *
 * It is exact for many customers only. Of few, where few of them buy and sizes of orders differ widely, it excluded 0 in up to 34% of
 * A/A tests: on a side where no large order has come yet mean and variance are small together. So no variance is taken to be
 * below that of both sides together, and there is no interval for fewer than 100 customers or 10 values on a side. So measured at
 * every customer up to 40,000, with 1% to 100% buyers, lognormal orders of sigma 0 to 1.5 and 5% to 50% of the customers on
 * a side, it excluded 0 in at most 3% (test/engine/experiments/always-valid.test.ts holds some of these).
 * @param treated, control As compared, adjusted or not. @param sums Theirs, as they are.
 * @see Waudby-Smith, Arbour, Sinha, Kennedy & Ramdas (2024), Time-uniform central limit theory and asymptotic confidence
 * sequences, theorem 2.2, in the form for differences that GrowthBook uses
 */
export function sequentialDifference(
  treated: Sample,
  control: Sample,
  sums: readonly [Moments, Moments],
): Sequential | null {
  const [n, m] = [treated.customers, control.customers];
  if (Math.min(n, m) < FEWEST_CUSTOMERS || Math.min(...sums.map(effectiveValues)) < FEWEST_VALUES) return null;
  const total = n + m;
  const pooled = (n * treated.variance + m * control.variance) / total;
  const squaredError = Math.max(treated.variance, pooled) / n + Math.max(control.variance, pooled) / m;
  if (!(squaredError > 0)) return null;
  const growth = total * RHO_SQUARE + 1;
  const scale = (2 * squaredError * growth) / (total * RHO_SQUARE);
  const value = treated.mean - control.mean;
  const halfWidth = Math.sqrt(scale * Math.log(Math.sqrt(growth) / ALPHA));
  return {
    interval: { low: value - halfWidth, high: value + halfWidth },
    pValue: Math.min(1, Math.sqrt(growth) * Math.exp(-(value ** 2) / scale)),
  };
}
