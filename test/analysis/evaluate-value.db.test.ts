import { expect, it } from 'vitest';

import { dayOfNumber } from '../../server/domain/day.ts';
import { UNITS } from '../../server/engine/analytics/evaluation/order-book.ts';
import { groupInterval } from '../../server/engine/models/group-interval.ts';
import { formatsNamed } from '../../server/import-formats.ts';
import { readOrders } from '../../server/imports/orders/read-orders.ts';
import { evaluateValue, isForetold } from '../../server/scores/evaluate-value.ts';
import { testDatabase } from '../support/database.ts';
import { testFile } from '../support/files.ts';
import { analyse, load } from '../support/shop.ts';
import { simulatedOrders } from '../support/simulated-orders.ts';

const FIRST_DAY = 20_000;

it('finds what an analysis publishes of the same day', async () => {
  const rows = simulatedOrders(600, 280, 6).flatMap((orders, customer) =>
    orders.map(({ day, units }, k) => `${customer}-${k},C${customer},${dayOfNumber(FIRST_DAY + day)},${units / UNITS}`),
  );
  const path = testFile(['order,customer,date,total', ...rows].join('\n'));
  const { customers, lastDay } = await readOrders({ path, formats: formatsNamed(), choices: {} });
  const { cells } = await evaluateValue(customers, lastDay);
  const { asOf, ...cell } = cells.findLast(isForetold)!;

  const db = await testDatabase();
  await load(db, path, 'orders');
  const { run, fits } = await analyse(db, { asOf, annualDiscountRate: 0, marginRate: 1 });
  const { rows: published } = await db.pool.query<{
    customers: number;
    mean: number;
    variance: number;
    shared: number;
  }>(
    `select count(*)::int as customers, sum(s.clv_3) as mean, sum(s.clv_variance[1]) as variance, r.shared_deviations[1] as shared
     from customer_score s join analysis_run r on r.id = s.run_id where s.run_id = $1 and s.order_days > 0 group by r.id`,
    [run],
  );
  const { customers: known, mean, variance, shared } = published[0]!;
  expect(cell).toMatchObject({ months: 3, model: fits[0]!.model, customers: known });
  expect(cell.predicted / mean).toBeCloseTo(1, 6);
  const { p10, p90 } = groupInterval([{ mean, variance }], shared);

  expect(Math.abs(cell.p10! / p10 - 1)).toBeLessThan(1e-9);
  expect(Math.abs(cell.p90! / p90 - 1)).toBeLessThan(1e-9);
});
