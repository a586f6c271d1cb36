import { existsSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';

import type { OrderDays } from '../../server/engine/analytics/order-days.ts';
import type { History, HistoryGroup, SpendGroup } from '../../server/engine/models/types.ts';

const FOLDER = new URL('../../../shared/data/cdnow/', import.meta.url);

/** Reason for a test's title where the data folder is missing. */
export const NO_CDNOW = 'skipped without ../shared/data';
export const cdnowIsThere = existsSync(FOLDER);

export interface CdnowCustomer extends History {
  readonly id: string;
  /** Mean value of a repeat order day in dollars; 0 without one. */
  readonly m: number;
  /** Of all order days up to the cut-off. */
  readonly revenueCents: number;
  readonly daysSinceLastOrder: number;
  /** Order days after the cut-off, up to 1998-06-30. */
  readonly holdout: number;
}

const dayNumber = (yyyymmdd: string) =>
  Date.UTC(Number(yyyymmdd.slice(0, 4)), Number(yyyymmdd.slice(4, 6)) - 1, Number(yyyymmdd.slice(6))) / 86_400_000;

interface CdnowOrder {
  readonly customer: string;
  readonly day: number;
  readonly cents: number;
}

/** In the order of the file. */
export function cdnowOrders(file: 'sample' | 'master'): CdnowOrder[] {
  const text = gunzipSync(readFileSync(new URL(`CDNOW_${file}.txt.gz`, FOLDER))).toString('latin1');
  return text.split('\n').flatMap((line) => {
    const fields = line.trim().split(/\s+/);
    const [customer, date, , dollars] = file === 'sample' ? fields.slice(1) : fields;
    if (dollars === undefined || !/^\d{8}$/.test(date!)) return [];
    return { customer: customer!, day: dayNumber(date!), cents: Math.round(Number(dollars) * 100) };
  });
}

interface CentsByDay {
  readonly days: number[];
  readonly cents: number[];
}

/** Purchases of a day merged; in both files the orders of a customer stand in the order of their dates. */
function orderDays(orders: readonly CdnowOrder[]): Map<string, CentsByDay> {
  const customers = new Map<string, CentsByDay>();
  for (const { customer, day, cents } of orders) {
    const bought = customers.get(customer) ?? { days: [], cents: [] };
    if (bought.days.length === 0) customers.set(customer, bought);
    const last = bought.days.length - 1;
    if (bought.days[last] === day) bought.cents[last]! += cents;
    else bought.cents[bought.days.push(day) - 1] = cents;
  }
  return customers;
}

/** Order days since 1970-01-01 with their value in dollars, of the first customers of the file. */
export const cdnowOrderDays = (file: 'sample' | 'master', customers?: number): OrderDays[] =>
  [...orderDays(cdnowOrders(file)).values()].slice(0, customers).map(({ days, cents }) => ({
    days,
    values: cents.map((value) => value / 100),
  }));

/** Weekly summary as at the top of models.md; all customers of both files bought before the earliest cut-off used. */
export const cdnowCustomers = (file: 'sample' | 'master', cutOff = '19970930'): CdnowCustomer[] =>
  summarised(cdnowOrders(file), cutOff);

export function summarised(orders: readonly CdnowOrder[], cutOff = '19970930'): CdnowCustomer[] {
  const end = dayNumber(cutOff);
  const customers: CdnowCustomer[] = [];
  for (const [id, { days, cents }] of orderDays(orders)) {
    let seen = 0;
    let revenueCents = 0;
    for (; seen < days.length && days[seen]! <= end; seen++) revenueCents += cents[seen]!;
    const [first, last] = [days[0]!, days[seen - 1]!];
    const x = seen - 1;
    customers.push({
      id,
      x,
      tx: (last - first) / 7,
      T: (end - first) / 7,
      m: x === 0 ? 0 : (revenueCents - cents[0]!) / 100 / x,
      revenueCents,
      daysSinceLastOrder: end - last,
      holdout: days.length - seen,
    });
  }
  return customers;
}

/** Customers with equal (x, tx, T) carry one count. */
export function historyGroups(customers: readonly History[]): HistoryGroup[] {
  const groups = new Map<string, HistoryGroup>();
  for (const { x, tx, T } of customers) {
    const key = `${x} ${tx} ${T}`;
    groups.set(key, { x, tx, T, count: (groups.get(key)?.count ?? 0) + 1 });
  }
  return [...groups.values()];
}

export const spendGroups = (customers: readonly CdnowCustomer[]): SpendGroup[] =>
  customers.map(({ x, m }) => ({ x, m, count: 1 }));
