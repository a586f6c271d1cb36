import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import pg from 'pg';
import { expect, it } from 'vitest';

import { readConfig } from '../../server/config.ts';
import { embeddedAddress } from '../../server/store/embedded.ts';
import { openStore } from '../../server/store/store.ts';
import { embeddedStore, ended, environment, firstMatch, json, start, testStore } from '../support/cli.ts';
import { testFile } from '../support/files.ts';

/** Counts and sums of everything that an import has stored. */
async function stored(store: string): Promise<unknown> {
  const db = await openStore(readConfig(environment(store)));
  const { rows } = await db.pool.query(
    `select (select json_build_array(count(*), sum(amount), sum(line_count)) from "order") as orders,
       (select json_build_array(count(*), sum(quantity * unit_price), count(distinct product_id)) from order_line) as lines,
       (select json_build_array(count(*), sum(amount), count(order_id)) from refund) as refunds,
       (select json_build_array(count(*), max(country)) from customer) as customers`,
  );
  await db.close();
  return rows[0];
}

it('an import that is killed half-way and run again comes to the same figures', async () => {
  const folder = embeddedStore();
  const rows = ['customer,order,placed at,product,quantity,unit price'];
  // Both lines of an order, far enough apart that a batch ends between those of some.
  for (const first of [0, 7000, 14_000])
    for (const product of ['tea', 'pot'])
      for (let order = first; order < first + 7000; order++)
        rows.push(
          `c${order % 4000},${order},2026-${String(1 + (order % 12)).padStart(2, '0')}-10,${product},${order % 50 === 7 ? -1 : 2},${1 + (order % 90)}.25`,
        );
  const file = testFile(rows.join('\n'));
  const args = ['import', file, '--format', 'orders'];
  const killed = start(folder, ...args);
  await firstMatch(killed, 'stderr', /amounts are in/);
  // A second process sees the first batches arrive.
  const guest = new pg.Client(embeddedAddress(JSON.parse(readFileSync(join(folder, 'lock.json'), 'utf8')).host));
  guest.on('error', () => {});
  await guest.connect();
  while ((await guest.query('select 1 from "order" limit 1')).rows.length === 0) await setTimeout(20);
  killed.kill('SIGKILL');
  await ended(killed).catch(() => {});
  const half = await json<{ orders: number }>(folder, 'status');
  expect(half.orders).toBeGreaterThan(0);
  const report = await json<{ orders: number; gross: number }>(folder, ...args);
  expect(half.orders).toBeLessThan(report.orders);
  const other = await testStore();
  expect(report).toEqual({
    ...(await json<object>(other, ...args)),
    job: expect.any(String),
    seconds: expect.any(Number),
  });
  expect(await stored(folder)).toEqual(await stored(other));
});
