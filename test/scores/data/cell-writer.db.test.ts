import { expect, it } from 'vitest';
import { GRANULARITIES } from '../../../server/domain/period.ts';
import { insertCells } from '../../../server/scores/data/cell-writer.ts';
import { readCohorts } from '../../../server/scores/data/cohort-cells.ts';
import { summarise } from '../../../server/scores/data/summaries.ts';
import { testDatabase } from '../../support/database.ts';
import { AS_OF, createStore, type OrderFixture } from '../../support/store.ts';

const order = (
  id: string,
  day: string,
  price: string,
  refund?: readonly [day: string, amount: string],
): OrderFixture => ({
  id,
  at: `${day}T12:00:00Z`,
  lines: [{ price }],
  refunds: refund && [{ id: `r${id}`, at: `${refund[0]}T12:00:00Z`, amount: refund[1] }],
});

it('gives cohorts the whole net revenue of their buyers, an order given back before the first purchase included', async () => {
  const db = await testDatabase();
  const { workspaceId, runId } = await createStore(db, [
    { id: 'ann', orders: [order('1', '2025-01-05', '100', ['2025-02-10', '100']), order('2', '2025-02-20', '50')] },
    { id: 'bob', orders: [order('3', '2025-01-06', '30', ['2025-03-01', '10']), order('4', '2025-03-02', '5')] },
    { id: 'cat', orders: [order('5', '2024-11-01', '8', ['2024-12-01', '8']), order('6', '2025-07-01', '7')] },
    { id: 'dan', orders: [order('7', '2025-01-07', '9', ['2025-01-08', '9'])] },
  ]);
  await summarise(db.pool, workspaceId, AS_OF);
  await insertCells(db.pool, { workspaceId, runId }, [], AS_OF);
  const { rows } = await db.pool.query<{ net: string }>(
    'select sum(net_revenue) as net from customer_summary where workspace_id = $1 and order_days > 0',
    [workspaceId],
  );
  expect(Number(rows[0]!.net)).toBe(82);
  for (const granularity of GRANULARITIES) {
    const cohorts = await readCohorts(db.pool, { workspaceId, runId }, granularity);
    const revenue = cohorts.flatMap(({ periods }) => periods.map((period) => Number(period.revenue)));
    expect(revenue.reduce((sum, one) => sum + one, 0)).toBe(82);
  }
  const months = await readCohorts(db.pool, { workspaceId, runId }, 'MONTH');
  expect(months.map(({ startsOn, periods }) => [startsOn, Number(periods[0]!.revenue)])).toEqual([
    ['2025-01-01', 30],
    ['2025-02-01', 50],
    ['2025-07-01', 7],
  ]);
});
