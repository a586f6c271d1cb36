import pg from 'pg';
import { describe, expect, it, onTestFinished } from 'vitest';
import { findWorkspace } from '../../../server/access/data/workspaces.ts';
import { dayOfNumber } from '../../../server/domain/day.ts';
import { summarise } from '../../../server/scores/data/summaries.ts';
import { connect, type Database } from '../../../server/store/database.ts';
import { migrate, readMigrations } from '../../../server/store/migrate.ts';
import { freshDatabaseUrl, testDatabase } from '../../support/database.ts';
import { testFile } from '../../support/files.ts';
import { load } from '../../support/shop.ts';

const HEADER = 'customer,order,placed at,product,quantity,unit price,discount,unit cost';

const importRows = (db: Database, ...rows: readonly string[]) => load(db, testFile(`${HEADER}\n${rows.join('\n')}\n`));

const summariseShop = async ({ pool }: Database, asOf = '2026-12-31') =>
  summarise(pool, (await findWorkspace(pool, 'shop')).id, asOf);

interface Bought {
  readonly customer: string;
  readonly product: string;
  readonly days: readonly number[];
  readonly version: string;
}

const rowsOf = async ({ pool }: Database): Promise<Bought[]> =>
  (
    await pool.query(
      `select c.external_id as customer, p.external_id as product, b.days, b.quantity, b.revenue, b.cost, b.xmin::text as version
       from customer_product b join customer c on c.id = b.customer_id join product p on p.id = b.product_id order by 1, 2`,
    )
  ).rows;

const bought = async (db: Database) =>
  (await rowsOf(db)).map(({ days, version: _, ...row }) => ({ ...row, days: days.map(dayOfNumber) }));

const versions = async (db: Database) =>
  Object.fromEntries((await rowsOf(db)).map(({ customer, version }) => [customer, version]));

describe.each(['postgresql', 'embedded'] as const)('what customers bought, on %s', (engine) => {
  it('is summed by product over order days in UTC, each day once', async () => {
    const db = await testDatabase(engine);
    await importRows(
      db,
      'ann,2,2026-02-01T23:30:00-05:00,tea,1,4,0,2',
      'ann,1,2026-01-01T08:00:00Z,tea,2,4.50,1,2',
      'ann,1,2026-01-01T08:00:00Z,pot,1,20,0,9',
      'ann,3,2026-01-01T23:59:59Z,tea,1,4.50,0,2.5',
      'ann,4,2026-01-05,,1,7,0,3',
    );
    await summariseShop(db);
    expect(await bought(db)).toEqual([
      { customer: 'ann', product: 'pot', days: ['2026-01-01'], quantity: 1, revenue: 20, cost: 9 },
      { customer: 'ann', product: 'tea', days: ['2026-01-01', '2026-02-02'], quantity: 4, revenue: 16.5, cost: 8.5 },
    ]);
  });
});

