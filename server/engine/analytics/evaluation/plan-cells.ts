import { HORIZON_MONTHS } from '../../../domain/period.ts';
import { DAYS_PER_WEEK, weeksOfMonths } from '../../models/clv.ts';

/** A day at whose end a forecast is made, and the horizons that the history can show afterwards. */
export interface PlannedOrigin {
  /** Whole days since 1970-01-01. */
  readonly origin: number;
  /** Of {@link HORIZON_MONTHS}. */
  readonly months: readonly number[];
}

/** About 12 weeks are enough for a backtest. */
const FIRST_HISTORY_DAYS = 84;
/** The shortest horizon: its windows do not overlap. */
const STEP_MONTHS = 3;
/** The latest five years. */
const MOST_ORIGINS = 20;

export const daysOf = (months: number) => weeksOfMonths(months) * DAYS_PER_WEEK;

/**
 * The first origin comes 12 weeks after the first order, the next ones three months apart, each with every horizon that a run
 * publishes and that ends by the last day. The days are counted from the first order, so that later orders add origins and
 * move none. Windows of 3 months do not overlap, longer ones do: with as little history as most shops have, the alternative is
 * to see a year once.
 */
export function planCells(firstDay: number, lastDay: number): PlannedOrigin[] {
  const origins: PlannedOrigin[] = [];
  for (let step = 0; ; step++) {
    const origin = firstDay + FIRST_HISTORY_DAYS + Math.floor(step * daysOf(STEP_MONTHS));
    const months = Object.values(HORIZON_MONTHS).filter((each) => origin + Math.floor(daysOf(each)) <= lastDay);
    if (months.length === 0) return origins.slice(-MOST_ORIGINS);
    origins.push({ origin, months });
  }
}
