import { expect, it } from 'vitest';

import { findWorkspace } from '../../server/access/data/workspaces.ts';
import { startJob } from '../../server/imports/data/import-jobs.ts';
import type { OrderLine } from '../../server/imports/formats/format.ts';
import { orderIntake } from '../../server/imports/order-intake.ts';
import { ratesFor } from '../../server/imports/rates.ts';
import { testDatabase } from '../support/database.ts';
import { testFile } from '../support/files.ts';
import { load } from '../support/shop.ts';

/** As the European Central Bank has them: newest first, a delimiter at the end, no rates at weekends. */
const HISTORY = 'Date,USD,SEK,CYP,\n2026-03-09,1.25,11.5,N/A,\n2026-03-06,1.2,11,N/A,\n';

const at = (day: string) => new Date(`${day}T12:00:00Z`);

it.each([
  ['as the European Central Bank publishes it', HISTORY],
  [
    'a row a rate',
    'day,currency,rate\n2026-03-06,USD,1.2\n2026-03-06,SEK,11\n2026-03-09,usd,1.25\n2026-03-09,SEK,11.5\n',
  ],
])('reads a file of rates %s, any currency in any other', async (_, content) => {
  const db = await testDatabase();
  expect(await load(db, testFile(content), 'rates')).toMatchObject({ rejected: {}, orders: 0 });
  await load(db, testFile(content), 'rates');
  const { id } = await findWorkspace(db.pool, 'shop');
  expect((await db.pool.query('select count(*)::int as n from exchange_rate')).rows).toEqual([{ n: 4 }]);
  const rates = await ratesFor(db.pool, id);
  const rate = (from: string, to: string, day: string) => rates.between(from, to, at(day))?.toNumber() ?? null;
  expect(rate('EUR', 'USD', '2026-03-06')).toBe(1.2);
  expect(rate('USD', 'EUR', '2026-03-09')).toBe(0.8);
  expect(rate('SEK', 'USD', '2026-03-06')).toBeCloseTo(1.2 / 11, 12);
  expect(rate('USD', 'EUR', '2026-03-08')).toBeCloseTo(1 / 1.2, 12);
  expect([rate('USD', 'EUR', '2026-03-19'), rate('USD', 'EUR', '2026-03-20')]).toEqual([0.8, null]);
  expect([rate('USD', 'EUR', '2026-03-05'), rate('CYP', 'EUR', '2026-03-06')]).toEqual([null, null]);
  const some = await ratesFor(db.pool, id, ['SEK']);
  expect(some.between('USD', 'EUR', at('2026-03-06'))).toBeNull();
});

it('rejects a rate that is none', async () => {
  const db = await testDatabase();
  const rows = [
    '2026-03-06,USD,0',
    '2026-03-06,dollar,1.2',
    'soon,USD,1.2',
    '2026-03-06,USD,one',
    '2026-03-06,USD,1.2',
  ];
  expect(await load(db, testFile(`day,currency,rate\n${rows.join('\n')}\n`), 'rates')).toMatchObject({
    accepted: 1,
    rejected: { BAD_NUMBER: 2, BAD_CURRENCY: 1, BAD_DATE: 1 },
  });
});

it('keeps amounts in the currency of the workspace by the rate of the day, and what was paid', async () => {
  const db = await testDatabase();
  await load(db, testFile(HISTORY), 'rates');
  const { id: workspaceId } = await findWorkspace(db.pool, 'shop');
  const jobId = await startJob(db.pool, workspaceId, { name: 'f', source: 'orders' });
  const intake = await orderIntake(db.pool, { jobId, workspaceId, currency: 'EUR', isDryRun: false });
  const line = (number: string, currency: string | null, day: string, more: Partial<OrderLine> = {}): OrderLine => ({
    ...{ kind: 'order', customer: 'ann', number, key: number, at: at(day), product: null, quantity: '3' },
    ...{ unitPrice: '1', total: null, discount: '0', unitCost: null, tax: '0', shipping: '0', currency },
    ...{ converted: null, channel: null, country: null, name: null, email: null },
    ...more,
  });
  const lines = [
    line('1', 'USD', '2026-03-06'),
    line('2', null, '2026-03-06'),
    line('3', 'GBP', '2026-03-06', { converted: { currency: 'EUR', rate: '1.1' } }),
    line('4', 'GBP', '2026-03-06', { converted: { currency: 'USD', rate: '1.3' } }),
    line('5', 'USD', '2026-03-09', { kind: 'refund' }),
  ];
  expect(lines.map((each) => intake.take(each))).toEqual(lines.map(() => null));
  expect(intake.take(line('6', 'GBP', '2026-03-06'))).toMatchObject({ reason: 'NO_RATE' });
  await intake.write({ rows: 6, accepted: 5, progress: 1, rejected: [] });
  await intake.close();
  const { rows } = await db.pool.query(
    `select external_id as id, amount::float8 as amount, currency, paid_currency as "paidIn", paid_amount::float8 as paid from "order"
     union all select external_id, amount::float8, currency, paid_currency, paid_amount::float8 from refund order by 1`,
  );
  expect(rows).toEqual([
    { id: '1', amount: 2.5, currency: 'EUR', paidIn: 'USD', paid: 3 },
    { id: '2', amount: 3, currency: 'EUR', paidIn: null, paid: null },
    { id: '3', amount: 3.3, currency: 'EUR', paidIn: 'GBP', paid: 3 },
    { id: '4', amount: 3.25, currency: 'EUR', paidIn: 'GBP', paid: 3 },
    { id: '5', amount: 2.4, currency: 'EUR', paidIn: 'USD', paid: 3 },
  ]);
});
