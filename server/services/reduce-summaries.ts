import type pg from 'pg';

import { histogram, type RfmEdges, rfmEdges, type ValueCount } from '../analytics/rfm.ts';
import { type SummaryRow, summaryPages } from '../data/summaries.ts';
import { daysBetween } from '../domain/day.ts';
import type { History, HistoryGroup, Spend, SpendGroup } from '../models/types.ts';

/** What fitting and scoring need to know of the whole base. */
export interface Reduction {
  readonly customers: number;
  /** Customers with at least one purchase day. */
  readonly buyers: number;
  readonly repeatBuyers: number;
  readonly histories: readonly HistoryGroup[];
  /** Repeat purchase days: what Gamma-Gamma is fitted to. */
  readonly repeatSpend: readonly SpendGroup[];
  /** All purchase days. */
  readonly spend: readonly SpendGroup[];
  readonly edges: RfmEdges;
  /** Whether M is the net margin: only where every buyer's costs are known, else it is the net revenue. */
  readonly isMargin: boolean;
}

/** Time in weeks, as the models take it. */
export function historyOf(summary: SummaryRow, asOf: string): History {
  const { firstOrderOn, lastOrderOn, orderDays } = summary;
  if (firstOrderOn === null || lastOrderOn === null)
    throw new RangeError('a customer without a purchase has no history');
  return { x: orderDays - 1, tx: daysBetween(firstOrderOn, lastOrderOn) / 7, T: daysBetween(firstOrderOn, asOf) / 7 };
}

export const repeatSpendOf = ({ orderDays, monetaryValue }: SummaryRow): Spend => ({
  x: orderDays - 1,
  m: monetaryValue ?? 0,
});

export const spendOf = ({ orderDays, purchaseValue }: SummaryRow): Spend => ({
  x: orderDays,
  m: purchaseValue / orderDays,
});

export const monetaryOf = (summary: SummaryRow, isMargin: boolean): number =>
  Number(isMargin ? summary.netMargin : summary.netRevenue);

/** One pass over all summaries: histories grouped, spend, and the histograms that RFM edges come from. */
export async function reduceSummaries(pool: pg.Pool, workspaceId: string, asOf: string): Promise<Reduction> {
  const histories = new Map<string, { x: number; tx: number; T: number; count: number }>();
  const repeatSpend: SpendGroup[] = [];
  const spend: SpendGroup[] = [];
  const silences: number[] = [];
  const orderDays: number[] = [];
  const revenues: number[] = [];
  const margins: number[] = [];
  let customers = 0;
  for await (const page of summaryPages(pool, workspaceId, asOf)) {
    customers += page.length;
    for (const summary of page) {
      if (summary.orderDays === 0) continue;
      const history = historyOf(summary, asOf);
      const key = `${history.x}/${history.tx}/${history.T}`;
      const group = histories.get(key) ?? { ...history, count: 0 };
      group.count++;
      histories.set(key, group);
      const repeat = repeatSpendOf(summary);
      if (repeat.x > 0 && repeat.m > 0) repeatSpend.push({ ...repeat, count: 1 });
      spend.push({ ...spendOf(summary), count: 1 });
      silences.push(daysBetween(summary.lastOrderOn!, asOf));
      orderDays.push(summary.orderDays);
      revenues.push(monetaryOf(summary, false));
      if (summary.netMargin !== null) margins.push(monetaryOf(summary, true));
    }
  }
  const isMargin = margins.length === revenues.length;
  const histograms: Record<'daysSinceLastOrder' | 'orderDays' | 'monetaryValue', ValueCount[]> = {
    daysSinceLastOrder: histogram(silences),
    orderDays: histogram(orderDays),
    monetaryValue: histogram(isMargin ? margins : revenues),
  };
  return {
    customers,
    buyers: orderDays.length,
    repeatBuyers: orderDays.filter((days) => days > 1).length,
    histories: [...histories.values()],
    repeatSpend,
    spend,
    edges: rfmEdges(histograms),
    isMargin,
  };
}
