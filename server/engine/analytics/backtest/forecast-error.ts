import { weeksOfMonths } from '../../models/clv.ts';

const YEAR = weeksOfMonths(12);

/** How far a total of one origin and horizon came from its forecast, and how far it could come by chance. */
export interface Miss {
  /** Day number. */
  readonly origin: number;
  /** Length of the horizon. */
  readonly weeks: number;
  /** ln(actual/predicted) of the total value; null where one of them is not positive. */
  readonly lnRatio: number | null;
  /** Variance of ln(total) that the parameters' and the customers' own chances explain, >= 0. */
  readonly explainedVariance: number;
}

/** What is known of the error of forecasts for a horizon. */
export interface ForecastError {
  /** ln of the factor by which forecasts are raised. */
  readonly shift: number;
  /** Standard deviation of ln(actual/predicted) beyond what chance explains, > 0. */
  readonly deviation: number;
  /** Horizon in weeks that it was measured at; null where nothing was measured. */
  readonly measuredWeeks: number | null;
  /** Origins that it was measured at. */
  readonly origins: number;
}

/** Of a year: where nothing is known, and as two more origins beside those that were measured. */
const USUAL_DEVIATION = 0.2;
const USUAL_ORIGINS = 2;
/** Where less than two years were seen, nobody knows how one year differs from the next. */
const LOWEST_DEVIATION = 0.3;
const TWO_YEARS = 2 * YEAR;
/** A total of more than seven times the forecast, or under a seventh, counts as that much. */
const FURTHEST = 2;
/** A factor e either way: wider intervals are of no use. */
const LARGEST_DEVIATION = 1;
/** The oldest misses count least. */
const HALF_LIFE_WEEKS = 2 * YEAR;
/** Half of a lasting miss is made up for: the other half may turn. */
const SHIFTED_SHARE = 0.5;

/**
 * The error of forecasts for a horizon, from the misses of the horizon nearest in length. A miss weighs as much as it is young,
 * and less around the level where chance explains much of it:
 *
 *   usual     = .2^2 (1 + years)/2
 *   weight    = age (usual/(usual + explained))^2,  n = their sum, times the share of the horizons that do not overlap
 *   variance  = (2 usual + n mean of (square - explained)) / (2 + n)
 *   shift     = half of the mean by age alone, times 1 - variance/(n mean^2): what is left of it after its own uncertainty
 *   deviation = root of the variance around the shift, times the root of the ratio of the lengths
 *
 * Two origins of the usual deviation stand in for what few origins cannot show; a Student factor on top made intervals hold 93%
 * where 80% were promised (docs/decisions.md).
 * @param misses of the published kind of forecast. @param weeks > 0. @param weeksSeen between the first order and the last day.
 */
export function errorAt(misses: readonly Miss[], weeks: number, weeksSeen: number): ForecastError {
  const floor = weeksSeen < TWO_YEARS ? LOWEST_DEVIATION * Math.sqrt(weeks / YEAR) : 0;
  const bounded = (deviation: number) => Math.min(LARGEST_DEVIATION, Math.max(floor, deviation));
  const measured = nearest(
    misses.filter(({ lnRatio }) => lnRatio !== null),
    weeks,
  );
  const latest = measured.at(-1);
  if (latest === undefined)
    return { shift: 0, deviation: bounded(Math.sqrt(usualVariance(weeks))), measuredWeeks: null, origins: 0 };

  const length = latest.weeks;
  const usual = usualVariance(length);
  const ages = measured.map(({ origin }) => 2 ** ((origin - latest.origin) / 7 / HALF_LIFE_WEEKS));
  const weights = measured.map(({ explainedVariance }, i) => ages[i]! * (usual / (usual + explainedVariance)) ** 2);
  const span = (latest.origin - measured[0]!.origin) / 7 + length;
  const apart = Math.min(1, span / length / measured.length);
  const varianceAround = (center: number) => {
    const n = apart * sum(weights);
    const excess = weightedMean(
      ({ lnRatio, explainedVariance }) => Math.min((lnRatio! - center) ** 2, FURTHEST ** 2) - explainedVariance,
      measured,
      weights,
    );
    return (USUAL_ORIGINS * usual + n * Math.max(0, excess)) / (USUAL_ORIGINS + n);
  };
  const average = weightedMean(({ lnRatio }) => lnRatio!, measured, ages);
  const certain = 1 - varianceAround(0) / Math.max(1, apart * sum(ages)) / average ** 2;
  const shift = certain > 0 ? SHIFTED_SHARE * average * certain : 0;
  return {
    shift,
    deviation: bounded(Math.sqrt((varianceAround(shift) * weeks) / length)),
    measuredWeeks: length,
    origins: measured.length,
  };
}

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);

const weightedMean = (of: (miss: Miss) => number, misses: readonly Miss[], weights: readonly number[]) =>
  sum(misses.map((miss, i) => weights[i]! * of(miss))) / sum(weights);

/** Half of it is there on the first day, as models know the mean of the past and not the level of today; the rest grows with time. */
const usualVariance = (weeks: number) => (USUAL_DEVIATION ** 2 * (1 + weeks / YEAR)) / 2;

/** The misses of the horizon that is nearest by ratio, the shorter one of two, oldest first. */
function nearest(misses: readonly Miss[], weeks: number): Miss[] {
  const distance = (length: number) => Math.abs(Math.log(length / weeks));
  const lengths = misses.map((miss) => miss.weeks).toSorted((a, b) => distance(a) - distance(b) || a - b);
  return misses.filter((miss) => miss.weeks === lengths[0]).toSorted((a, b) => a.origin - b.origin);
}
