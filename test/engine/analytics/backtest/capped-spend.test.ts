import { expect, it } from 'vitest';

import { withCappedSpend } from '../../../../server/engine/analytics/backtest/capped-spend.ts';
import type { OrderDays } from '../../../../server/engine/analytics/order-days.ts';
import { createRandom } from '../../../../server/engine/numerics/random.ts';

const random = createRandom(5);
const customers = Array.from({ length: 60 }, (): OrderDays => {
  const mean = 100 / random.gamma(4, 3);
  return { days: [0, 30, 60, 90], values: [1, 2, 3, 4].map(() => mean * random.gamma(5, 5)) };
});

it('takes a customer far above all others as the most of the others, and the others as they are', () => {
  const outlier = { days: [0, 30, 60], values: [50, 1e6, 3e6] };
  const capped = withCappedSpend([...customers, outlier], 100);
  expect(capped.slice(0, -1)).toEqual(customers);
  const repeatMean = ({ values }: OrderDays) =>
    Array.from(values)
      .slice(1)
      .reduce((sum, value) => sum + value / (values.length - 1), 0);
  const most = Math.max(...customers.map(repeatMean));
  expect(repeatMean(capped.at(-1)!)).toBeCloseTo(most, 6);
  expect(capped.at(-1)!.values[2]! / capped.at(-1)!.values[1]!).toBeCloseTo(3, 9);
});

it('leaves shops alone in which nobody stands out, or nobody came back', () => {
  expect(withCappedSpend(customers, 100)).toEqual(customers);
  const once = [{ days: [0], values: [10] }];
  expect(withCappedSpend(once, 100)).toEqual(once);
});
