import { describe, expect, it } from 'vitest';

import { monthlyLevels, seasonalIndex, seasonFactor } from '../../../../server/engine/analytics/backtest/season.ts';
import type { OrderDays } from '../../../../server/engine/analytics/order-days.ts';
import { createRandom } from '../../../../server/engine/numerics/random.ts';

const YEAR = 365;

/** Daily sales over some years from 1 January 1970 that fall by a third a year, times what a month is worth. */
function sales(years: number, factorOf: (month: number) => number, noise = 0): OrderDays[] {
  const random = createRandom(3);
  const days = Array.from({ length: years * YEAR }, (_, day) => day);
  return days.map((day) => {
    const month = new Date(day * 86_400_000).getUTCMonth();
    return {
      days: [day],
      values: [100 * factorOf(month) * (2 / 3) ** (day / YEAR) * Math.exp(noise * random.normal())],
    };
  });
}

/** From the first order to the end of the days. */
function indexOf(orders: readonly OrderDays[], firstDay: number, end: number) {
  const months = monthlyLevels(orders, firstDay, end);
  return months && seasonalIndex(months);
}

const christmas = (month: number) => (month >= 10 ? 2 : 0.8);

describe('the seasonal index', () => {
  it('finds the season under a trend', () => {
    const index = indexOf(sales(4, christmas), -1, 4 * YEAR)!;
    expect(index[11]! / index[5]!).toBeCloseTo(2 / 0.8, 1);
    expect(index.reduce((sum, factor) => sum + factor, 0) / 12).toBeCloseTo(1, 9);
  });

  it('is none with less than two whole years, an empty month, or months that are noise', () => {
    expect(indexOf(sales(2, christmas), 5, 2 * YEAR)).toBeNull();
    expect(
      indexOf(
        sales(3, (month) => (month === 4 ? 0 : 1)),
        -1,
        3 * YEAR,
      ),
    ).toBeNull();
    const noisy = indexOf(
      sales(3, () => 1, 2),
      -1,
      3 * YEAR,
    );
    for (const factor of noisy ?? []) expect(Math.abs(Math.log(factor))).toBeLessThan(0.35);
  });

  it('does not know the days that it is asked to leave out', () => {
    const from = 2 * YEAR + 300;
    // Three times as much in three months of one year.
    const boom = sales(4, christmas).map(({ days, values }) => ({
      days,
      values: [values[0]! * (days[0]! > from && days[0]! <= from + 91 ? 3 : 1)],
    }));
    const months = monthlyLevels(boom, -1, 4 * YEAR)!;
    const quiet = indexOf(sales(4, christmas), -1, 4 * YEAR)!;
    const without = seasonalIndex(months, { after: from, to: from + 91 })!;
    for (const [month, factor] of without.entries()) expect(factor).toBeCloseTo(quiet[month]!, 1);
    expect(seasonalIndex(months)![11]! / quiet[11]!).toBeGreaterThan(1.05);
  });

  it('does not depend on how orders are spread over customers', () => {
    const orders = sales(3, christmas);
    const one = { days: orders.map(({ days }) => days[0]!), values: orders.map(({ values }) => values[0]!) };
    expect(indexOf([one], -1, 3 * YEAR)).toEqual(indexOf(orders, -1, 3 * YEAR));
  });
});

it('raises parts of a year by the days in them, and leaves whole years alone', () => {
  const index = indexOf(sales(4, christmas), -1, 4 * YEAR)!;
  const endOfSeptember = new Date(Date.UTC(1974, 8, 30)).getTime() / 86_400_000;
  const days = 31 * index[9]! + 30 * index[10]! + 30 * index[11]!;
  expect(seasonFactor(index, endOfSeptember, 13)).toBeCloseTo(days / 91, 9);
  expect(seasonFactor(index, endOfSeptember, 52)).toBe(1);
  expect(seasonFactor(null, endOfSeptember, 13)).toBe(1);
});
