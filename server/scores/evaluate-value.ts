import { inWorker } from '../compute/pool.ts';
import { dayOfNumber } from '../domain/day.ts';
import { DomainError } from '../domain/errors.ts';
import { MODEL_NAME, type ModelKey } from '../domain/models.ts';
import { HORIZON_MONTHS } from '../domain/period.ts';
import { refundRate } from '../domain/rates/margin.ts';
import { bookedBetween, type CustomerBook, orderDaysAt, UNITS } from '../engine/analytics/evaluation/order-book.ts';
import { type PlannedOrigin, planCells } from '../engine/analytics/evaluation/plan-cells.ts';
import {
  after,
  type Outcome,
  type UnforetoldFigures,
  unforetoldFigures,
  type ValueFigures,
  valueFigures,
} from '../engine/analytics/evaluation/value-cell.ts';
import { compareOrderDays, historyAt } from '../engine/analytics/order-days.ts';
import { noForecastReason } from '../engine/models/robust-fit.ts';

/** One forecast, as the analysis would have published it on a day, against what came. */
export interface ForetoldCell extends ValueFigures {
  /** The last day that the analysis knew. */
  readonly asOf: string;
  /** As people read them. */
  readonly model: string;
  readonly spendModel: string;
  readonly modelReason: string;
  /** Why a pooled figure stands in for a model; null where none does. */
  readonly fallbackReason: string | null;
  /** Weight of own rates and means in the value, 0 to 1. */
  readonly ownShare: number;
  /** Factor by which earlier misses raised the value. */
  readonly level: number;
  /** Factor of the season. */
  readonly season: number;
  /** Standard deviation of ln(actual/predicted) that the interval was widened by. */
  readonly deviation: number;
  /** Share of revenue up to then that went back in refunds of no known order, in [0, 1]: the forecast is lowered by it. */
  readonly unassignedRefundRate: number;
  readonly noValueReason: null;
}

/** A day on which the analysis would have published no values. */
export interface UnforetoldCell extends UnforetoldFigures {
  readonly asOf: string;
  readonly noValueReason: string;
}

export type ValueCell = ForetoldCell | UnforetoldCell;

export const isForetold = (cell: ValueCell): cell is ForetoldCell => cell.noValueReason === null;

export interface ValueSummary {
  /** Forecasts of a total. */
  readonly totals: number;
  /** How many of them came to lie in their 80% interval. */
  readonly totalsHeld: number;
  /** Share of the customers of all cells whose revenue came to lie in their own 80% interval; null without a forecast. */
  readonly customersHeld: number | null;
  /** Groups of all cells, and how many of their totals came to lie in their 80% interval. */
  readonly groups: number;
  readonly groupsHeld: number;
  /** Mean of |ln(actual/predicted)| over the totals; null where none is known. */
  readonly meanAbsLogMiss: number | null;
  /** Cells in which the error per customer is at most the baseline's. */
  readonly beatBaseline: number;
}

export interface ValueEvaluation {
  /** Earliest day first, then shortest horizon. */
  readonly cells: readonly ValueCell[];
  readonly summary: ValueSummary;
}

/**
 * Measures what an analysis would have published on several earlier days, from what was known then, against what came.
 * @param customers their orders, in any order. @param lastDay of orders and refunds.
 * @throws DomainError SHORT_HISTORY where no horizon fits in.
 */
export async function evaluateValue(
  customers: readonly CustomerBook[],
  lastDay: number,
  onDone: (asOf: string) => void = () => {},
): Promise<ValueEvaluation> {
  const firstDay = customers.reduce(
    (first, { orders }) => orders.reduce((min, { day }) => Math.min(min, day), first),
    lastDay,
  );
  const plan = planCells(firstDay, lastDay);
  if (plan.length === 0)
    throw new DomainError(
      'SHORT_HISTORY',
      `${lastDay - firstDay} days of orders: expected at least 175, 12 weeks to learn from and 3 months to be judged by`,
      ['data'],
    );
  const cells = await Promise.all(
    plan.map(async (origin) => {
      const found = await cellsAt(customers, lastDay, origin);
      onDone(dayOfNumber(origin.origin));
      return found;
    }),
  );
  return { cells: cells.flat(), summary: summaryOf(cells.flat().filter(isForetold)) };
}

