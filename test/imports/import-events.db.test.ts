import { describe, expect, it } from 'vitest';
import { readRfmCells } from '../../server/scores/data/rfm-cells.ts';
import type { Database } from '../../server/store/database.ts';
import { testDatabase } from '../support/database.ts';
import { testFile } from '../support/files.ts';
import { analyse, load, published } from '../support/shop.ts';

const events = (db: Database, ...rows: readonly string[]) =>
  load(db, testFile(`customer,product,kind,at\n${rows.join('\n')}\n`), 'events');

const orders = (db: Database, ...rows: readonly string[]) =>
  load(db, testFile(`customer,order,placed at,product,unit price,currency\n${rows.join('\n')}\n`));

const rowsOf = async ({ pool }: Database, sql: string) => (await pool.query(sql)).rows;

const stored = (db: Database) =>
  rowsOf(
    db,
    `select c.external_id as customer, p.external_id as product, e.kind, e.at::text as at
     from product_event e join customer c on c.id = e.customer_id join product p on p.id = e.product_id order by 1, 2, 3, 4`,
  );

const customers = (db: Database) =>
  rowsOf(db, 'select external_id as id, history_version as version, last_active_on as last from customer order by 1');

describe('events', () => {
  it('are stored with customers and products that nothing has named before', async () => {
    const db = await testDatabase();
    const report = await events(
      db,
      'ann,tea,viewed,2026-01-02 10:30',
      'ann,tea,added to cart,2026-01-02T12:30+02:00',
      'bob,pot,view,2026-01-03',
    );
    expect(report).toMatchObject({ rows: 3, accepted: 3, customers: 2, products: 2, orders: 0 });
    expect(await stored(db)).toEqual([
      { customer: 'ann', product: 'tea', kind: 'ADDED_TO_CART', at: '2026-01-02 10:30:00+00' },
      { customer: 'ann', product: 'tea', kind: 'VIEWED', at: '2026-01-02 10:30:00+00' },
      { customer: 'bob', product: 'pot', kind: 'VIEWED', at: '2026-01-03 00:00:00+00' },
    ]);
  });

  it.each([
    ['view', 'VIEWED'],
    ['product_viewed', 'VIEWED'],
    ['Product Viewed', 'VIEWED'],
    ['Viewed Product', 'VIEWED'],
    ['view_item', 'VIEWED'],
    ['ViewContent', 'VIEWED'],
    ['page view', 'VIEWED'],
    ['cart', 'ADDED_TO_CART'],
    ['add_to_cart', 'ADDED_TO_CART'],
    ['AddToCart', 'ADDED_TO_CART'],
    ['Added to cart', 'ADDED_TO_CART'],
    ['Product Added', 'ADDED_TO_CART'],
  ])('of the kind "%s" are %s', async (name, kind) => {
    const db = await testDatabase();
    await load(
      db,
      testFile(`event_time,event_type,product_id,user_id\n2026-01-02 10:30:00,${name},tea,ann\n`),
      'events',
    );
    expect(await stored(db)).toMatchObject([{ kind }]);
  });

  it('that are rejected are kept with their reasons; the reason of a purchase names the format orders', async () => {
    const db = await testDatabase();
    await events(
      db,
      'ann,tea,purchase,2026-01-02',
      'ann,tea,Order Completed,2026-01-02',
      'ann,tea,wished_for,2026-01-02',
      'ann,tea,,2026-01-02',
      ',tea,view,2026-01-02',
      'ann,,view,2026-01-02',
      'ann,tea,view,yesterday',
      'ann,tea,view,2026-01-02',
    );
    const purchase = expect.stringContaining('imported as orders, with --format orders');
    expect(await rowsOf(db, 'select line_no as line, reason, detail from rejected_row order by 1')).toEqual([
      { line: 2, reason: 'PURCHASE_EVENT', detail: purchase },
      { line: 3, reason: 'PURCHASE_EVENT', detail: purchase },
      { line: 4, reason: 'UNKNOWN_KIND', detail: expect.stringContaining('expected viewed or added to cart') },
      { line: 5, reason: 'UNKNOWN_KIND', detail: expect.any(String) },
      { line: 6, reason: 'MISSING_CUSTOMER', detail: 'the customer is empty' },
      { line: 7, reason: 'MISSING_PRODUCT', detail: 'the product is empty' },
      { line: 8, reason: 'BAD_DATE', detail: expect.stringContaining('yesterday') },
    ]);
    expect(await stored(db)).toHaveLength(1);
  });

  it('are one when they come again, in the same file or another', async () => {
    const db = await testDatabase();
    const row = 'ann,tea,view,2026-01-02T10:30:00.250Z';
    const first = await events(db, row, row, 'ann,tea,view,2026-01-02T10:30:00.251Z');
    expect(await stored(db)).toHaveLength(2);
    const before = await customers(db);
    expect(await events(db, row, row, 'ann,tea,view,2026-01-02T10:30:00.251Z')).toEqual({
      ...first,
      job: expect.any(String),
    });
    expect(await stored(db)).toHaveLength(2);
    expect(await customers(db)).toEqual(before);
  });

  it('lead to the same customers and products before orders as after them', async () => {
    const state = async (steps: readonly ((db: Database) => Promise<unknown>)[]) => {
      const db = await testDatabase();
      for (const step of steps) await step(db);
      const products = await rowsOf(db, 'select external_id from product order by 1');
      return [await customers(db), await stored(db), products];
    };
    const june = (db: Database) => events(db, 'ann,tea,view,2026-06-05', 'bob,tea,view,2026-06-03');
    const may = (db: Database) => events(db, 'bob,mug,view,2026-05-09', 'bob,tea,cart,2026-05-02');
    const bought = (db: Database) => orders(db, 'ann,1,2026-05-20,pot,20,EUR');
    const expected = await state([bought, may, june]);
    expect(expected[0]).toEqual([
      { id: 'ann', version: 1, last: '2026-05-20' },
      { id: 'bob', version: 0, last: '2026-05-02' },
    ]);
    expect(await state([june, may, bought])).toEqual(expected);
    expect(await state([june, bought, may])).toEqual(expected);
  });

  it('make no summary again, and do not move the day that an analysis is as of', async () => {
    const db = await testDatabase();
    await orders(db, 'ann,1,2026-01-02,tea,4,EUR', 'bob,2,2026-02-03,tea,4,EUR');
    expect(await analyse(db)).toMatchObject({ asOf: '2026-02-03' });
    const summaries = () => rowsOf(db, 'select customer_id, xmin::text as version from customer_summary order by 1');
    const before = await summaries();
    await events(db, 'ann,pot,view,2026-03-01', 'cem,pot,view,2026-02-01', 'dee,pot,view,2026-03-01');
    expect(await analyse(db)).toMatchObject({ asOf: '2026-02-03', customers: 3 });
    expect(await summaries()).toEqual(expect.arrayContaining(before));
    const { segments } = await readRfmCells(db.pool, await published(db));
    expect(segments.find(({ segment }) => segment === 'PROSPECT')).toMatchObject({ customers: 1 });
  });

  it('alone are nothing to analyse, and bind the workspace to no currency', async () => {
    const db = await testDatabase();
    await events(db, 'ann,tea,view,2026-01-02');
    await expect(analyse(db)).rejects.toMatchObject({ code: 'NO_ORDERS' });
    expect(await orders(db, 'ann,1,2026-01-03,tea,4,EUR')).toMatchObject({ currency: 'EUR', accepted: 1 });
  });

  it('whose times cannot be read are refused before anything is stored', async () => {
    const db = await testDatabase();
    await expect(events(db, 'ann,tea,view,someday')).rejects.toMatchObject({ code: 'UNREADABLE_DATES' });
    expect(await rowsOf(db, 'select 1 from workspace')).toEqual([]);
  });
});
