import type pg from 'pg';

import { type RfmEdges, rfmEdges, Tally } from '../analytics/rfm.ts';
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

/** Equal items counted together: many customers share a history, and some their spend. */
class Groups<Item extends object> {
  readonly #groups = new Map<string, Item & { count: number }>();

  add(item: Item): void {
    const key = Object.values(item).join('/');
    const group = this.#groups.get(key);
    if (group === undefined) this.#groups.set(key, { ...item, count: 1 });
    else group.count++;
  }

  all(): (Item & { count: number })[] {
    return [...this.#groups.values()];
  }
}

/** One pass over all summaries: histories and spend grouped, and the histograms that RFM edges come from. */
export async function reduceSummaries(pool: pg.Pool, workspaceId: string, asOf: string): Promise<Reduction> {
  const histories = new Groups<History>();
  const repeatSpend = new Groups<Spend>();
  const spend = new Groups<Spend>();
  const daysSinceLastOrder = new Tally();
  const orderDays = new Tally();
  const revenue = new Tally();
  const margin = new Tally();
  let customers = 0;
  let repeatBuyers = 0;
  for await (const page of summaryPages(pool, workspaceId, asOf)) {
    customers += page.length;
    for (const summary of page) {
      if (summary.orderDays === 0) continue;
      if (summary.orderDays > 1) repeatBuyers++;
      histories.add(historyOf(summary, asOf));
      const repeat = repeatSpendOf(summary);
      if (repeat.x > 0 && repeat.m > 0) repeatSpend.add(repeat);
      spend.add(spendOf(summary));
      daysSinceLastOrder.add(daysBetween(summary.lastOrderOn!, asOf));
      orderDays.add(summary.orderDays);
      revenue.add(monetaryOf(summary, false));
      if (summary.netMargin !== null) margin.add(monetaryOf(summary, true));
    }
  }
  const isMargin = margin.total === revenue.total;
  return {
    customers,
    buyers: orderDays.total,
    repeatBuyers,
    histories: histories.all(),
    repeatSpend: repeatSpend.all(),
    spend: spend.all(),
    edges: rfmEdges({
      daysSinceLastOrder: daysSinceLastOrder.values(),
      orderDays: orderDays.values(),
      monetaryValue: (isMargin ? margin : revenue).values(),
    }),
    isMargin,
  };
}
