import { counted } from '../../../domain/counted.ts';
import { HORIZON_MONTHS } from '../../../domain/period.ts';
import { DAYS_PER_WEEK, weeksOfMonths } from '../../models/clv.ts';

/** A day at whose end the models are asked to predict, and the horizons that the history can show after it. */
export interface PlannedOrigin {
  /** Day number. */
  readonly origin: number;
  /** Horizons in weeks, ascending; the first one is that of all origins. */
  readonly weeks: readonly number[];
}

export interface OriginPlan {
  /** Oldest first; the shortest horizon of the last one ends on the last observed day. */
  readonly origins: readonly PlannedOrigin[];
  /** The shortest horizon. */
  readonly horizonWeeks: number;
}

/** Why there is nothing to measure. */
export interface NoPlan {
  readonly origins: null;
  readonly reason: string;
}

const QUARTER = weeksOfMonths(3);
/** From here on there are three quarters to predict, each from 12 weeks or more. */
const LONG_HISTORY_DAYS = 364;
const FIRST_HISTORY_DAYS = 84;
/** The latest three years. */
const MAX_QUARTERS = 12;

const MIN_ORIGINS = 3;
const MAX_SHORT_ORIGINS = 5;
const MIN_HORIZON_WEEKS = 4;

/**
 * From a year of orders on, an origin lies at each of the latest quarters' ends, with at least 12 weeks before it, and has all
 * horizons of a run that fit in. Before, the shortest horizon is a quarter of the time observed, at least 4 weeks; origins
 * step back by half of it while a third of that time lies before them; the earliest has the longest horizon that there is.
 * @param firstDay of the first purchase of all.
 * @param end the last observed day.
 */
export function planOrigins(firstDay: number, end: number): OriginPlan | NoPlan {
  return end - firstDay >= LONG_HISTORY_DAYS ? byQuarter(firstDay, end) : shortPlan(firstDay, end);
}

const daysOf = (weeks: number) => Math.floor(weeks * DAYS_PER_WEEK);

function byQuarter(firstDay: number, end: number): OriginPlan {
  const horizons = Object.values(HORIZON_MONTHS).map(weeksOfMonths);
  const origins: PlannedOrigin[] = [];
  for (let quarters = 1; quarters <= MAX_QUARTERS; quarters++) {
    const origin = end - daysOf(quarters * QUARTER);
    if (origin - firstDay < FIRST_HISTORY_DAYS) break;
    origins.unshift({ origin, weeks: horizons.filter((weeks) => origin + daysOf(weeks) <= end) });
  }
  return { origins, horizonWeeks: QUARTER };
}

function shortPlan(firstDay: number, end: number): OriginPlan | NoPlan {
  const span = end - firstDay;
  const horizonWeeks = Math.max(MIN_HORIZON_WEEKS, Math.floor(span / 4 / DAYS_PER_WEEK));
  const origins: PlannedOrigin[] = [];
  for (let steps = 0; steps < MAX_SHORT_ORIGINS; steps++) {
    const origin = end - daysOf(horizonWeeks * (1 + steps / 2));
    if (3 * (origin - firstDay) < span) break;
    origins.unshift({ origin, weeks: [horizonWeeks] });
  }
  const [earliest, ...rest] = origins;
  if (earliest !== undefined && origins.length >= MIN_ORIGINS) {
    const longest = (end - earliest.origin) / DAYS_PER_WEEK;
    return { origins: [{ ...earliest, weeks: [horizonWeeks, longest] }, ...rest], horizonWeeks };
  }
  const weeks = Math.max(0, Math.floor(span / DAYS_PER_WEEK));
  return {
    origins: null,
    reason: `${counted(weeks, 'week')} of orders: ${origins.length} of the ${MIN_ORIGINS} backtests of ${counted(horizonWeeks, 'week')} that are needed fit in; about 12 weeks are enough`,
  };
}
