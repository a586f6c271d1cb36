import type pg from 'pg';
import { Groups } from '../compute/groups.ts';
import { daysBetween } from '../domain/day.ts';
import { refundRate } from '../domain/rates/margin.ts';
import { type RfmEdges, rfmEdges, Tally } from '../engine/analytics/rfm.ts';
import { weeksOfMonths } from '../engine/models/clv.ts';
import type { StoreTotals } from '../engine/models/formula-clv.ts';
import { FreeStarts } from '../engine/models/free-start.ts';
import type { History, HistoryGroup, Spend, SpendGroup } from '../engine/models/types.ts';
import { type SummaryRow, summaryPages } from './data/summaries.ts';
import { quantumFor } from './exact-sums.ts';
import { historyOf, repeatSpendOf, spendOf } from './score-rows.ts';
import type { Strata } from './stratify.ts';

/** What fitting and scoring need to know of the whole base. */
export interface Reduction {
  readonly customers: number;
  /** Customers with at least one order day. */
  readonly buyers: number;
  readonly repeatBuyers: number;
  readonly histories: readonly HistoryGroup[];
  /** The same by stratum; empty without covariates. */
  readonly byStratum: readonly (readonly HistoryGroup[])[];
  /** Repeat order days: what Gamma-Gamma is fitted to. */
  readonly repeatSpend: readonly SpendGroup[];
  /** What an order day of each customer is worth. */
  readonly allSpend: readonly SpendGroup[];
  /** Of the order days of customers whose first one was free; see {@link FreeStarts}. */
  readonly paidShareAfterFree: number;
  /** Share of the value of order days that went back in refunds of no known order, in [0, 1]. */
  readonly unassignedRefundRate: number;
  /** Of all who have bought. */
  readonly totals: Pick<StoreTotals, 'orders' | 'revenue' | 'observedMonths' | 'lifespanMonths'>;
  readonly edges: RfmEdges;
  /** What values and variances of customers are rounded to, so that their sums are exact. */
  readonly quanta: { readonly value: number; readonly variance: number };
  /** Whether M is the net margin: only where every buyer's costs are known, else it is the net revenue. */
  readonly isMargin: boolean;
}

export const monetaryOf = (summary: SummaryRow, isMargin: boolean): number =>
  Number(isMargin ? summary.netMargin : summary.netRevenue);

/** One pass over all summaries: histories and spend grouped, and the histograms that RFM edges come from. */
export async function reduceSummaries(
  pool: pg.Pool,
  workspaceId: string,
  asOf: string,
  strata: Strata | null,
): Promise<Reduction> {
  const histories = new Groups<History>();
  const byStratum: Groups<History>[] = [];
  const repeatSpend = new Groups<Pick<Spend, 'x' | 'm'>>();
  const allSpend = new Tally();
  const freeStarts = new FreeStarts();
  const purchaseValue = new Tally();
  const daysSinceLastOrder = new Tally();
  const orderDays = new Tally();
  let orders = 0;
  const revenue = new Tally();
  const margin = new Tally();
  let customers = 0;
  let repeatBuyers = 0;
  for await (const page of summaryPages(pool, workspaceId, asOf, null, strata?.covariates)) {
    customers += page.length;
    for (const summary of page) {
      if (summary.orderDays === 0) continue;
      if (summary.orderDays > 1) repeatBuyers++;
      const history = historyOf(summary, asOf);
      histories.add(history);
      if (strata !== null) {
        const stratum = strata.indexOf(summary.traits);
        byStratum[stratum] ??= new Groups();
        byStratum[stratum].add(history);
      }
      const repeat = repeatSpendOf(summary);
      if (repeat.x > 0 && repeat.m > 0) repeatSpend.add(repeat);
      const all = spendOf(summary);
      allSpend.add(all.m);
      freeStarts.add(all, repeat);
      purchaseValue.add(summary.purchaseValue);
      orders += summary.orderCount;
      daysSinceLastOrder.add(daysBetween(summary.lastOrderOn!, asOf));
      orderDays.add(summary.orderDays);
      revenue.add(monetaryOf(summary, false));
      if (summary.netMargin !== null) margin.add(monetaryOf(summary, true));
    }
  }
  const isMargin = margin.total === revenue.total;
  const groups = histories.all();
  const months = (of: (group: HistoryGroup) => number) =>
    groups.reduce((sum, group) => sum + group.count * of(group), 0) / weeksOfMonths(1);
  const bought = purchaseValue.sum();
  const totals = {
    orders,
    revenue: revenue.sum(),
    observedMonths: months(({ T }) => T),
    lifespanMonths: months(({ tx }) => tx),
  };
  return {
    customers,
    buyers: orderDays.total,
    repeatBuyers,
    histories: groups,
    byStratum: byStratum.map((groups) => groups.all()),
    repeatSpend: repeatSpend.all(),
    allSpend: allSpend.values().map(({ value, count }) => ({ x: 1, m: value, count })),
    paidShareAfterFree: freeStarts.paidShare(),
    unassignedRefundRate: refundRate(bought - totals.revenue, bought),
    quanta: {
      value: quantumFor(bought),
      variance: quantumFor(purchaseValue.sum((value) => value ** 2)),
    },
    totals,
    edges: rfmEdges({
      daysSinceLastOrder: daysSinceLastOrder.values(),
      orderDays: orderDays.values(),
      monetaryValue: (isMargin ? margin : revenue).values(),
    }),
    isMargin,
  };
}
