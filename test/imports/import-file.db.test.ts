import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { formatsNamed, type ImportFormatName } from '../../server/import-formats.ts';
import { importFile } from '../../server/imports/import-file.ts';
import { openImport } from '../../server/imports/open-import.ts';
import type { Database } from '../../server/store/database.ts';
import { testDatabase } from '../support/database.ts';
import { testFile } from '../support/files.ts';

const run = ({ pool }: Database, path: string, name: ImportFormatName = 'orders', currency?: string) =>
  importFile(pool, { workspace: 'shop', path, formats: formatsNamed(name), currency });

const HEADER = 'customer,order,placed at,product,quantity,unit price';

const rowsOf = async ({ pool }: Database, table: string) =>
  (await pool.query(`select row_to_json(t)::text as row from ${table} t order by 1`)).rows.map(({ row }) => row);

/** Everything that an import stores but the record of the import itself. */
const facts = async (db: Database) =>
  Promise.all(['customer', 'product', '"order"', 'order_line', 'refund'].map((table) => rowsOf(db, table)));

describe('orders', () => {
  it('finds columns by common names and reports them before anything is stored', async () => {
    const db = await testDatabase();
    const path = testFile(
      'Customer ID;Order Number;Created at;SKU;Qty;Price;Discount code\nann;1;2026-01-02;tea;2;4.50;X\n',
    );
    const { file } = await openImport(db.pool, { workspace: 'shop', path, formats: formatsNamed('orders') });
    expect(file.ignored).toEqual(['Discount code']);
    const seen = Object.fromEntries(file.columns.map(({ column, header }) => [column, header]));
    expect(seen).toMatchObject({
      customer: 'Customer ID',
      order: 'Order Number',
      'placed at': 'Created at',
      product: 'SKU',
      quantity: 'Qty',
      'unit price': 'Price',
      email: null,
    });
    expect(await rowsOf(db, 'workspace')).toEqual([]);
    expect(await run(db, path)).toMatchObject({
      rows: 1,
      accepted: 1,
      customers: 1,
      products: 1,
      orders: 1,
      gross: '9.0000',
      net: '9.0000',
    });
  });

  it('changes nothing when the same file comes again', async () => {
    const db = await testDatabase();
    const path = testFile(
      `${HEADER}\nann,1,2026-01-02,tea,2,4.50\nann,1,2026-01-02,pot,1,20\nbob,2,2026-01-03,tea,1,4.50\nann,1,2026-02-01,pot,-1,20\n`,
    );
    const { job, ...first } = await run(db, path);
    const before = await facts(db);
    const { job: again, ...second } = await run(db, path);
    expect(second).toEqual(first);
    expect(again).not.toBe(job);
    expect(await facts(db)).toEqual(before);
  });

  it('keeps identical lines of one order apart, wherever they stand in the file', async () => {
    const db = await testDatabase();
    const report = await run(
      db,
      testFile(`${HEADER}\nann,1,2026-01-02,tea,1,3\nbob,2,2026-01-02,tea,1,3\nann,1,2026-01-02,tea,1,3\n`),
    );
    expect(report).toMatchObject({ orders: 2, gross: '9.0000' });
    const { rows } = await db.pool.query(
      'select external_id, amount::float8 as amount, line_count from "order" order by 1',
    );
    expect(rows).toEqual([
      { external_id: '1', amount: 6, line_count: 2 },
      { external_id: '2', amount: 3, line_count: 1 },
    ]);
    expect(await rowsOf(db, 'order_line')).toHaveLength(3);
  });

  it('takes a negative quantity for the return of a line, also when it comes before its order', async () => {
    const db = await testDatabase();
    const report = await run(db, testFile(`${HEADER}\nann,1,2026-01-05,tea,-1,4\nann,1,2026-01-02,tea,3,4\n`));
    expect(report).toMatchObject({ orders: 1, refunds: 1, gross: '12.0000', net: '8.0000' });
    const { rows } = await db.pool.query(
      'select r.amount::float8 as amount, o.external_id from refund r join "order" o on o.customer_id = r.customer_id and o.id = r.order_id',
    );
    expect(rows).toEqual([{ amount: 4, external_id: '1' }]);
  });

  it('lets an order lose the lines that a later file no longer has', async () => {
    const db = await testDatabase();
    await run(db, testFile(`${HEADER}\nann,1,2026-01-02,tea,1,3\nann,1,2026-01-02,pot,1,20\n`));
    await run(db, testFile(`${HEADER}\nann,1,2026-01-02,pot,1,20\n`));
    const { rows } = await db.pool.query(
      'select p.external_id, l.unit_price::float8 as price from order_line l join product p on p.id = l.product_id',
    );
    expect(rows).toEqual([{ external_id: 'pot', price: 20 }]);
    expect((await db.pool.query('select amount::float8 as amount from "order"')).rows).toEqual([{ amount: 20 }]);
  });

  it('leaves complete orders alone when their lines stand far apart in a file that comes again', async () => {
    const db = await testDatabase();
    const rows = [HEADER];
    for (const product of ['tea', 'pot'])
      for (let order = 0; order < 11_000; order++)
        rows.push(`c${order % 50},${order},2026-01-02,${product},1,${1 + (order % 7)}`);
    const path = testFile(rows.join('\n'));
    expect(await run(db, path)).toMatchObject({ rows: 22_000, orders: 11_000 });
    const state = async () =>
      (
        await db.pool.query(`select (select sum(amount)::text from "order") as amount, (select min(line_count) from "order") as least,
          (select count(*)::int from order_line) as lines, (select sum(history_version)::int from customer) as versions`)
      ).rows[0];
    const first = await state();
    expect(first).toMatchObject({ least: 2, lines: 22_000 });
    await run(db, path);
    expect(await state()).toEqual(first);
  });

  it('takes a line total for what it is, whatever the quantity', async () => {
    const db = await testDatabase();
    await run(
      db,
      testFile(
        'customer,order,date,quantity,total\nann,1,2026-01-02,3,10\nann,2,2026-01-02,2,9\nann,2,2026-01-09,-1,4.5\n',
      ),
    );
    const { rows } = await db.pool.query('select external_id as id, amount::float8 as amount from "order" order by 1');
    expect(rows).toEqual([
      { id: '1', amount: 10 },
      { id: '2', amount: 9 },
    ]);
    expect((await db.pool.query('select amount::float8 as amount from refund')).rows).toEqual([{ amount: 4.5 }]);
    expect((await db.pool.query('select quantity::float8 as q from order_line order by 1')).rows).toEqual([
      { q: 2 },
      { q: 3 },
    ]);
  });

  it('takes no negative quantity for a purchase, with a negative price beside it either', async () => {
    const db = await testDatabase();
    expect(await run(db, testFile(`${HEADER}\nann,1,2026-01-02,tea,-1,-5\n`))).toMatchObject({
      orders: 0,
      refunds: 1,
      net: '-5.0000',
    });
  });

  it('rejects amounts and ids that no column holds, and goes on', async () => {
    const db = await testDatabase();
    const report = await run(
      db,
      testFile(
        `${HEADER}\nann,1,2026-01-02,tea,999999999,999999999\nann,2,2026-01-02,${'x'.repeat(300)},1,1\nann,3,2026-01-02,tea,0.1255,1\nann,4,2026-01-02,tea,1,1\n`,
      ),
    );
    expect(report).toMatchObject({ accepted: 1, rejected: { BAD_NUMBER: 2, TOO_LONG: 1 } });
  });

  it('keeps the details of the latest order and the channel of the first, whatever the order of the file', async () => {
    const db = await testDatabase();
    const rows = [
      'ann,3,2026-03-01,Search,FR,new@example.com,1',
      'ann,1,2026-01-01,Newsletter,DE,old@example.com,1',
      'ann,2,2026-02-01,Ads,,,1',
    ];
    await run(db, testFile(`customer,order,date,channel,country,email,unit price\n${rows.join('\n')}\n`));
    expect((await db.pool.query('select channel, country, email from customer')).rows).toEqual([
      { channel: 'Newsletter', country: 'FR', email: 'new@example.com' },
    ]);
  });

  it('takes a file without a currency to be in that of the workspace', async () => {
    const db = await testDatabase();
    await run(db, testFile(`${HEADER}\nann,1,2026-01-02,tea,1,3\n`), 'orders', 'eur');
    expect(await run(db, testFile(`${HEADER}\nann,2,2026-01-03,tea,1,3\n`))).toMatchObject({
      currency: 'EUR',
      accepted: 1,
    });
    await expect(run(db, testFile(`${HEADER}\nann,3,2026-01-03,tea,1,3\n`), 'orders', 'euro')).rejects.toMatchObject({
      code: 'BAD_CURRENCY',
    });
  });

  it('raises the version of changed customers only', async () => {
    const db = await testDatabase();
    await run(db, testFile(`${HEADER}\nann,1,2026-01-02,tea,1,3\nbob,2,2026-01-02,tea,1,3\n`));
    const versions = async () =>
      (await db.pool.query('select history_version as v from customer order by external_id')).rows.map(({ v }) => v);
    const [ann, bob] = await versions();
    await run(
      db,
      testFile(`${HEADER}\nann,1,2026-01-02,tea,1,3\nbob,2,2026-01-02,tea,1,3\nbob,3,2026-01-09,tea,1,3\n`),
    );
    expect(await versions()).toEqual([ann, bob + 1]);
  });

  it('stores each rejected row with its line, reason and text, and takes the others', async () => {
    const db = await testDatabase();
    const lines = [
      HEADER,
      'ann,1,2026-01-02,tea,1,3',
      ',2,2026-01-02,tea,1,3',
      'ann,,2026-01-02,tea,1,3',
      'ann,3,2026-02-30,tea,1,3',
      'ann,4,2026-01-02,tea,one,3',
      'ann,5,2026-01-02',
      '"ann,6,2026-01-02,tea,1,3',
      '',
      'bob,7,2026-01-02 10:30,"tea, green",1,3',
    ];
    const report = await run(db, testFile(`${lines.join('\r\n')}\r\n`));
    expect(report).toMatchObject({
      rows: 8,
      accepted: 3,
      anonymous: { orders: 1 },
      rejected: { MISSING_ORDER: 1, BAD_DATE: 1, BAD_NUMBER: 1, WRONG_COLUMNS: 1, BAD_SYNTAX: 1 },
    });
    const { rows } = await db.pool.query('select line_no, reason, raw from rejected_row order by line_no');
    expect(rows).toEqual([
      { line_no: 4, reason: 'MISSING_ORDER', raw: lines[3] },
      { line_no: 5, reason: 'BAD_DATE', raw: lines[4] },
      { line_no: 6, reason: 'BAD_NUMBER', raw: lines[5] },
      { line_no: 7, reason: 'WRONG_COLUMNS', raw: lines[6] },
      { line_no: 8, reason: 'BAD_SYNTAX', raw: lines[7] },
    ]);
  });

  it('keeps a workspace in one currency', async () => {
    const db = await testDatabase();
    const mixed = testFile(`${HEADER},currency\nann,1,2026-01-02,tea,1,3,EUR\nann,2,2026-01-02,tea,1,3,usd\n`);
    await expect(run(db, mixed)).rejects.toMatchObject({ code: 'MIXED_CURRENCIES' });
    expect(await rowsOf(db, 'import_job')).toEqual([]);
    await run(db, testFile(`${HEADER},currency\nann,1,2026-01-02,tea,1,3,EUR\n`));
    await expect(run(db, testFile(`${HEADER}\nann,1,2026-01-02,tea,1,3\n`), 'orders', 'GBP')).rejects.toMatchObject({
      code: 'OTHER_CURRENCY',
    });
    const dollars = testFile(' 00004 0001 19970101  2   29.33\r\n', 's.txt');
    await expect(run(db, dollars, 'cdnow')).rejects.toMatchObject({ code: 'OTHER_CURRENCY' });
  });

  it('reads gzip by its content, whatever the name', async () => {
    const db = await testDatabase();
    expect(await run(db, testFile(gzipSync(`${HEADER}\nann,1,2026-01-02,tea,1,3\n`)))).toMatchObject({ accepted: 1 });
  });

  it('stores the instant that a time with an offset names', async () => {
    const db = await testDatabase();
    await run(db, testFile(`${HEADER}\nann,1,2026-01-02T01:30:00+02:00,tea,1,3\nann,2,2026-01-02,tea,1,3\n`));
    const { rows } = await db.pool.query('select placed_at::text as at from "order" order by external_id');
    expect(rows.map(({ at }) => at)).toEqual(['2026-01-01 23:30:00+00', '2026-01-02 00:00:00+00']);
  });
});

