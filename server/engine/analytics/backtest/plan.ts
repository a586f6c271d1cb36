import { counted } from '../../../domain/counted.ts';
import { DAYS_PER_WEEK } from '../../models/clv.ts';

/** The days at whose end the models are asked to predict, and how far. */
export interface OriginPlan {
  /** Day numbers, oldest first; the last one's horizon ends on the last observed day. */
  readonly origins: readonly number[];
  readonly horizonWeeks: number;
}

/** Why there is nothing to measure. */
export interface NoPlan {
  readonly origins: null;
  readonly reason: string;
}

const MIN_ORIGINS = 3;
const MAX_ORIGINS = 5;
const MIN_HORIZON_WEEKS = 4;
const MAX_HORIZON_WEEKS = 52;

/**
 * The horizon is a quarter of the time observed, 4 to 52 whole weeks; origins step back from the latest possible by half a
 * horizon while a third of that time lies before them.
 * @param firstDay of the first purchase of all.
 * @param end the last observed day.
 */
export function planOrigins(firstDay: number, end: number): OriginPlan | NoPlan {
  const span = end - firstDay;
  const horizonWeeks = Math.min(MAX_HORIZON_WEEKS, Math.max(MIN_HORIZON_WEEKS, Math.floor(span / 4 / DAYS_PER_WEEK)));
  const horizonDays = horizonWeeks * DAYS_PER_WEEK;
  const origins: number[] = [];
  for (let steps = 0; steps < MAX_ORIGINS; steps++) {
    const origin = end - horizonDays - Math.floor((steps * horizonDays) / 2);
    if (3 * (origin - firstDay) < span) break;
    origins.unshift(origin);
  }
  if (origins.length >= MIN_ORIGINS) return { origins, horizonWeeks };
  const weeks = Math.max(0, Math.floor(span / DAYS_PER_WEEK));
  return {
    origins: null,
    reason: `${counted(weeks, 'week')} of orders: ${origins.length} of the ${MIN_ORIGINS} backtests of ${counted(horizonWeeks, 'week')} that are needed fit in; about 12 weeks are enough`,
  };
}