async function cellsAt(
  customers: readonly CustomerBook[],
  lastDay: number,
  { origin, months }: PlannedOrigin,
): Promise<ValueCell[]> {
  const known = customers
    .flatMap(({ orders, refunds }): Outcome[] => {
      const seen = orderDaysAt(orders, origin);
      return seen === null ? [] : [{ known: seen, outcome: orderDaysAt(orders, lastDay), refunds }];
    })
    .sort((a, b) => compareOrderDays(a.known, b.known) || compareOutcomes(a, b));
  if (known.length === 0) return [];

  /** Sums of those who are known alike must not depend on their order either. */
  function compareOutcomes(a: Outcome, b: Outcome): number {
    const differences = months.map((each) => after(a, origin, each).value - after(b, origin, each).value);
    return differences.find((difference) => difference !== 0) ?? 0;
  }

  const histories = known.map((customer) => ({ ...historyAt(customer.known, origin)!, count: 1 }));
  const noValueReason = noForecastReason(histories);
  if (noValueReason !== null)
    return months.map((each) => ({
      asOf: dayOfNumber(origin),
      noValueReason,
      ...unforetoldFigures(known, origin, each),
    }));

  const refunded = known.reduce((sum, { refunds }) => sum + bookedBetween(refunds, -Infinity, origin), 0) / UNITS;
  const revenue = known.reduce((sum, { known: { values } }) => sum + Array.from(values).reduce((a, b) => a + b, 0), 0);
  const unassignedRefundRate = refundRate(refunded, revenue);
  const forecast = await inWorker(
    'forecastValue',
    known.map((each) => each.known),
    origin,
    unassignedRefundRate,
  );
  const { choice, transactions, spend } = forecast;
  const about = {
    asOf: dayOfNumber(origin),
    model: nameOf(transactions.fit.model),
    spendModel: nameOf(spend.fit.model),
    modelReason: choice.modelReason,
    fallbackReason: transactions.fallbackReason ?? spend.fallbackReason,
    ownShare: choice.ownShare,
    noValueReason,
    unassignedRefundRate,
  };
  const all: readonly number[] = Object.values(HORIZON_MONTHS);
  return months.map((each) => {
    const { shift, season, deviation } = choice.errors[all.indexOf(each)]!;
    const figures = valueFigures(known, origin, each, forecast.horizons[all.indexOf(each)]!);
    return { ...about, level: Math.exp(shift), season, deviation, ...figures };
  });
}

const nameOf = (model: string) => MODEL_NAME[model as ModelKey];

function summaryOf(cells: readonly ForetoldCell[]): ValueSummary {
  const misses = cells.flatMap(({ logMiss }) => (logMiss === null ? [] : [Math.abs(logMiss)]));
  const add = (of: (cell: ForetoldCell) => number) => cells.reduce((sum, cell) => sum + of(cell), 0);
  return {
    totals: cells.length,
    totalsHeld: add(({ held }) => Number(held)),
    customersHeld:
      cells.length === 0
        ? null
        : add(({ customersHeld, customers }) => customersHeld * customers) / add(({ customers }) => customers),
    groups: add(({ groups }) => groups),
    groupsHeld: add(({ groupsHeld }) => groupsHeld),
    meanAbsLogMiss: misses.length === 0 ? null : misses.reduce((sum, miss) => sum + miss, 0) / misses.length,
    beatBaseline: add(({ valueMae, baselineMae }) => Number(valueMae <= baselineMae)),
  };
}
