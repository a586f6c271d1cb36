import { describe, expect, it } from 'vitest';
import { formatsNamed } from '../../server/import-formats.ts';
import { importFile } from '../../server/imports/import-file.ts';
import type { Database } from '../../server/store/database.ts';
import { testDatabase } from '../support/database.ts';
import { testFile } from '../support/files.ts';
import { load } from '../support/shop.ts';

const HEADER = 'product,name,category,price,unit cost,stock,excluded';

const catalogue = (db: Database, header: string, ...rows: readonly string[]) =>
  load(db, testFile(`${header}\n${rows.join('\n')}\n`), 'products');

const products = async ({ pool }: Database) =>
  (
    await pool.query(
      `select external_id as id, name, category, price::float8, unit_cost::float8 as cost, in_stock as stock, is_excluded as excluded
       from product order by 1`,
    )
  ).rows;

const versions = async ({ pool }: Database) =>
  (await pool.query('select xmin::text as version from product order by external_id')).rows.map(
    ({ version }) => version,
  );

const rejected = async ({ pool }: Database) =>
  (await pool.query('select line_no as line, reason, detail from rejected_row order by 1')).rows;

describe('a catalogue', () => {
  it('stores products that nobody has bought', async () => {
    const db = await testDatabase();
    const report = await catalogue(db, HEADER, 'tea,Green tea,Tea,4.50,2.10,12,no', 'bag,Carrier bag,,0.10,,0,yes');
    expect(report).toMatchObject({ rows: 2, accepted: 2, products: 2, customers: 0, orders: 0, gross: '0.0000' });
    expect(await products(db)).toEqual([
      { id: 'bag', name: 'Carrier bag', category: null, price: 0.1, cost: null, stock: false, excluded: true },
      { id: 'tea', name: 'Green tea', category: 'Tea', price: 4.5, cost: 2.1, stock: true, excluded: false },
    ]);
    const { rows } = await db.pool.query('select status, source, rows, accepted, products from import_job');
    expect(rows).toEqual([{ status: 'DONE', source: 'products', rows: 2, accepted: 2, products: 2 }]);
  });

  it('leaves alone what its columns and cells do not say', async () => {
    const db = await testDatabase();
    await catalogue(db, HEADER, 'tea,Green tea,Tea,4.50,2.10,no,yes');
    await catalogue(db, 'sku;price;stock', 'tea;;yes');
    expect(await products(db)).toEqual([
      { id: 'tea', name: 'Green tea', category: 'Tea', price: 4.5, cost: 2.1, stock: true, excluded: true },
    ]);
    await catalogue(db, 'sku;price', 'tea;5');
    expect(await products(db)).toMatchObject([{ price: 5, stock: true, excluded: true }]);
  });

  it('adds to products that orders have named, and orders to it', async () => {
    const db = await testDatabase();
    const order = (id: number, product: string) =>
      load(db, testFile(`customer,order,placed at,product,unit price\nann,${id},2026-01-02,${product},3\n`));
    await order(1, 'tea');
    await catalogue(db, 'product,price', 'tea,4.50', 'pot,20');
    await order(2, 'pot');
    expect(await products(db)).toMatchObject([
      { id: 'pot', price: 20 },
      { id: 'tea', price: 4.5, stock: true, excluded: false },
    ]);
  });

  it('changes nothing when the same file comes again', async () => {
    const db = await testDatabase();
    const rows = ['tea,Green tea,Tea,4.50,2.10,12,no', 'pot,Teapot,Ware,20,9,in stock,'];
    await catalogue(db, HEADER, ...rows);
    const [before, first] = [await products(db), await versions(db)];
    await catalogue(db, HEADER, ...rows);
    expect([await products(db), await versions(db)]).toEqual([before, first]);
  });

  it('has the last word of a product that stands twice, thing by thing', async () => {
    const db = await testDatabase();
    expect(await catalogue(db, 'product,name,price', 'tea,Tea,4', 'tea,,5', 'tea,Green tea,')).toMatchObject({
      accepted: 3,
      products: 1,
    });
    expect(await products(db)).toMatchObject([{ name: 'Green tea', price: 5 }]);
  });

  it.each([
    ['7', true],
    ['0', false],
    ['-2', false],
    ['0.5', true],
    ['Yes', true],
    ['TRUE', true],
    ['in stock', true],
    ['in_stock', true],
    ['no', false],
    ['false', false],
    ['Out of stock', false],
    ['out-of-stock', false],
  ])('takes a stock of "%s" for %s', async (text, stock) => {
    const db = await testDatabase();
    await catalogue(db, 'product,availability', `tea,${text}`);
    expect(await products(db)).toMatchObject([{ stock }]);
  });

  it('keeps the rows that it cannot take with their reasons', async () => {
    const db = await testDatabase();
    const report = await catalogue(
      db,
      HEADER,
      ',Tea,,,,,',
      'a,,,cheap,,,',
      'b,,,-1,,,',
      'c,,,,1-2,,',
      'd,,,,,plenty,',
      'e,,,,,,maybe',
      `${'x'.repeat(201)},,,,,,`,
      'f,,,',
      'tea,,,1,,,',
    );
    expect(report).toMatchObject({ rows: 9, accepted: 1, products: 1 });
    expect(await rejected(db)).toEqual([
      { line: 2, reason: 'MISSING_PRODUCT', detail: 'the product is empty' },
      { line: 3, reason: 'BAD_NUMBER', detail: expect.stringContaining('price "cheap"') },
      { line: 4, reason: 'BAD_NUMBER', detail: expect.stringContaining('price "-1"') },
      { line: 5, reason: 'BAD_NUMBER', detail: expect.stringContaining('unit cost "1-2"') },
      { line: 6, reason: 'BAD_STOCK', detail: '"plenty": expected a number, yes, no, in stock or out of stock' },
      { line: 7, reason: 'BAD_EXCLUDED', detail: '"maybe": expected yes or no' },
      { line: 8, reason: 'TOO_LONG', detail: expect.stringContaining('at most 200') },
      { line: 9, reason: 'WRONG_COLUMNS', detail: '4 columns where the header has 7' },
    ]);
    expect(await products(db)).toMatchObject([{ id: 'tea' }]);
  });

  it('is in the currency of the workspace, or refused', async () => {
    const db = await testDatabase();
    await load(db, testFile('customer,order,date,unit price,currency\nann,1,2026-01-02,3,EUR\n'));
    await expect(catalogue(db, 'product,price,currency', 'tea,4,USD')).rejects.toMatchObject({
      code: 'OTHER_CURRENCY',
      message: expect.stringContaining('kept in EUR and the file is in USD'),
    });
    expect(await catalogue(db, 'product,price,currency', 'tea,4,', 'pot,20,eur', 'mug,9,USD')).toMatchObject({
      currency: 'EUR',
      accepted: 2,
      rejected: { OTHER_CURRENCY: 1 },
    });
  });

  it('binds orders to the currency of its prices', async () => {
    const db = await testDatabase();
    await catalogue(db, 'product,price,currency', 'tea,4,EUR');
    const orders = testFile('customer,order,date,unit price\nann,1,2026-01-02,3\n');
    const formats = formatsNamed('orders');
    await expect(
      importFile(db.pool, { workspace: 'shop', path: orders, formats, currency: 'USD' }),
    ).rejects.toMatchObject({ code: 'OTHER_CURRENCY' });
    expect(await load(db, orders)).toMatchObject({ currency: 'EUR' });
  });

  it('without a column for the product is refused with the names that it may go by', async () => {
    const db = await testDatabase();
    await expect(catalogue(db, 'name,price', 'Tea,4')).rejects.toMatchObject({
      code: 'MISSING_COLUMN',
      message: expect.stringContaining('"product" (also: product id, sku'),
    });
  });
});
