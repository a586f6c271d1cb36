import { describe, expect, it } from 'vitest';
import type { Database } from '../../server/store/database.ts';
import { testDatabase } from '../support/database.ts';
import { testFile } from '../support/files.ts';
import { load } from '../support/shop.ts';

const HEADER = 'customer,order,placed at,amount,product,product name,category';
const NEW = 'a,1,2026-06-05T08:00:00Z,10,SKU1,New name,Tea';
const OLD = 'a,2,2025-01-05T08:00:00Z,10,SKU1,Old name,Ware';

const orders = (db: Database, ...rows: readonly string[]) => load(db, testFile(`${HEADER}\n${rows.join('\n')}\n`));

const product = async ({ pool }: Database) =>
  (await pool.query('select name, category, named_at as "namedAt", xmin::text as version from product')).rows[0];

const LATEST = { name: 'New name', category: 'Tea', namedAt: new Date('2026-06-05T08:00:00Z') };

describe('name and category of a product', () => {
  it.each([
    ['newest first', [NEW, OLD]],
    ['oldest first', [OLD, NEW]],
  ])('are those of the latest order, in a file that goes %s', async (_, rows) => {
    const db = await testDatabase();
    await orders(db, ...rows);
    expect(await product(db)).toMatchObject(LATEST);
  });

  it.each([
    ['newest first', [NEW, OLD]],
    ['oldest first', [OLD, NEW]],
  ])('are those of the latest order, in files that come %s', async (_, rows) => {
    const db = await testDatabase();
    for (const row of rows) await orders(db, row);
    const once = await product(db);
    expect(once).toMatchObject(LATEST);
    for (const row of rows) await orders(db, row);
    expect(await product(db)).toEqual(once);
  });

  it('are filled by an older order where the latest leaves them empty', async () => {
    const db = await testDatabase();
    await orders(db, 'a,1,2026-06-05T08:00:00Z,10,SKU1,New name,');
    await orders(db, OLD, 'a,3,2026-07-05T08:00:00Z,10,SKU1,,');
    expect(await product(db)).toMatchObject({ ...LATEST, category: 'Ware' });
  });
});
