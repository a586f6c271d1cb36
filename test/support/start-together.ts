import pg from 'pg';
import { expect } from 'vitest';

import { embeddedAddress, openEmbedded } from '../../server/store/embedded.ts';
import { migrate, readMigrations } from '../../server/store/migrate.ts';
import { json, run } from './cli.ts';
import { testFile } from './files.ts';

/** A store as the release before the last migration leaves it. */
export async function createOldStore(folder: string) {
  const embedded = await openEmbedded(folder);
  const pool = new pg.Pool(embeddedAddress(embedded.host));
  await migrate(pool, readMigrations().slice(0, -1));
  await pool.end();
  await embedded.close();
}

/** Three imports into workspaces of one store, each a process of its own. */
export async function importThreeTogether(folder: string) {
  const file = testFile('customer,order,placed at,unit price\nann,1,2026-01-02,10\n');
  const shops = ['one', 'two', 'three'];
  const ends = await Promise.all(shops.map((name) => run(folder, 'import', file, '--format', 'orders', '-w', name)));
  expect(ends.map(({ code, stderr }) => (code === 0 ? 'imported' : stderr))).toEqual(shops.map(() => 'imported'));
  const migrations = readMigrations().map(({ name }) => name);
  expect(await json(folder, 'status', '-w', 'two')).toMatchObject({ migrations, customers: 1, orders: 1 });
}
