import fc from 'fast-check';
import { expect, it } from 'vitest';

import { errorAt, type Miss } from '../../../../server/engine/analytics/backtest/forecast-error.ts';

const WEEKS = 13;
const MANY_YEARS = 500;

/** Misses of quarters that follow each other, oldest first. */
const quarters = (...lnRatios: (number | null)[]): Miss[] =>
  lnRatios.map((lnRatio, i) => ({ origin: 91 * i, weeks: WEEKS, lnRatio, explainedVariance: 0 }));

it('takes the usual deviation where nothing was measured, half of whose variance grows with time', () => {
  const year = errorAt([], 52, MANY_YEARS);
  expect(year).toMatchObject({ shift: 0, measuredWeeks: null, origins: 0 });
  expect(errorAt(quarters(null), 13, MANY_YEARS).deviation / year.deviation).toBeCloseTo(Math.sqrt(1.25 / 2), 3);
});

it('is never surer than 0.3 a year while less than two years were seen', () => {
  const exact = quarters(0, 0, 0, 0, 0, 0);
  expect(errorAt(exact, 365.25 / 7, 103).deviation).toBeCloseTo(0.3, 9);
  expect(errorAt(exact, 365.25 / 7, 105).deviation).toBeLessThan(0.2);
});

it('is not made surer by misses that chance explains anyway', () => {
  const misses = quarters(0.3, -0.3, 0.3, -0.3, 0.3, -0.3).map((miss, i) => ({
    ...miss,
    explainedVariance: i < 3 ? 4 : 0,
  }));
  expect(errorAt(misses, WEEKS, MANY_YEARS).deviation).toBeCloseTo(0.25, 2);
});

it('makes up for half of a lasting miss, and for none of what may be chance', () => {
  const lasting = errorAt(quarters(0.2, 0.22, 0.18, 0.2, 0.21, 0.19), WEEKS, MANY_YEARS);
  expect(lasting.shift).toBeGreaterThan(0.08);
  expect(lasting.shift).toBeLessThan(0.1);
  expect(errorAt(quarters(0.4, -0.3, 0.3, -0.35, 0.2, 0.05), WEEKS, MANY_YEARS).shift).toBe(0);
});

it('leaves out what chance explains', () => {
  const misses = quarters(0.3, -0.3, 0.3, -0.3);
  const explained = misses.map((miss) => ({ ...miss, explainedVariance: 0.08 }));
  expect(errorAt(explained, WEEKS, MANY_YEARS).deviation).toBeLessThan(errorAt(misses, WEEKS, MANY_YEARS).deviation);
});

it('reads the horizon nearest in length, and scales it by the root of the ratio', () => {
  const year = { origin: 0, weeks: 52, lnRatio: 0.5, explainedVariance: 0 };
  const misses = [...quarters(0.1, -0.1, 0.1, -0.1), year];
  expect(errorAt(misses, 13, MANY_YEARS)).toMatchObject({ measuredWeeks: 13, origins: 4 });
  expect(errorAt(misses, 52, MANY_YEARS)).toMatchObject({ measuredWeeks: 52, origins: 1 });
  const quarter = errorAt(misses, 13, MANY_YEARS);
  expect(errorAt(misses, 26, MANY_YEARS).deviation).toBeCloseTo(Math.SQRT2 * quarter.deviation, 6);
});

it('forgets: old misses weigh less than young ones', () => {
  const early = errorAt(quarters(0.4, -0.4, 0, 0, 0, 0, 0, 0, 0, 0), WEEKS, MANY_YEARS);
  const late = errorAt(quarters(0, 0, 0, 0, 0, 0, 0, 0, 0.4, -0.4), WEEKS, MANY_YEARS);
  expect(early.deviation).toBeLessThan(late.deviation);
});

it('does not depend on the order of the misses, and stays in (0, 1]', () => {
  const miss = fc.record({
    origin: fc.integer({ min: 0, max: 40 }).map((quarter) => 91 * quarter),
    weeks: fc.constantFrom(13, 26, 52),
    lnRatio: fc.option(fc.double({ min: -4, max: 4, noNaN: true })),
    explainedVariance: fc.double({ min: 0, max: 1, noNaN: true }),
  });
  fc.assert(
    fc.property(
      fc.uniqueArray(miss, { selector: ({ origin, weeks }) => `${origin} ${weeks}`, maxLength: 12 }),
      fc.constantFrom(13, 52, 156),
      (misses, weeks) => {
        const error = errorAt(misses, weeks, 60);
        expect(errorAt(misses.toReversed(), weeks, 60)).toEqual(error);
        expect(error.deviation).toBeGreaterThan(0);
        expect(error.deviation).toBeLessThanOrEqual(1);
        expect(Math.abs(error.shift)).toBeLessThanOrEqual(2);
      },
    ),
  );
});
