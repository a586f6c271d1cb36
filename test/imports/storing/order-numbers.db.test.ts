import Decimal from 'decimal.js';
import { describe, expect, it } from 'vitest';
import { pricedLine } from '../../../server/imports/storing/priced-line.ts';
import type { Database } from '../../../server/store/database.ts';
import { testDatabase } from '../../support/database.ts';
import { testFile } from '../../support/files.ts';
import { load } from '../../support/shop.ts';

const HEADER = 'customer,order,placed at,product,quantity,unit price';
const FIRST = 'ann,7,2025-03-01,tea,1,10';
const AGAIN = 'ann,7,2026-03-01,pot,1,20';

const file = (...rows: readonly string[]) => testFile(`${[HEADER, ...rows].join('\n')}\n`);

const stored = async ({ pool }: Database) =>
  (
    await pool.query(
      'select id, external_id as number, placed_at::text as at, amount::float8 as amount, line_count as lines from "order" order by placed_at',
    )
  ).rows;

describe('an order number that a customer has again a year later', () => {
  it.each([
    ['in one file', [[FIRST, AGAIN]]],
    ['in one file that goes newest first', [[AGAIN, FIRST]]],
    ['in two files', [[FIRST], [AGAIN]]],
    ['in two files, the newer one first', [[AGAIN], [FIRST]]],
  ])('is that of two orders, %s, and the same two when all is imported again', async (_, files) => {
    const db = await testDatabase();
    for (const rows of files) await load(db, file(...rows));
    const orders = await stored(db);
    expect(orders).toMatchObject([
      { number: '7', amount: 10, lines: 1 },
      { number: '7', amount: 20, lines: 1 },
    ]);
    expect(await load(db, file(AGAIN, FIRST))).toMatchObject({ orders: 2, gross: '30.0000' });
    for (const rows of files) await load(db, file(...rows));
    expect(await stored(db)).toEqual(orders);
  });

  it('gives a refund to the later of them that came before it', async () => {
    const db = await testDatabase();
    await load(db, file(FIRST, AGAIN, 'ann,7,2026-04-01,pot,-1,20'));
    const { rows } = await db.pool.query(
      'select o.placed_at::date as on from refund r join "order" o on o.customer_id = r.customer_id and o.id = r.order_id',
    );
    expect(rows).toEqual([{ on: '2026-03-01' }]);
  });
});

describe('a refund number that a customer has again a year later', () => {
  const head = 'Invoice,StockCode,Description,Quantity,InvoiceDate,Price,Customer ID,Country';
  const first = 'C5,tea,Tea,-1,2025-03-01,4,ann,France';
  const again = 'C5,pot,Pot,-1,2026-03-01,20,ann,France';
  const invoices = (...rows: readonly string[]) => testFile(`${[head, ...rows].join('\n')}\n`);
  const refunds = async ({ pool }: Database) =>
    (await pool.query('select id, refunded_at::date as on, amount::float8 as amount from refund order by 2')).rows;

  it.each([
    ['in one file', [[again, first]]],
    ['in two files', [[first], [again]]],
    ['in two files, the newer one first', [[again], [first]]],
  ])('is that of two refunds, %s, and the same two when all is imported again', async (_, files) => {
    const db = await testDatabase();
    for (const rows of files) await load(db, invoices(...rows), 'online-retail');
    const stored = await refunds(db);
    expect(stored).toMatchObject([
      { on: '2025-03-01', amount: 4 },
      { on: '2026-03-01', amount: 20 },
    ]);
    await load(db, invoices(first, again), 'online-retail');
    expect(await refunds(db)).toEqual(stored);
  });
});

describe('warnings', () => {
  const warnings = async ({ pool }: Database) =>
    (await pool.query('select warnings from import_job order by started_at desc limit 1')).rows[0].warnings;

  it('name orders whose lines stand more than a month apart', async () => {
    const db = await testDatabase();
    await load(db, file('ann,1,2026-01-01,tea,1,3', 'ann,1,2026-02-15,pot,1,20', 'ann,2,2026-01-01,tea,1,3'));
    expect(await warnings(db)).toEqual([{ code: 'LINES_APART', count: 1, amount: null }]);
    expect(await stored(db)).toHaveLength(2);
  });

  it('count the rows of an order that stand elsewhere in the file once more, with their money', async () => {
    const db = await testDatabase();
    const order = ['ann,1,2026-01-01,tea,1,3', 'ann,1,2026-01-01,pot,1,20'];
    const report = await load(db, file(...order, 'bob,2,2026-01-01,tea,2,3', 'bob,2,2026-01-01,tea,2,3', ...order));
    expect(report).toMatchObject({ orders: 2, gross: '58.0000' });
    expect(await warnings(db)).toEqual([{ code: 'DUPLICATE_ROWS', count: 2, amount: '23.0000' }]);
  });

  it('are none for a plain file', async () => {
    const db = await testDatabase();
    await load(db, file(FIRST));
    expect(await warnings(db)).toEqual([]);
  });
});

it('converts the total of a line and not its unit price, whatever the quantity', () => {
  const line = { kind: 'order', customer: 'ann', number: '1', key: '1', at: new Date(0), product: null } as const;
  const none = { converted: null, channel: null, country: null, name: null, email: null } as const;
  const amounts = { quantity: '1000', unitPrice: '0.0333', total: null, discount: '0.3', unitCost: '0.01' } as const;
  const given = { ...line, ...none, ...amounts, tax: '1', shipping: '2', currency: 'USD' };
  expect(pricedLine(given, new Decimal('0.9'))).toMatchObject({
    amount: '29.7',
    discount: '0.27',
    tax: '0.9',
    shipping: '1.8',
    paid: { currency: 'USD', amount: '33' },
  });
});
