/** How far totals stray from their forecasts where no backtest has measured it: 15%, as on CDNOW. */
export const DEFAULT_DRIFT = 0.15;

/** A total of more than seven times the forecast, or under a seventh, counts as that much. */
const FURTHEST = 2;
/** A factor e either way: wider intervals are of no use. */
const LARGEST_DRIFT = 1;

/** How far a total was off, and how far it could be by chance. */
export interface Miss {
  /** ln(actual/predicted) of the total value; null where one of them is not positive. */
  readonly lnRatio: number | null;
  /** Variance of ln(total) that the parameters' and the customers' own chances explain, >= 0. */
  readonly explainedVariance: number;
}

/**
 * 90% points of Student's distribution over that of the normal one, for 2 to 6 degrees of freedom: a deviation measured on so
 * few origins is itself uncertain, and a normal interval that ignored it would hold too seldom.
 */
const STUDENT = [1.4714, 1.278, 1.1963, 1.1517, 1.1234];

/**
 * The standard deviation of a normal ln(actual/predicted) that makes 80% intervals cover 80%, over what chance
 * explains. From mean squares, not variances: a model that is always low strays too. The default counts as one more origin,
 * and is the answer where there is none.
 * @param misses one for each backtest, at most 5 of them.
 * @returns in (0, 1].
 */
export function driftOf(misses: readonly Miss[]): number {
  const measured = misses.filter(({ lnRatio }) => lnRatio !== null);
  if (measured.length === 0) return DEFAULT_DRIFT;
  const excess = measured.reduce(
    (sum, { lnRatio, explainedVariance }) => sum + Math.min(lnRatio! ** 2, FURTHEST ** 2) - explainedVariance,
    0,
  );
  const variance = (DEFAULT_DRIFT ** 2 + Math.max(0, excess)) / (1 + measured.length);
  return Math.min(LARGEST_DRIFT, STUDENT[measured.length - 1]! * Math.sqrt(variance));
}
