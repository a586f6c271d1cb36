import { expect, it } from 'vitest';

import { type CustomerFilter, listCustomers } from '../../../server/customers/data/customer-list.ts';
import { productId } from '../../../server/domain/ids.ts';
import type { Database } from '../../../server/store/database.ts';
import { testDatabase } from '../../support/database.ts';
import { createStore, type Store } from '../../support/store.ts';

const CUSTOMERS = 20_000;
/** Shares of the customers who have bought each. */
const PRODUCTS = { rare: 0.002, common: 0.3, usual: 0.05 };

async function largeStore(db: Database): Promise<Store> {
  const { pool, prisma } = db;
  const store = await createStore(db);
  const { workspaceId, runId } = store;
  const names = [...Object.keys(PRODUCTS), ...Array.from({ length: 100 }, (_, i) => `p${i}`)];
  await prisma.product.createMany({
    data: names.map((name) => ({ id: productId(workspaceId, name), workspaceId, externalId: name })),
  });
  await pool.query(
    `insert into customer (id, workspace_id, external_id, last_active_on)
     select gen_random_uuid(), $1, 'c' || n, '2025-12-01' from generate_series(1, $2::int) n`,
    [workspaceId, CUSTOMERS],
  );
  await pool.query(
    `insert into customer_score (customer_id, run_id, workspace_id, segment, recency, frequency, monetary, churn_90,
       expected_spend, expected_order_days_3, expected_order_days_6, expected_order_days_12, expected_order_days_24, expected_order_days_36,
       clv_3, clv_6, clv_12, clv_24, clv_36, money_at_risk, last_order_on, net_revenue, order_count, order_days)
     select id, $2, $1, 'LOYAL', 3, 3, 3, 0.5, 10, 1, 1, 1, 1, 1, 1, 1, abs(hashtext(external_id)) % 1000, 1, 1, 1, '2025-12-01', 10, 1, 1
     from customer where workspace_id = $1`,
    [workspaceId, runId],
  );
  const shares = names.map((name) => PRODUCTS[name as keyof typeof PRODUCTS] ?? 0.02);
  await pool.query(
    `insert into customer_product (customer_id, product_id, workspace_id, days, quantity, revenue)
     select c.id, p.id, $1, '{20000}', 1, 10
     from customer c cross join unnest($2::uuid[], $3::float8[]) p (id, share)
     where c.workspace_id = $1 and abs(hashtext(c.external_id || p.id)) % 10000 < 10000 * p.share`,
    [workspaceId, names.map((name) => productId(workspaceId, name)), shares],
  );
  await pool.query(
    `insert into replenishment (customer_id, run_id, product_id, workspace_id, expected_on, probability, usual_gap_days,
       last_bought_on, times_bought)
     select customer_id, $2, product_id, $1, date '2026-01-01' + abs(hashtext(customer_id::text)) % 300, 0.5, 30, '2025-12-01', 2
     from customer_product where workspace_id = $1`,
    [workspaceId, runId],
  );
  await pool.query('analyze');
  return store;
}

/** Tables that the statement of a page goes through from end to end. */
async function scannedWhole(db: Database, { workspaceId, runId }: Store, filter: CustomerFilter): Promise<string[]> {
  let plan: string[] = [];
  const explaining = {
    query: async (text: string, values: unknown[]) => {
      const { rows } = await db.pool.query(`explain ${text}`, values);
      plan = rows.map((row) => row['QUERY PLAN']);
      return db.pool.query(text, values);
    },
  };
  const page = { size: 20, backward: false, position: null };
  const order = { field: 'CLV', direction: 'DESC' } as const;
  const request = { filter, order, page, withTotal: false };
  const { items } = await listCustomers(explaining as unknown as Database['pool'], { workspaceId, runId }, request);
  expect(items.length).toBeGreaterThan(0);
  return plan.flatMap((line) => /Seq Scan on (\w+)/.exec(line)?.[1] ?? []);
}

it('finds customers by products over the indexes, whether few have bought them or many', async () => {
  const db = await testDatabase();
  const store = await largeStore(db);
  const filters: readonly CustomerFilter[] = [
    { bought: ['rare'] },
    { bought: ['common'] },
    { bought: ['common', 'usual'] },
    { notBought: ['common'] },
    { bought: ['usual'], notBought: ['common', 'rare'] },
    { replenishmentDue: { product: 'rare', withinDays: 60 } },
    { replenishmentDue: { product: 'common', withinDays: 60 } },
  ];
  for (const filter of filters) {
    const whole = await scannedWhole(db, store, filter);
    expect(whole).not.toContain('customer_product');
    expect(whole).not.toContain('replenishment');
  }
});
