import { describe, expect, it } from 'vitest';

import type { CustomerScore } from '../../server/customers/data/customer-columns.ts';
import { findRuns, type RunRow } from '../../server/scores/data/runs.ts';
import { forecastCustomer } from '../../server/scores/forecast-customer.ts';
import type { Database } from '../../server/store/database.ts';
import { testDatabase } from '../support/database.ts';
import { testFile } from '../support/files.ts';
import { analyse, HEADER, load, published, simulated } from '../support/shop.ts';

type Scored = Pick<CustomerScore, 'firstOrderOn' | 'lastOrderOn' | 'orderDays' | 'purchaseValue' | 'monetaryValue'> & {
  readonly id: string;
  readonly clv: number;
  readonly p90: number;
  readonly stratum: number;
  readonly expectedSpend: number;
  readonly change: readonly number[];
};

interface Published {
  readonly run: RunRow;
  readonly scores: ReadonlyMap<string, Scored>;
}

/** The orders of a simulated shop, and more rows: customer, order, placed at, unit price, quantity. */
async function shopWith(
  db: Database,
  ...more: readonly string[]
): Promise<{ again(): Promise<Published> } & Published> {
  const [, ...rows] = simulated(100).trim().split('\n');
  const orders = rows.map((row) => `${row.split(',').slice(0, 4).join(',')},1`);
  await load(db, testFile([`${HEADER},quantity`, ...orders, ...more].join('\n')));
  const again = async () => {
    await analyse(db, { asOf: '2026-10-08' });
    const view = await published(db);
    const [run] = await findRuns(db.pool, view, [view.runId!]);
    const { rows: scores } = await db.pool.query<Scored>(
      `select c.external_id as id, clv_12 as clv, clv_p90[3]::float8 as p90, expected_spend as "expectedSpend", clv_change as change, s.stratum,
         s.first_order_on::text as "firstOrderOn", s.last_order_on::text as "lastOrderOn", s.order_days as "orderDays",
         s.purchase_value as "purchaseValue", s.monetary_value as "monetaryValue"
       from customer_score s join customer c on c.id = s.customer_id where s.run_id = $1`,
      [view.runId],
    );
    return { run: run!, scores: new Map(scores.map((each) => [each.id, each])) };
  };
  return { again, ...(await again()) };
}

let known: Promise<Published> | undefined;
const plainShop = () => (known ??= testDatabase().then((db) => shopWith(db)));

describe('refunds that name no order', () => {
  it('lower the value of every customer, and its interval, by their share of revenue', async () => {
    const plain = await plainShop();
    const { again, run, scores } = await shopWith(
      await testDatabase(),
      'c1,R1,2026-09-01,150,-1',
      'c2,R2,2026-09-03,85.5,-2',
    );
    const revenue = [...plain.scores.values()].reduce((sum, { purchaseValue }) => sum + purchaseValue, 0);
    const rate = 321 / revenue;
    expect(plain.run.unassignedRefundRate).toBe(0);
    expect(run.unassignedRefundRate).toBeCloseTo(rate, 6);
    for (const [id, { clv, p90 }] of plain.scores) {
      expect(scores.get(id)!.clv / clv).toBeCloseTo(1 - rate, 5);
      expect(scores.get(id)!.p90).toBeCloseTo((1 - rate) * p90, 1);
    }
    const score = scores.get('c5')!;
    const input = { horizonMonths: 12, annualDiscountRate: run.annualDiscountRate, marginRate: run.marginRate };
    expect(forecastCustomer(score as unknown as CustomerScore, run, input)!.clv / score.clv).toBeCloseTo(1, 9);
    // The same orders a second time: nothing has changed, so the share is not taken twice.
    for (const { change } of (await again()).scores.values())
      for (const cause of change) expect(cause).toBeCloseTo(0, 9);
  });
});

describe('a customer with only a free order', () => {
  it('is worth nothing where nobody began so and paid, and changes no other figure by a hundredth', async () => {
    const { run, scores } = await shopWith(await testDatabase(), 'gift,G1,2026-05-01,0,1');
    expect(run.paidShareAfterFree).toBe(0);
    expect(scores.get('gift')).toMatchObject({ orderDays: 1, clv: 0, p90: 0, expectedSpend: 0 });
    for (const [id, { expectedSpend }] of (await plainShop()).scores)
      expect(scores.get(id)!.expectedSpend / expectedSpend).toBeCloseTo(1, 2);
  });

  it('is worth the more, the more of those who began so paid afterwards', async () => {
    const began = ['a', 'b', 'd'].flatMap((id) => [`${id},1,2026-03-01,0,1`, `${id},2,2026-04-01,20,1`]);
    const { run, scores } = await shopWith(await testDatabase(), 'gift,G1,2026-05-01,0,1', ...began);
    expect(run.paidShareAfterFree).toBeCloseTo(3 / 8, 12);
    const mean = scores.get('gift')!.expectedSpend / (3 / 8);
    const paidOnce = [...scores.values()].find(({ orderDays, purchaseValue }) => orderDays === 1 && purchaseValue > 0)!;
    expect(mean / paidOnce.expectedSpend).toBeCloseTo(1, 9);
  });
});
