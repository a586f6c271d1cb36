import { expect, it } from 'vitest';

import { findWorkspace } from '../../../server/access/data/workspaces.ts';
import { updateSettings } from '../../../server/access/settings.ts';
import { findCustomers } from '../../../server/customers/data/customers.ts';
import { findOrderDays } from '../../../server/customers/data/order-days.ts';
import { customerId, workspaceId } from '../../../server/domain/ids.ts';
import type { Database } from '../../../server/store/database.ts';
import { testDatabase } from '../../support/database.ts';
import { testFile } from '../../support/files.ts';
import { analyse, load, published } from '../../support/shop.ts';

/** Ann pays 100.00 for goods of 80.00, and a quarter goes back; bob gets all of it back. */
const ROWS = [
  'customer,order,placed at,unit price,discount,unit cost,tax,shipping,order total,refunded,refunded at',
  'ann,1,2026-01-05,100.00,20.00,30,16.00,4.00,100.00,25.00,2026-02-10',
  'ann,2,2026-02-20,50.00,0,20,10.00,0,60.00,,',
  'bob,3,2026-02-21,30.00,0,10,6.00,5.00,41.00,41.00,2026-02-25',
];

const SHOP = workspaceId('shop');

const summaries = async ({ pool }: Database) =>
  (
    await pool.query(
      `select c.external_id as id, s.order_days as days, s.gross_revenue::float8 as gross, s.net_revenue::float8 as net,
         s.net_margin::float8 as margin, s.purchase_value as value, s.monetary_value as repeat
       from customer_summary s join customer c on c.id = s.customer_id order by 1`,
    )
  ).rows;

async function figures(db: Database) {
  await analyse(db);
  const { runId } = await published(db);
  const { rows: cohorts } = await db.pool.query(
    `select period, revenue::float8 from cohort_cell where run_id = $1 and granularity = 'MONTH' order by cohort, period`,
    [runId],
  );
  const { rows: runs } = await db.pool.query('select revenue, margin_rate as margin from analysis_run where id = $1', [
    runId,
  ]);
  const view = { workspaceId: SHOP, runId };
  const [days] = await findOrderDays(db.pool, view, '2026-03-01', [customerId(SHOP, 'ann')]);
  return { summaries: await summaries(db), cohorts, run: runs[0], values: days!.values };
}

const NET = {
  summaries: [
    { id: 'ann', days: 2, gross: 130, net: 110, margin: 60, value: 110, repeat: 50 },
    { id: 'bob', days: 0, gross: 30, net: 0, margin: -10, value: 0, repeat: null },
  ],
  cohorts: [
    { period: 0, revenue: 80 },
    { period: 1, revenue: 30 },
  ],
  run: { revenue: 'NET_SALES', margin: expect.closeTo(1 - 50 / 110, 12) },
  values: [60, 50],
};
const TOTAL = {
  summaries: [
    { id: 'ann', days: 2, gross: 160, net: 135, margin: 85, value: 135, repeat: 60 },
    { id: 'bob', days: 0, gross: 41, net: 0, margin: -10, value: 0, repeat: null },
  ],
  cohorts: [
    { period: 0, revenue: 100 },
    { period: 1, revenue: 35 },
  ],
  run: { revenue: 'TOTAL_SALES', margin: expect.closeTo(1 - 50 / 135, 12) },
  values: [75, 60],
};

it.each(['postgresql', 'embedded'] as const)('revenue contains what the setting counts, on %s', async (engine) => {
  const db = await testDatabase(engine);
  await load(db, testFile(`${ROWS.join('\n')}\n`));
  expect(await figures(db)).toEqual(NET);

  await updateSettings(db.pool, SHOP, { revenue: 'TOTAL_SALES' });
  expect(await figures(db)).toEqual(TOTAL);

  await updateSettings(db.pool, SHOP, { revenue: null });
  expect(await figures(db)).toEqual(NET);
});

it('revenue of customers that no run includes follows the setting at once, and setting it again changes nothing', async () => {
  const db = await testDatabase();
  await load(db, testFile(`${ROWS.join('\n')}\n`));
  const revenues = async () => {
    const ids = ['ann', 'bob'].map((name) => customerId(SHOP, name));
    const found = await findCustomers(db.pool, { workspaceId: SHOP, runId: null }, ids);
    return found.map((customer) => Number(customer!.netRevenue));
  };
  expect(await revenues()).toEqual([110, 0]);
  await updateSettings(db.pool, SHOP, { revenue: 'TOTAL_SALES' });
  expect(await revenues()).toEqual([135, 0]);
  const versions = async () => (await db.pool.query('select sum(history_version)::int as sum from customer')).rows;
  const before = await versions();
  await updateSettings(db.pool, SHOP, { revenue: 'TOTAL_SALES' });
  expect(await versions()).toEqual(before);
  expect((await findWorkspace(db.pool, 'shop')).revenue).toBe('TOTAL_SALES');
});
