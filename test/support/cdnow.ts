import { existsSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';

import type { History, HistoryGroup, SpendGroup } from '../../server/models/types.ts';

const FOLDER = new URL('../../../shared/data/cdnow/', import.meta.url);

/** Reason for a test's title where the data folder is missing. */
export const NO_CDNOW = 'skipped without ../shared/data';
export const cdnowIsThere = existsSync(FOLDER);

export interface CdnowCustomer extends History {
  readonly id: string;
  /** Mean value of a repeat purchase day in dollars; 0 without one. */
  readonly m: number;
  /** Of all purchase days up to the cut-off. */
  readonly revenueCents: number;
  readonly daysSinceLastOrder: number;
  /** Purchase days after the cut-off, up to 1998-06-30. */
  readonly holdout: number;
}

const dayNumber = (yyyymmdd: string) =>
  Date.UTC(Number(yyyymmdd.slice(0, 4)), Number(yyyymmdd.slice(4, 6)) - 1, Number(yyyymmdd.slice(6))) / 86_400_000;

/** Value in cents by day, by customer, in the order of the file. */
function purchaseDays(file: 'sample' | 'master'): Map<string, Map<number, number>> {
  const text = gunzipSync(readFileSync(new URL(`CDNOW_${file}.txt.gz`, FOLDER))).toString('latin1');
  const customers = new Map<string, Map<number, number>>();
  for (const line of text.split('\n')) {
    const fields = line.trim().split(/\s+/);
    const [id, date, , dollars] = file === 'sample' ? fields.slice(1) : fields;
    if (dollars === undefined || !/^\d{8}$/.test(date!)) continue;
    const days = customers.get(id!) ?? new Map<number, number>();
    customers.set(id!, days);
    const day = dayNumber(date!);
    days.set(day, (days.get(day) ?? 0) + Math.round(Number(dollars) * 100));
  }
  return customers;
}

/** Weekly summary as at the top of models.md; all customers of both files bought before the earliest cut-off used. */
export function cdnowCustomers(file: 'sample' | 'master', cutOff = '19970930'): CdnowCustomer[] {
  const end = dayNumber(cutOff);
  return [...purchaseDays(file)].map(([id, cents]) => {
    const days = [...cents.keys()].sort((a, b) => a - b);
    const seen = days.filter((day) => day <= end);
    const [first, last] = [seen[0]!, seen.at(-1)!];
    const x = seen.length - 1;
    const revenueCents = seen.reduce((sum, day) => sum + cents.get(day)!, 0);
    return {
      id,
      x,
      tx: (last - first) / 7,
      T: (end - first) / 7,
      m: x === 0 ? 0 : (revenueCents - cents.get(first)!) / 100 / x,
      revenueCents,
      daysSinceLastOrder: end - last,
      holdout: days.length - seen.length,
    };
  });
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
