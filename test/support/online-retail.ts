import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { parse } from 'csv-parse/sync';
import { dayNumber } from '../../server/domain/day.ts';
import type { OrderDays } from '../../server/engine/analytics/order-days.ts';
import { sharedData } from './files.ts';

export const ONLINE_RETAIL = sharedData('online_retail/online_retail.csv.gz');
/** Its last day. */
export const ONLINE_RETAIL_END = '2011-12-09';

/** Order days of the customers who are named, sales only, with their value in pounds. */
export function onlineRetailOrderDays(): OrderDays[] {
  const rows: Record<string, string>[] = parse(gunzipSync(readFileSync(ONLINE_RETAIL)), { columns: true });
  const customers = new Map<string, Map<number, number>>();
  for (const row of rows) {
    const [customer, quantity, price] = [row['Customer ID']!, Number(row.Quantity), Number(row.Price)];
    if (customer === '' || quantity <= 0) continue;
    const values = customers.get(customer) ?? new Map<number, number>();
    customers.set(customer, values);
    const day = dayNumber(row.InvoiceDate!.slice(0, 10));
    values.set(day, (values.get(day) ?? 0) + quantity * price);
  }
  return [...customers.values()].map((values) => {
    const days = [...values.keys()].sort((a, b) => a - b);
    return { days, values: days.map((day) => values.get(day)!) };
  });
}
