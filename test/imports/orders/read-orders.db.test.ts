import { describe, expect, it } from 'vitest';

import { sampleOrderDays } from '../../../server/customers/data/order-days.ts';
import { dayNumber, dayOfNumber } from '../../../server/domain/day.ts';
import { workspaceId } from '../../../server/domain/ids.ts';
import { orderDaysAt } from '../../../server/engine/analytics/evaluation/order-book.ts';
import type { OrderDays } from '../../../server/engine/analytics/order-days.ts';
import { compareOrderDays } from '../../../server/engine/analytics/order-days.ts';
import { formatsNamed } from '../../../server/import-formats.ts';
import { importFile } from '../../../server/imports/import-file.ts';
import { readOrders } from '../../../server/imports/orders/read-orders.ts';
import { summarise } from '../../../server/scores/data/summaries.ts';
import { testDatabase } from '../../support/database.ts';
import { testFile } from '../../support/files.ts';
import { fileOf } from '../profiles/headers.ts';

const ONLINE_RETAIL = [
  'Invoice,StockCode,Description,Quantity,InvoiceDate,Price,Customer ID,Country',
  '536365,85123A,HOLDER,6,2010-12-01 08:26:00,2.55,17850,United Kingdom',
  '536370,22728,CLOCK,4,2010-12-01 23:59:00,3.75,12583,France',
  '536365,71053,LANTERN,6,2010-12-01 08:26:00,3.39,17850,United Kingdom',
  '536371,22086,CHAIN,80,2010-12-01 18:00:00,2.55,,United Kingdom',
  'C536379,85123A,HOLDER,-2,2010-12-03 09:41:00,2.55,17850,United Kingdom',
  '536400,22728,CLOCK,1,2010-12-05 10:00:00,3.75,17850,United Kingdom',
  '536401,22728,CLOCK,two,2010-12-05 10:00:00,3.75,17850,United Kingdom',
].join('\n');

const PAYMENT = { Time: '09:00:00', TimeZone: 'UTC', Status: 'Completed', Currency: 'EUR', 'Balance Impact': 'Credit' };
const payment = (id: string, date: string, gross: string, email: string) => ({
  ...PAYMENT,
  ...{ 'Transaction ID': id, Date: date, Gross: gross, 'From Email Address': email, Type: 'Express Checkout Payment' },
});
const refund = (id: string, date: string, gross: string, of: string) => ({
  ...PAYMENT,
  ...{ 'Transaction ID': id, Date: date, Gross: gross, 'Reference Txn ID': of, Type: 'Payment Refund' },
  ...{ 'From Email Address': 'shop@example.com', Name: 'The Shop' },
});
const PAYPAL = fileOf('paypal-activity', [
  refund('R1', '05/14/2026', '-20.00', 'A1'),
  payment('A1', '05/13/2026', '50.00', 'ann@example.com'),
  payment('A2', '05/13/2026', '30.00', 'bo@example.com'),
  refund('R2', '05/16/2026', '-30.00', 'A2'),
  payment('A3', '05/13/2026', '5.10', 'ann@example.com'),
]);

const reading = (content: string) => readOrders({ path: testFile(content), formats: formatsNamed(), choices: {} });

describe.each([
  ['a shop', ONLINE_RETAIL, ['2010-12-01', '2010-12-04', '2010-12-05']],
  ['payments with refunds of their customers', PAYPAL, ['2026-05-13', '2026-05-15', '2026-05-16']],
])('the orders of %s', (_, content, days) => {
  it('make the order days that an analysis sees after an import', async () => {
    const { pool } = await testDatabase();
    await importFile(pool, { workspace: 'shop', path: testFile(content), formats: formatsNamed() });
    const { customers, lastDay } = await reading(content);
    expect(dayOfNumber(lastDay)).toBe(days.at(-1));
    for (const day of days) {
      await summarise(pool, workspaceId('shop'), day);
      const stored: OrderDays[] = await sampleOrderDays(pool, workspaceId('shop'), day, 100);
      const read = customers.flatMap(({ orders }) => orderDaysAt(orders, dayNumber(day)) ?? []);
      expect(read.sort(compareOrderDays)).toEqual(
        stored.map((each) => ({ days: each.days, values: each.values })).sort(compareOrderDays),
      );
    }
  });
});

it('counts what is left out, and refunds of no known order', async () => {
  const { source, rows, rejected, customers } = await reading(ONLINE_RETAIL);
  expect({ source, rows, rejected }).toEqual({
    source: 'online-retail',
    rows: 7,
    rejected: { MISSING_CUSTOMER: 1, BAD_NUMBER: 1 },
  });
  expect(customers.map(({ orders }) => orders.length).sort()).toEqual([1, 2]);
  expect(customers.flatMap(({ refunds }) => refunds)).toEqual([{ day: dayNumber('2010-12-03'), units: 51_000 }]);
});

it('refuses files without orders, in several currencies, or without a known customer', async () => {
  const wrong: [string, string][] = [
    ['email,name\nann@example.com,Ann', 'UNKNOWN_COLUMNS'],
    ['id,name,price\nA,Tea,3', 'NO_ORDERS'],
    ['order,customer,date,total,currency\n1,a,2024-01-01,3,EUR\n2,b,2024-01-02,3,USD', 'MIXED_CURRENCIES'],
    ['order,customer,date,total\n1,,2024-01-01,3', 'NO_ORDERS'],
  ];
  for (const [content, code] of wrong) await expect(reading(content)).rejects.toMatchObject({ code });
});
