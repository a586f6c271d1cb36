import { studentQuantile, studentTwoSided } from '../numerics/student-t.ts';
import type { Sample } from './moments.ts';
import type { Lift } from './result-types.ts';
import type { Estimate } from './types.ts';

/** A lift before it is corrected for the others made along with it. */
export type Difference = Pick<Lift, 'absolute' | 'relative' | 'pValue'>;

/** Customers who did, of all. */
export interface Share {
  readonly count: number;
  readonly customers: number;
}

/** A mean that a test is made of, and the square of its standard error. */
interface Measured {
  readonly mean: number;
  readonly squaredError: number;
}

/** Fewer on either side of a share, and its normal approximation excludes the truth too often. */
export const FEW = 10;

/** Whether one of these shares is too near to 0 or 1, in customers, to be taken as it is. */
export const isThin = (shares: readonly Share[]): boolean =>
  shares.some(({ count, customers }) => Math.min(count, customers - count) < FEW);

/**
 * The difference of two shares by the unpooled z statistic. Where one of the four counts is under 10, one customer
 * with and one without the outcome are added to each side first, for test and interval only. From 10 on that would move the ends
 * of the interval by a tenth of its width at most.
 * @see Agresti & Caffo (2000), Simple and effective confidence intervals for proportions and differences of proportions
 */
export function shareDifference(treated: Share, control: Share): Difference {
  const added = isThin([treated, control]) ? 1 : 0;
  const measured = ({ count, customers }: Share): Measured => {
    const mean = (count + added) / (customers + 2 * added);
    return { mean, squaredError: (mean * (1 - mean)) / (customers + 2 * added) };
  };
  const [treatedShare, controlShare] = [treated.count / treated.customers, control.count / control.customers];
  const { absolute, relative, pValue } = compare(measured(treated), measured(control), Number.POSITIVE_INFINITY);
  const { low, high } = absolute.interval;
  return {
    absolute: { value: treatedShare - controlShare, interval: { low: Math.max(-1, low), high: Math.min(1, high) } },
    relative: relative && {
      value: treatedShare / controlShare - 1,
      interval: { low: Math.max(-1, relative.interval.low), high: relative.interval.high },
    },
    pValue,
  };
}

/**
 * The difference of two means by Welch's t statistic.
 * @returns null with fewer than two customers on a side, and where none differs from another on either: then nothing shows how
 * sure the difference is.
 * @see Welch (1938); Satterthwaite (1946) for the degrees of freedom
 */
export function meanDifference(treated: Sample, control: Sample): Difference | null {
  const measured = ({ customers, mean, variance }: Sample): Measured => ({ mean, squaredError: variance / customers });
  const [a, b] = [measured(treated), measured(control)];
  const squaredError = a.squaredError + b.squaredError;
  if (!(squaredError > 0)) return null;
  const degrees =
    squaredError ** 2 / (a.squaredError ** 2 / (treated.customers - 1) + b.squaredError ** 2 / (control.customers - 1));
  return compare(a, b, degrees);
}

function compare(treated: Measured, control: Measured, degrees: number): Difference {
  const value = treated.mean - control.mean;
  const error = Math.sqrt(treated.squaredError + control.squaredError);
  const critical = -studentQuantile(0.025, degrees);
  return {
    absolute: { value, interval: { low: value - critical * error, high: value + critical * error } },
    relative: relativeDifference(treated, control, critical),
    pValue: studentTwoSided(value / error, degrees),
  };
}

/**
 * treated / control - 1, with the interval of all ratios r for which treated - r control may be 0. It includes 0 exactly where
 * the interval of the difference does.
 * @returns null where the control group's mean is not above 0, or its own interval includes 0: the ratios that fit are then
 * unbounded, and the quotient of the two means has no meaning.
 * @see Fieller (1954), Some problems in interval estimation; Franz (2007), Ratios: a short guide to confidence limits and proper use
 */
function relativeDifference(treated: Measured, control: Measured, critical: number): Estimate | null {
  const scale = control.mean ** 2 - critical ** 2 * control.squaredError;
  if (!(control.mean > 0 && scale > 0)) return null;
  const middle = treated.mean * control.mean;
  const root = critical * Math.sqrt(treated.squaredError * scale + treated.mean ** 2 * control.squaredError);
  return {
    value: treated.mean / control.mean - 1,
    interval: { low: (middle - root) / scale - 1, high: (middle + root) / scale - 1 },
  };
}
