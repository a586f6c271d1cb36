import { describe, expect, it } from 'vitest';

import { type BookedOrder, orderDaysAt } from '../../../../server/engine/analytics/evaluation/order-book.ts';

const order = (day: number, amount: number, ...refunds: [day: number, amount: number][]): BookedOrder => ({
  day,
  units: 10_000 * amount,
  refunds: refunds.map(([refunded, money]) => ({ day: refunded, units: 10_000 * money })),
});

describe('order days as of a day', () => {
  const orders = [order(9, 30), order(5, 20, [7, 5]), order(5, 12.5), order(6, 40, [8, 25], [10, 15])];

  it.each([
    [4, null],
    [5, { days: [5], values: [32.5] }],
    [7, { days: [5, 6], values: [27.5, 40] }],
    [8, { days: [5, 6], values: [27.5, 15] }],
    [9, { days: [5, 6, 9], values: [27.5, 15, 30] }],
    [10, { days: [5, 9], values: [27.5, 30] }],
  ])('knows orders and refunds up to day %i and nothing later', (asOf, days) =>
    expect(orderDaysAt(orders, asOf)).toEqual(days),
  );

  it('does not depend on the order of the orders', () =>
    expect(orderDaysAt(orders.toReversed(), 9)).toEqual(orderDaysAt(orders, 9)));

  it('counts free orders, and none that were refunded in full', () => {
    expect(orderDaysAt([order(3, 0)], 3)).toEqual({ days: [3], values: [0] });
    expect(orderDaysAt([order(3, 8, [3, 8])], 3)).toBeNull();
  });
});
