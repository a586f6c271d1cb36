import { expect, it } from 'vitest';

import { testDatabase } from '../support/database.ts';
import { testFile } from '../support/files.ts';
import { analyse, load, published, simulated } from '../support/shop.ts';

it('fails the run when a page of scores cannot be stored, and leaves none of its figures', async () => {
  const db = await testDatabase();
  await load(db, testFile(simulated(60)));
  await db.pool.query('alter table customer_score add constraint refuse check (order_days < 0)');
  await expect(analyse(db)).rejects.toThrow(/refuse/);
  expect((await published(db)).runId).toBeNull();
  expect((await db.pool.query('select status from analysis_run')).rows).toEqual([{ status: 'FAILED' }]);
  await db.pool.query('alter table customer_score drop constraint refuse');
  await analyse(db);
  expect((await db.pool.query('select count(*)::int as n from customer_score')).rows).toEqual([{ n: 60 }]);
});
