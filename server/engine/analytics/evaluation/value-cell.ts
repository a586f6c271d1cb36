import { weeksOfMonths } from '../../models/clv.ts';
import { groupInterval, spreadParts } from '../../models/group-interval.ts';
import {
  areaUnderCurve,
  type CalibrationBin,
  type Column,
  calibrationByDecile,
  lnRatio,
  meanAbsoluteError,
  rootMeanSquareError,
  sum,
  topShare,
  totalBias,
} from '../accuracy.ts';
import { ownRate } from '../backtest/forecast.ts';
import { plainCoverage } from '../coverage.ts';
import { type Holdout, historyAt, holdout, type OrderDays } from '../order-days.ts';
import { type GroupsHeld, groupsHeld } from './groups-held.ts';
import type { HorizonForecast } from './horizon-forecast.ts';
import { type Booking, bookedBetween, UNITS } from './order-book.ts';
import { daysOf } from './plan-cells.ts';

/** A customer as known at an origin, and as known in the end: null where nothing that counts was left of the orders. */
export interface Outcome {
  readonly known: OrderDays;
  readonly outcome: OrderDays | null;
  /** Those of no known order. */
  readonly refunds: readonly Booking[];
}

/** A forecast of revenue from one day for one horizon, against what came; null where a figure has no meaning. */
export interface ValueFigures extends GroupsHeld {
  readonly months: number;
  /** Who had an order day by the origin. */
  readonly customers: number;
  /** Revenue of them all in the horizon. */
  readonly actual: number;
  readonly predicted: number;
  readonly p10: number;
  readonly p90: number;
  /** Whether the total came to lie in [p10, p90]. */
  readonly held: boolean;
  /** Share of the customers whose revenue came to lie in their own [p10, p90]. */
  readonly customersHeld: number;
  /** predicted/actual - 1. */
  readonly bias: number | null;
  /** ln(actual/predicted). */
  readonly logMiss: number | null;
  /** Of the revenue by customer. */
  readonly valueMae: number;
  readonly valueRmse: number;
  /** Of the expected order days as a score of who orders at all. */
  readonly areaUnderCurve: number | null;
  /** Share of the revenue that the foretold top tenth of the customers brought. */
  readonly topDecileShare: number | null;
  /** Customers in ten classes by what was foretold of them. */
  readonly calibration: readonly CalibrationBin[];
  /** The same of everybody going on at their own rate and mean, less the same share of refunds. */
  readonly baselinePredicted: number;
  readonly baselineMae: number;
  readonly baselineRmse: number;
  readonly baselineTopDecileShare: number | null;
}

/** What came where nothing was foretold. */
export type UnforetoldFigures = Pick<ValueFigures, 'months' | 'customers' | 'actual'> & {
  readonly [Name in Exclude<keyof ValueFigures, 'months' | 'customers' | 'actual'>]: null;
};

const NOTHING: Holdout = { orders: 0, value: 0 };

/** What a customer bought in the whole days of (origin, origin + months], less what went back in them. */
export function after({ outcome, refunds }: Outcome, origin: number, months: number): Holdout {
  const { orders, value } = outcome === null ? NOTHING : holdout(outcome, origin, daysOf(months));
  return { orders, value: value - bookedBetween(refunds, origin, origin + daysOf(months)) / UNITS };
}

/** @param customers at least one, in the order of the forecast. */
export function valueFigures(
  customers: readonly Outcome[],
  origin: number,
  months: number,
  forecast: HorizonForecast,
): ValueFigures {
  const outcomes = customers.map((customer) => after(customer, origin, months));
  const actual = Float64Array.from(outcomes, ({ value }) => value);
  const value = Float64Array.from(forecast.value);
  const histories = customers.map(({ known }) => historyAt(known, origin)!);
  const baseline = Float64Array.from(
    histories,
    (history) => (1 - forecast.unassignedRefundRate) * ownRate(history, weeksOfMonths(months)) * history.m,
  );
  const happened = Float64Array.from(outcomes, ({ orders }) => (orders > 0 ? 1 : 0));
  const [total, predicted] = [sum(actual), sum(value)];
  const { p10, p90 } = groupInterval(spreadParts(value, forecast.variance), forecast.sharedDeviation);
  const held = (i: number) => plainCoverage({ p10: forecast.p10[i]!, p90: forecast.p90[i]! }, actual[i]!);
  return {
    months,
    customers: customers.length,
    actual: total,
    ...{ predicted, p10, p90 },
    held: plainCoverage({ p10, p90 }, total) === 1,
    customersHeld: sum(actual.map((_, i) => held(i))) / customers.length,
    ...groupsHeld(histories, forecast, actual),
    bias: totalBias(predicted, total),
    logMiss: lnRatio(predicted, total),
    ...errors(value, actual),
    areaUnderCurve: areaUnderCurve(Float64Array.from(forecast.orderDays), happened),
    calibration: calibrationByDecile(value, actual),
    baselinePredicted: sum(baseline),
    ...baselineErrors(errors(baseline, actual)),
  };
}

/** @param customers at least one. */
export const unforetoldFigures = (
  customers: readonly Outcome[],
  origin: number,
  months: number,
): UnforetoldFigures => ({
  months,
  customers: customers.length,
  actual: customers.reduce((total, customer) => total + after(customer, origin, months).value, 0),
  ...{
    predicted: null,
    p10: null,
    p90: null,
    held: null,
    customersHeld: null,
    groups: null,
    groupsHeld: null,
    bias: null,
    logMiss: null,
  },
  ...{ valueMae: null, valueRmse: null, areaUnderCurve: null, topDecileShare: null, calibration: null },
  ...{ baselinePredicted: null, baselineMae: null, baselineRmse: null, baselineTopDecileShare: null },
});

const errors = (predicted: Column, actual: Column) => ({
  valueMae: meanAbsoluteError(predicted, actual)!,
  valueRmse: rootMeanSquareError(predicted, actual)!,
  topDecileShare: topShare(predicted, actual, 0.1),
});

const baselineErrors = ({ valueMae, valueRmse, topDecileShare }: ReturnType<typeof errors>) => ({
  baselineMae: valueMae,
  baselineRmse: valueRmse,
  baselineTopDecileShare: topDecileShare,
});