describe('a file that cannot be read', () => {
  const mixed = Buffer.concat(
    (['utf8', 'latin1'] as const).map((encoding) =>
      Buffer.from(`${HEADER}\nJos\u00e9,1,2026-01-02,tea,1,3\n`, encoding),
    ),
  );
  it.each([
    ['mixes encodings', mixed, 'WRONG_ENCODING', 'UTF-8'],
    ['is a spreadsheet', Buffer.from('PK\u0003\u0004....'), 'BINARY_FILE', 'CSV'],
    ['holds zero bytes', Buffer.from([99, 117, 0, 1, 2]), 'BINARY_FILE', 'expected text'],
    ['is damaged gzip', gzipSync(HEADER.repeat(50)).subarray(0, 40), 'DAMAGED_GZIP', 'gzip'],
    ['is empty', '', 'EMPTY_FILE', 'empty'],
    ['has a header alone', `${HEADER}\n`, 'EMPTY_FILE', 'no rows'],
    ['lacks a column', 'customer,placed at\nann,2026-01-02\n', 'MISSING_COLUMN', '"order"'],
    ['has dates of another form', `${HEADER}\nann,1,someday,tea,1,3\n`, 'UNREADABLE_DATES', 'someday'],
  ])('that %s is refused with what was expected, and nothing is stored', async (_what, content, code, expected) => {
    const db = await testDatabase();
    const refusal = run(db, testFile(content));
    await expect(refusal).rejects.toMatchObject({ code, message: expect.stringContaining(expected) });
    for (const table of ['workspace', 'import_job', 'customer', 'rejected_row'])
      expect(await rowsOf(db, table)).toEqual([]);
  });
});

