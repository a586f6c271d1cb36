import {
  areaUnderCurve,
  brierScore,
  type CalibrationBin,
  type Column,
  calibrationByDecile,
  expectedCalibrationError,
  lnRatio,
  mean,
  meanAbsoluteError,
  normalisedGini,
  rootMeanSquareError,
  sum,
  topShare,
  totalBias,
} from '../accuracy.ts';
import type { Forecast } from './forecast.ts';
import type { Snapshot } from './snapshot.ts';

export interface Totals {
  readonly predicted: number;
  readonly actual: number;
  /** predicted/actual - 1; null where nothing was bought. */
  readonly bias: number | null;
  /** ln(actual/predicted); null unless both are positive. */
  readonly lnRatio: number | null;
}

/** How one forecast of one origin came out, over the customers known then; null where a figure has no meaning. */
export interface ModelAccuracy {
  /** Known at the origin. */
  readonly customers: number;
  /** Order days in the horizon. */
  readonly orders: Totals;
  readonly value: Totals;
  /** Of the orders per customer. */
  readonly meanAbsoluteError: number | null;
  readonly rootMeanSquareError: number | null;
  /** Mean ranked probability score of the orders per customer, lower is better. */
  readonly crps: number | null;
  /** Of the probability of any order. */
  readonly brier: number | null;
  /** Of the probability of any order; of the expected order days where there is none. */
  readonly areaUnderCurve: number | null;
  readonly expectedCalibrationError: number | null;
  /** Probability of any order against the share of customers who ordered. */
  readonly anyOrderCalibration: readonly CalibrationBin[];
  /** Expected against actual orders. */
  readonly ordersCalibration: readonly CalibrationBin[];
  /** Of the value by customer, at most 1. */
  readonly normalisedGini: number | null;
  /** Share of the actual value that the predicted top tenth of the customers brought. */
  readonly topDecileShare: number | null;
}

function totals(predicted: Column, actual: Column): Totals {
  const [p, a] = [sum(predicted), sum(actual)];
  return { predicted: p, actual: a, bias: totalBias(p, a), lnRatio: lnRatio(p, a) };
}

/** Of the shortest horizon. */
export function figuresOf({ anyOrder, score, ...expected }: Forecast, { outcomes }: Snapshot): ModelAccuracy {
  const { orders, value } = outcomes[0]!;
  const [expectedOrderDays, expectedValue] = [expected.expectedOrderDays[0]!, expected.expectedValue[0]!];
  const happened = orders.map((n) => (n > 0 ? 1 : 0));
  const anyOrderCalibration = anyOrder === null ? [] : calibrationByDecile(anyOrder, happened);
  return {
    customers: orders.length,
    orders: totals(expectedOrderDays, orders),
    value: totals(expectedValue, value),
    meanAbsoluteError: meanAbsoluteError(expectedOrderDays, orders),
    rootMeanSquareError: rootMeanSquareError(expectedOrderDays, orders),
    crps: mean(score),
    brier: anyOrder === null ? null : brierScore(anyOrder, happened),
    areaUnderCurve: areaUnderCurve(anyOrder ?? expectedOrderDays, happened),
    expectedCalibrationError: expectedCalibrationError(anyOrderCalibration),
    anyOrderCalibration,
    ordersCalibration: calibrationByDecile(expectedOrderDays, orders),
    normalisedGini: normalisedGini(expectedValue, value),
    topDecileShare: topShare(expectedValue, value, 0.1),
  };
}
