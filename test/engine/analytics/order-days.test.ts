import { describe, expect, it } from 'vitest';

import { compareOrderDays, historyAt, holdout, type OrderDays } from '../../../server/engine/analytics/order-days.ts';

const day = (text: string) => Date.parse(text) / 86_400_000;

/** The toy store of the field's test suites: customer, day, value. */
const TRANSACTIONS: readonly (readonly [number, string, number])[] = [
  [1, '2015-01-01', 1],
  [1, '2015-02-06', 2],
  [2, '2015-01-01', 2],
  [3, '2015-01-01', 3],
  [3, '2015-01-02', 1],
  [3, '2015-01-05', 5],
  [4, '2015-01-16', 6],
  [4, '2015-02-02', 3],
  [4, '2015-02-05', 3],
  [4, '2015-02-05', 6],
  [5, '2015-01-16', 3],
  [5, '2015-01-17', 1],
  [5, '2015-01-18', 8],
  [6, '2015-02-02', 5],
];

/** @param period number of the period that a day falls in. */
function customers(period: (day: number) => number): OrderDays[] {
  const values = new Map<number, Map<number, number>>();
  for (const [id, date, value] of TRANSACTIONS) {
    const own = values.get(id) ?? new Map<number, number>();
    values.set(id, own);
    const at = period(day(date));
    own.set(at, (own.get(at) ?? 0) + value);
  }
  return [...values.values()].map((own) => ({ days: [...own.keys()], values: [...own.values()] }));
}

/** Weeks from Monday to Sunday; 1970-01-01 was a Thursday. */
const week = (at: number) => Math.floor((at + 3) / 7);

describe('as published (tests of pymc-marketing and lifetimes)', () => {
  it('summarises the toy store by day', () => {
    const histories = customers((at) => at).map((customer) => historyAt(customer, day('2015-02-07'))!);
    const summary = histories.map(({ x, tx, T, m }) => [x, Math.round(7 * tx), Math.round(7 * T), m]);
    expect(summary).toEqual([
      [1, 36, 37, 2],
      [0, 0, 37, 0],
      [2, 4, 37, 3],
      [2, 20, 22, 6],
      [2, 2, 22, 4.5],
      [0, 0, 5, 0],
    ]);
  });

  it('splits the toy store by week into what was known on 2015-02-01 and what came to 2015-02-07', () => {
    const [origin, end] = [week(day('2015-02-01')), week(day('2015-02-07'))];
    const rows = customers(week).map((customer) => {
      const history = historyAt(customer, origin);
      if (history === null) return null;
      const { x, tx, T } = history;
      return [x, Math.round(7 * tx), Math.round(7 * T), holdout(customer, origin, end - origin).orders];
    });
    expect(rows).toEqual([[0, 0, 4, 1], [0, 0, 4, 0], [1, 1, 4, 0], [0, 0, 2, 1], [0, 0, 2, 0], null]);
  });
});

describe('by property', () => {
  const customer: OrderDays = { days: Int32Array.of(10, 17, 31, 45), values: Float64Array.of(5, 20, 0, 40) };

  it('knows nobody before the first purchase, and the first purchase on its own day', () => {
    expect(historyAt(customer, 9)).toBeNull();
    expect(historyAt(customer, 10)).toEqual({ x: 0, tx: 0, T: 0, m: 0, all: { x: 1, m: 5 } });
  });

  it('takes the mean of repeat purchases, free ones among them, and of all purchases beside it', () => {
    expect(historyAt(customer, 38)).toEqual({ x: 2, tx: 3, T: 4, m: 10, all: { x: 3, m: 25 / 3 } });
  });

  it('parts what was known from what came: no purchase is in both, none in neither', () => {
    for (let origin = 10; origin <= 50; origin++) {
      const after = holdout(customer, origin, 100);
      const { all } = historyAt(customer, origin)!;
      expect(all.x + after.orders).toBe(4);
      expect(all.x * all.m + after.value).toBeCloseTo(65, 12);
    }
  });

  it('holds out the last day of the horizon, not the day of the origin', () => {
    expect(holdout(customer, 17, 14)).toEqual({ orders: 1, value: 0 });
    expect(holdout(customer, 17, 13)).toEqual({ orders: 0, value: 0 });
  });
});

it('orders customers by their days, then by what these were worth, then by how many there are', () => {
  const customers = [
    { days: [1], values: [5] },
    { days: [1, 4], values: [5, 9] },
    { days: [1], values: [6] },
    { days: [2], values: [1] },
  ];
  expect(customers.toReversed().sort(compareOrderDays)).toEqual(customers);
});
