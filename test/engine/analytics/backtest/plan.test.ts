import fc from 'fast-check';
import { expect, it } from 'vitest';

import { planOrigins } from '../../../../server/engine/analytics/backtest/plan.ts';

it('plans four backtests of 19 weeks for 78 weeks of orders', () => {
  expect(planOrigins(0, 546)).toEqual({ origins: [214, 280, 347, 413], horizonWeeks: 19 });
});

it('holds horizons between 4 and 52 weeks, and takes five origins at most', () => {
  expect(planOrigins(0, 7 * 12)).toEqual({ origins: [28, 42, 56], horizonWeeks: 4 });
  const decade = planOrigins(0, 3650);
  expect(decade.origins).toHaveLength(5);
  expect(decade).toMatchObject({ horizonWeeks: 52 });
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

it('ends the last horizon on the last day, and leaves a third of the time before each origin', () => {
  fc.assert(
    fc.property(fc.integer({ min: 84, max: 4000 }), fc.integer({ min: -50, max: 20_000 }), (span, firstDay) => {
      const plan = planOrigins(firstDay, firstDay + span);
      if (plan.origins === null) throw new Error(plan.reason);
      const { origins, horizonWeeks } = plan;
      expect(origins.at(-1)! + 7 * horizonWeeks).toBe(firstDay + span);
      expect(origins).toEqual(origins.toSorted((a, b) => a - b));
      expect(3 * (origins[0]! - firstDay)).toBeGreaterThanOrEqual(span);
      expect(origins.length).toBeGreaterThanOrEqual(3);
    }),
  );
});
