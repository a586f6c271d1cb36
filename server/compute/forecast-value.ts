import { HORIZON_MONTHS } from '../domain/period.ts';
import { keptShare } from '../domain/rates/margin.ts';
import type { Column } from '../engine/analytics/accuracy.ts';
import { backtest, correctionOf } from '../engine/analytics/backtest/backtest.ts';
import { spendFor } from '../engine/analytics/backtest/fits.ts';
import type { HorizonForecast } from '../engine/analytics/evaluation/horizon-forecast.ts';
import { historyAt, type ObservedHistory, type OrderDays } from '../engine/analytics/order-days.ts';
import { FreeStarts, spendSeen } from '../engine/models/free-start.ts';
import type { RobustFit } from '../engine/models/robust-fit.ts';
import type { History, Spend } from '../engine/models/types.ts';
import { BACKTEST_SAMPLE, chooseModel, type ModelChoice } from './choose-model.ts';
import { fitBase } from './fit-base.ts';
import { Groups } from './groups.ts';
import { packHistories, packSpend } from './packed.ts';
import { sampled } from './sampled.ts';
import { type CustomerColumns, scoreColumns } from './score-columns.ts';

/** What an analysis would publish of the customers' value. */
export interface ValueForecast {
  readonly choice: ModelChoice;
  readonly transactions: RobustFit;
  readonly spend: RobustFit;
  /** By horizon of {@link HORIZON_MONTHS}. */
  readonly horizons: readonly HorizonForecast[];
}

/** Setups that this thread has scored with: each needs a name of its own. */
let setups = 0;

/**
 * The steps of an analysis, from backtest to scores, on order days alone: what it would publish of them, in the order of the
 * customers.
 * @param customers with what was known by the as-of day, in an order that their order days decide.
 * @param asOf the last day that counts as observed, on the scale of the order days.
 * @param unassignedRefundRate share of revenue that goes back in refunds of no known order, in [0, 1].
 */
export function forecastValue(
  customers: readonly OrderDays[],
  asOf: number,
  unassignedRefundRate: number,
): ValueForecast {
  const choice = chooseModel(backtest(sampled(customers, BACKTEST_SAMPLE), asOf), 'auto');
  const settings = {
    // Revenue, undiscounted.
    marginRate: keptShare(1, unassignedRefundRate),
    annualDiscountRate: 0,
    correction: correctionOf(choice.ownShare, choice.errors),
  };
  const deviations = choice.errors.map(({ deviation }) => deviation);
  const histories = customers.map((customer) => historyAt(customer, asOf)!);
  const { transactions, spend, sharedDeviations } = fitBase({ ...choice, ...reduce(histories), settings, deviations });
  const freeStarts = new FreeStarts();
  for (const { all, x, m } of histories) freeStarts.add(all, { x, m });
  const paidShare = freeStarts.paidShare();
  const scores = scoreColumns({
    setup: {
      key: `forecast ${++setups}`,
      now: { transactions: [transactions.fit], spend: spend.fit, settings },
      before: null,
      deviations,
    },
    customers: columnsOf(histories, (history) => spendSeen(history.all, spendFor(spend.fit, history), paidShare)),
    before: null,
  });
  const months = Object.values(HORIZON_MONTHS);
  const { p10, p90, variance } = scores.interval!;
  return {
    choice,
    transactions,
    spend,
    horizons: months.map((_, horizon) => {
      const of = (column: Column) => histories.map((_, i) => column[i * months.length + horizon]!);
      const [orderDays, value] = [of(scores.expectedOrderDays), of(scores.clv)];
      return {
        ...{ orderDays, value, p10: of(p10), p90: of(p90), variance: of(variance) },
        sharedDeviation: sharedDeviations[horizon]!,
        unassignedRefundRate,
      };
    }),
  };
}

type Spent = Pick<Spend, 'x' | 'm'>;

/** Histories and spend grouped, as the fits take them. */
function reduce(customers: readonly ObservedHistory[]) {
  const histories = new Groups<History>();
  const repeatSpend = new Groups<Spent>();
  const allSpend = new Groups<Spent>();
  for (const { x, tx, T, m, all } of customers) {
    histories.add({ x, tx, T });
    allSpend.add({ x: 1, m: all.m });
    if (x > 0 && m > 0) repeatSpend.add({ x, m });
  }
  return {
    histories: packHistories(histories.all()),
    repeatSpend: packSpend(repeatSpend.all()),
    allSpend: packSpend(allSpend.all()),
  };
}

function columnsOf(
  histories: readonly ObservedHistory[],
  spendOf: (history: ObservedHistory) => Spend,
): CustomerColumns {
  const spends = histories.map(spendOf);
  return {
    x: Float64Array.from(histories, ({ x }) => x),
    tx: Float64Array.from(histories, ({ tx }) => tx),
    T: Float64Array.from(histories, ({ T }) => T),
    spendX: Float64Array.from(spends, ({ x }) => x),
    m: Float64Array.from(spends, ({ m }) => m),
    paying: Float64Array.from(spends, ({ paying = 1 }) => paying),
    stratum: new Uint16Array(histories.length),
  };
}
