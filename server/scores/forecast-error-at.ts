import { HORIZON_MONTHS, type Horizon } from '../domain/period.ts';
import type { HorizonError } from '../engine/analytics/backtest/backtest.ts';
import type { Coverage } from '../engine/analytics/backtest/coverage-by-horizon.ts';
import { weeksOfMonths } from '../engine/models/clv.ts';
import type { RunRow } from './data/runs.ts';

const HORIZON_WEEKS = Object.values(HORIZON_MONTHS).map(weeksOfMonths);

/** What a run knows of the error of its values at any horizon. */
export interface ErrorAt {
  /** Factor that values are multiplied by. */
  readonly level: number;
  readonly deviation: number;
}

/** Between the horizons of a run, in proportion to the time; beyond them as at the nearest. */
export function errorAtWeeks({ errors }: Pick<RunRow, 'errors'>, weeks: number): ErrorAt {
  if (errors === null) return { level: 1, deviation: 0 };
  const later = HORIZON_WEEKS.findIndex((each) => each >= weeks);
  const to = later < 0 ? HORIZON_WEEKS.length - 1 : later;
  const from = later < 0 ? to : Math.max(0, to - 1);
  const span = HORIZON_WEEKS[to]! - HORIZON_WEEKS[from]!;
  const part = span === 0 ? 0 : (weeks - HORIZON_WEEKS[from]!) / span;
  const between = (of: (error: HorizonError) => number) =>
    of(errors[from]!) + part * (of(errors[to]!) - of(errors[from]!));
  return {
    level: between(({ shift, season }) => Math.exp(shift) * season),
    deviation: between(({ deviation }) => deviation),
  };
}

/** Share of the customers whose outcome lay within their interval, at the measured horizon nearest in length; null where none was. */
export function customersHeld(coverage: readonly Coverage[] | null, horizon: Horizon): number | null {
  const weeks = weeksOfMonths(HORIZON_MONTHS[horizon]);
  const distance = (each: Coverage) => Math.abs(Math.log(each.weeks / weeks));
  const [nearest] = (coverage ?? []).toSorted((a, b) => distance(a) - distance(b));
  return nearest === undefined ? null : nearest.customers.held / nearest.customers.count;
}
