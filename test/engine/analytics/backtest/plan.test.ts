import fc from 'fast-check';
import { expect, it } from 'vitest';

import { planOrigins } from '../../../../server/engine/analytics/backtest/plan.ts';

const planned = (firstDay: number, end: number) => {
  const plan = planOrigins(firstDay, end);
  if (plan.origins === null) throw new Error(plan.reason);
  return plan;
};

/** Horizons in whole months, or weeks where they are none. */
const monthsOf = (weeks: readonly number[]) => weeks.map((each) => Math.round(((each * 7) / 365.25) * 12));

it('plans a backtest at each quarter of 78 weeks, with every horizon that ends by the last day', () => {
  const { origins } = planned(0, 546);
  expect(origins.map(({ origin }) => origin)).toEqual([90, 181, 273, 364, 455]);
  expect(origins.map(({ weeks }) => monthsOf(weeks))).toEqual([[3, 6, 12], [3, 6, 12], [3, 6], [3, 6], [3]]);
});

it('looks back three years at most', () => {
  const { origins } = planned(0, 3650);
  expect(origins).toHaveLength(12);
  expect(monthsOf(origins[0]!.weeks)).toEqual([3, 6, 12, 24, 36]);
  expect(monthsOf(origins.at(-1)!.weeks)).toEqual([3]);
});

it('takes a quarter of a short history, by half steps, and once the longest that there is', () => {
  expect(planOrigins(0, 7 * 12)).toEqual({
    origins: [
      { origin: 28, weeks: [4, 8] },
      { origin: 42, weeks: [4] },
      { origin: 56, weeks: [4] },
    ],
    horizonWeeks: 4,
  });
});

it('says why where the history is too short', () => {
  expect(planOrigins(0, 70)).toEqual({
    origins: null,
    reason: expect.stringMatching(/^10 weeks of orders: 2 of the 3 backtests of 4 weeks/),
  });
  expect(planOrigins(5, 5)).toMatchObject({
    origins: null,
    reason: expect.stringMatching(/^0 weeks of orders: 0 of /),
  });
});

it('ends every horizon by the last day, and the shortest of the last origin on it, with a history before each', () => {
  fc.assert(
    fc.property(fc.integer({ min: 84, max: 4000 }), fc.integer({ min: -50, max: 20_000 }), (span, firstDay) => {
      const end = firstDay + span;
      const { origins, horizonWeeks } = planned(firstDay, end);
      expect(origins.length).toBeGreaterThanOrEqual(3);
      expect(origins.at(-1)!.origin + Math.floor(7 * horizonWeeks)).toBe(end);
      for (const { origin, weeks } of origins) {
        expect(origin - firstDay).toBeGreaterThanOrEqual(28);
        expect(weeks[0]).toBe(horizonWeeks);
        for (const each of weeks) expect(origin + Math.floor(7 * each)).toBeLessThanOrEqual(end);
      }
    }),
  );
});