describe('online-retail', () => {
  const HEAD = 'Invoice,StockCode,Description,Quantity,InvoiceDate,Price,Customer ID,Country';

  it('takes invoices that begin with C for refunds, which are never a purchase', async () => {
    const db = await testDatabase();
    const path = testFile(
      `${HEAD}\n1,A,Lamp,2,2011-01-01 10:00:00,5.5,17850.0,France\nC2,A,Lamp,-1,2011-01-03 10:00:00,5.5,17850,France\nC3,A,Lamp,-1,2011-01-03 10:00:00,5.5,9,France\n`,
    );
    expect(await run(db, path, 'online-retail')).toMatchObject({
      customers: 2,
      orders: 1,
      refunds: 2,
      gross: '11.0000',
      net: '0.0000',
    });
  });
});

describe('cdnow', () => {
  it('reads the master file, with a header and one id', async () => {
    const db = await testDatabase();
    const path = testFile(
      'customer_id  date number_of_cds  dollar_value\r\n 00002 19970112  1   12.00\r\n 00002 19970112  5   77.00\r\n',
      'm.txt',
    );
    expect(await run(db, path, 'cdnow')).toMatchObject({ rows: 2, customers: 1, orders: 2, gross: '89.0000' });
  });

  it('reads the sample file, without a header and with the sample id', async () => {
    const db = await testDatabase();
    await run(db, testFile(' 00004 0001 19970101  2   29.33\r\n', 's.txt'), 'cdnow');
    expect((await db.pool.query('select external_id from customer')).rows).toEqual([{ external_id: '0001' }]);
  });

  it('refuses another file', async () => {
    const db = await testDatabase();
    await expect(run(db, testFile(`${HEADER}\nann,1,2026-01-02,tea,1,3\n`), 'cdnow')).rejects.toMatchObject({
      code: 'WRONG_FORMAT',
    });
  });
});