describe('what customers bought', () => {
  it('has no cost where that of one line is unknown', async () => {
    const db = await testDatabase();
    await importRows(db, 'ann,1,2026-01-01,tea,1,4,0,2', 'ann,2,2026-01-02,tea,1,4,0,', 'ann,2,2026-01-02,pot,1,9,0,0');
    await summariseShop(db);
    expect(await bought(db)).toMatchObject([
      { product: 'pot', cost: 0 },
      { product: 'tea', revenue: 8, cost: null },
    ]);
  });

  it('leaves out an order that came back whole, and keeps one of which a part did', async () => {
    const db = await testDatabase();
    await importRows(
      db,
      'ann,1,2026-01-01,tea,1,4,0,2',
      'ann,2,2026-01-09,tea,1,4,0,2',
      'ann,2,2026-01-09,pot,1,20,0,9',
    );
    await summariseShop(db);
    expect(await bought(db)).toHaveLength(2);
    await importRows(db, 'ann,2,2026-01-11,pot,-1,20,0,9');
    await summariseShop(db);
    expect(await bought(db)).toHaveLength(2);
    await importRows(db, 'ann,2,2026-01-12,tea,-1,4,0,2');
    await summariseShop(db);
    expect(await bought(db)).toMatchObject([{ product: 'tea', days: ['2026-01-01'], quantity: 1 }]);
  });

  it('forgets the line that a later import of the order no longer has', async () => {
    const db = await testDatabase();
    await importRows(db, 'ann,1,2026-01-01,tea,1,4,0,2', 'ann,1,2026-01-01,pot,1,20,0,9');
    await summariseShop(db);
    await importRows(db, 'ann,1,2026-01-01,pot,1,20,0,9');
    await summariseShop(db);
    expect(await bought(db)).toMatchObject([{ product: 'pot' }]);
  });

  it('counts orders and refunds up to the as-of day and not beyond, whatever was summarised before', async () => {
    const db = await testDatabase();
    await importRows(
      db,
      'ann,1,2026-01-01,tea,1,4,0,2',
      'ann,2,2026-02-01,pot,1,20,0,9',
      'ann,2,2026-03-01,pot,-1,20,0,9',
    );
    const products = async (asOf: string) => {
      await summariseShop(db, asOf);
      return (await bought(db)).map(({ product }) => product);
    };
    expect(await products('2026-03-01')).toEqual(['tea']);
    expect(await products('2026-02-28')).toEqual(['pot', 'tea']);
    expect(await products('2026-01-31')).toEqual(['tea']);
    expect(await products('2025-12-31')).toEqual([]);
    expect(await products('2026-03-01')).toEqual(['tea']);
  });

  it('is written again for changed customers only', async () => {
    const db = await testDatabase();
    await importRows(db, 'ann,1,2026-01-01,tea,1,4,0,2', 'bob,2,2026-01-02,tea,1,4,0,2');
    await summariseShop(db, '2026-01-31');
    const before = await versions(db);
    await importRows(db, 'ann,1,2026-01-01,tea,1,4,0,2', 'bob,3,2026-01-09,pot,1,20,0,9');
    await summariseShop(db, '2026-02-28');
    const after = await versions(db);
    expect(after.ann).toBe(before.ann);
    expect(after.bob).not.toBe(before.bob);
  });

  it('comes with the next analysis to a store that was summarised before there was a table for it', async () => {
    const connectionString = await freshDatabaseUrl();
    const old = new pg.Pool({ connectionString });
    await migrate(old, readMigrations().slice(0, 2));
    await old.query(OLD_STORE);
    await old.end();

    const db = await connect({ connectionString }, 'postgresql');
    onTestFinished(() => db.close());
    await summariseShop(db);
    expect(await bought(db)).toMatchObject([{ customer: 'ann', product: 'tea', days: ['2026-01-01'], revenue: 8 }]);
  });
});

/** As the release before left it: an order, and a summary that is current. */
const OLD_STORE = `
  insert into workspace (id, name, currency) values ('10000000-0000-0000-0000-000000000000', 'shop', 'EUR');
  insert into product (id, workspace_id, external_id)
    values ('20000000-0000-0000-0000-000000000000', '10000000-0000-0000-0000-000000000000', 'tea');
  insert into customer (id, workspace_id, external_id, fact_version, last_fact_on)
    values ('30000000-0000-0000-0000-000000000000', '10000000-0000-0000-0000-000000000000', 'ann', 1, '2026-01-01');
  insert into "order" (customer_id, id, workspace_id, import_job_id, external_id, placed_at, currency, amount, line_count)
    values ('30000000-0000-0000-0000-000000000000', '40000000-0000-0000-0000-000000000000',
      '10000000-0000-0000-0000-000000000000', '50000000-0000-0000-0000-000000000000', '1', '2026-01-01T08:00Z', 'EUR', 8, 1);
  insert into order_line (customer_id, order_id, line_no, workspace_id, product_id, quantity, unit_price, discount)
    values ('30000000-0000-0000-0000-000000000000', '40000000-0000-0000-0000-000000000000', 1,
      '10000000-0000-0000-0000-000000000000', '20000000-0000-0000-0000-000000000000', 2, 4, 0);
  insert into customer_summary (customer_id, workspace_id, as_of, fact_version, order_count, order_days, first_order_on,
      last_order_on, purchase_value, gross_revenue, net_revenue)
    values ('30000000-0000-0000-0000-000000000000', '10000000-0000-0000-0000-000000000000', '2026-01-01', 1, 1, 1,
      '2026-01-01', '2026-01-01', 8, 8, 8);`;
