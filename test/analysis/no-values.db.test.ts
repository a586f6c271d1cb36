import { expect, it } from 'vitest';

import { findWorkspace } from '../../server/access/data/workspaces.ts';
import { countSegments } from '../../server/campaigns/data/segment-counts.ts';
import { exportCustomers } from '../../server/customers/export-customers.ts';
import { readClvCells } from '../../server/scores/data/clv-cells.ts';
import { readRfmCells } from '../../server/scores/data/rfm-cells.ts';
import { findRuns } from '../../server/scores/data/runs.ts';
import type { Database } from '../../server/store/database.ts';
import { testDatabase } from '../support/database.ts';
import { testFile } from '../support/files.ts';
import { analyse, HEADER, load, published, segments } from '../support/shop.ts';

async function readEverything(db: Database) {
  const view = await published(db);
  const [run] = await findRuns(db.pool, view, [view.runId!]);
  const clv = await readClvCells(db.pool, view, {});
  const rfm = await readRfmCells(db.pool, view);
  const counts = await countSegments(db.pool, { workspaceId: view.workspaceId, runId: view.runId! }, run!.asOf);
  const pages = await exportCustomers(db.pool, await findWorkspace(db.pool, 'shop'), {}, { showsPersonalData: false });
  const listed = [];
  for await (const page of pages) listed.push(...page);
  return { run: run!, clv, rfm, counts, listed };
}

const once = (on: string) => Array.from({ length: 50 }, (_, i) => `c${i},o${i},${on},20`);

it.each([
  ['50 customers with one order each on opening day', once('2026-03-01'), '2026-03-01', /4 weeks/],
  ['two orders a customer in three weeks', [...once('2026-03-01'), 'c1,x,2026-03-09,20'], '2026-03-21', /4 weeks/],
  ['half a year without a second visit', once('2026-03-01'), '2026-09-01', /second day/],
])('%s get segments and history, and no value', async (_, rows, asOf, reason) => {
  const db = await testDatabase();
  await load(db, testFile([HEADER, ...rows].join('\n')));
  await analyse(db, { asOf });
  const { run, clv, rfm, counts, listed } = await readEverything(db);
  expect(run.noValueReason).toMatch(reason);
  expect(run.formulas).toEqual([]);
  expect(Object.values(await segments(db)).reduce((sum, count) => sum + count, 0)).toBe(50);
  expect(clv.all).toMatchObject({ customers: 50, curve: [] });
  expect(Number(clv.all.netRevenue)).toBe(20 * rows.length);
  expect(clv.bySegment.every(({ curve }) => curve.length === 0)).toBe(true);
  expect(rfm.segments.every((segment) => segment.clv === null)).toBe(true);
  expect(counts.map((count) => count.clv).every((each) => each === null)).toBe(true);
  expect(listed).toHaveLength(50);
  for (const { clv12m, p10, p90, segment, lastOrderOn } of listed) {
    expect({ clv12m, p10, p90 }).toEqual({ clv12m: null, p10: null, p90: null });
    expect(segment).not.toBeNull();
    expect(lastOrderOn).not.toBeNull();
  }
});

it('get values once somebody has come back after four weeks', async () => {
  const db = await testDatabase();
  await load(db, testFile([HEADER, ...once('2026-03-01'), 'c1,x,2026-03-20,20'].join('\n')));
  await analyse(db, { asOf: '2026-03-01' });
  await analyse(db, { asOf: '2026-04-30' });
  const { run, clv, listed } = await readEverything(db);
  expect(run.noValueReason).toBeNull();
  expect(clv.all.curve).toHaveLength(5);
  expect(listed[0]).toMatchObject({ customer: 'c1', clv12m: expect.any(Number) });
});
