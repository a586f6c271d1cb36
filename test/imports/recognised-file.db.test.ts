import { describe, expect, it } from 'vitest';

import { formatsNamed } from '../../server/import-formats.ts';
import { importFile } from '../../server/imports/import-file.ts';
import type { Database } from '../../server/store/database.ts';
import { testDatabase } from '../support/database.ts';
import { testFile } from '../support/files.ts';
import { load } from '../support/shop.ts';

/** Like Shopify's: one row a line, the order's values in its first row. */
const shopify = (...rows: readonly string[]) =>
  testFile(
    [
      'Name,Email,Financial Status,Currency,Subtotal,Shipping,Taxes,Total,Created at,Lineitem quantity,Lineitem name,Lineitem price,Lineitem sku,Refunded Amount',
      ...rows,
    ].join('\n'),
  );

const run = ({ pool }: Database, path: string, dryRun = false) =>
  importFile(pool, { workspace: 'shop', path, formats: formatsNamed(), dryRun });

const orders = () =>
  shopify(
    '#1,ann@example.com,paid,EUR,45.00,6.00,0.00,51.00,2026-05-03 10:00:00 +0200,1,Shirt,40.00,S,0',
    '#1,ann@example.com,,,,,,,2026-05-03 10:00:00 +0200,2,Socks,5.00,W,',
    '#2,,paid,EUR,7.50,0,0,7.50,2026-05-04 10:00:00 +0200,1,Socks,7.50,W,0',
    '#3,bob@example.com,voided,EUR,80.00,0,0,80.00,2026-05-05 10:00:00 +0200,2,Shirt,40.00,S,0',
    '#4,ANN@example.com,partially_refunded,EUR,40.00,0,0,40.00,2026-05-06 10:00:00 +0200,1,Shirt,40.00,S,10.00',
  );
const FIGURES = {
  source: 'shopify-orders',
  currency: 'EUR',
  rows: 5,
  accepted: 4,
  excluded: { VOIDED: 1 },
  rejected: {},
  customers: 1,
  orders: 2,
  refunds: 1,
  gross: '85.0000',
  discount: '5.0000',
  shipping: '6.0000',
  net: '75.0000',
  anonymous: { orders: 1, net: '7.5000' },
};

describe('a file of a known source', () => {
  it('is recognised by its header, and counts as the shop counts', async () => {
    const db = await testDatabase();
    expect(await run(db, orders())).toMatchObject(FIGURES);
    const { rows } = await db.pool.query(
      `select sum(o.amount)::text as amount, sum(o.shipping)::text as shipping from "order" o
       join customer c on c.id = o.customer_id where not c.is_anonymous`,
    );
    expect(rows).toEqual([{ amount: '85.0000', shipping: '6.0000' }]);
  });

  it('gives the same report in a dry run, which stores nothing', async () => {
    const db = await testDatabase();
    const path = orders();
    const { job, ...dry } = await run(db, path, true);
    expect(job).toBeNull();
    expect((await db.pool.query('select 1 from workspace union all select 1 from import_job')).rows).toEqual([]);
    const { job: _, ...report } = await run(db, path);
    expect(dry).toEqual(report);
  });

  it('takes an order out that a later file has as cancelled', async () => {
    const db = await testDatabase();
    await run(db, orders());
    const later = shopify('#1,ann@example.com,voided,EUR,45.00,6,0,51.00,2026-05-03 10:00:00 +0200,1,Shirt,40.00,S,0');
    await run(db, later);
    const { rows } = await db.pool.query('select external_id as id from "order" order by 1');
    expect(rows).toEqual([{ id: '#2' }, { id: '#4' }]);
  });
});

describe('a file in two currencies', () => {
  const mixed = () =>
    shopify(
      '#1,ann@example.com,paid,EUR,50.00,0,0,50.00,2026-05-03 10:00:00 +0000,1,Shirt,50.00,S,0',
      '#2,bob@example.com,paid,USD,55.00,0,0,55.00,2026-05-04 10:00:00 +0000,1,Shirt,55.00,S,0',
    );

  it('is refused without rates, before anything is stored', async () => {
    const db = await testDatabase();
    await expect(run(db, mixed())).rejects.toMatchObject({ code: 'MIXED_CURRENCIES' });
    expect((await db.pool.query('select 1 from workspace union all select 1 from import_job')).rows).toEqual([]);
  });

  it('is kept in the currency of the workspace by the rates of the days, with what was paid', async () => {
    const db = await testDatabase();
    await load(db, testFile('day,currency,rate\n2026-05-04,USD,1.1\n'), 'rates');
    await load(db, testFile('customer,order,date,unit price,currency\ncleo,9,2026-05-01,1,EUR\n'));
    expect(await run(db, mixed())).toMatchObject({ currency: 'EUR', orders: 2, net: '100.0000' });
    const { rows } = await db.pool.query(
      `select amount::text, paid_amount::text as paid, paid_currency as currency from "order" where external_id = '#2'`,
    );
    expect(rows).toEqual([{ amount: '50.0000', paid: '55.0000', currency: 'USD' }]);
  });
});
