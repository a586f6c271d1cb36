import { expect, it } from 'vitest';

import { DEFAULT_DRIFT, driftOf } from '../../../../server/engine/analytics/backtest/forecast-error.ts';

const miss = (lnRatio: number | null, explainedVariance = 0) => ({ lnRatio, explainedVariance });

it('takes the stated default where nothing was measured', () => {
  expect(driftOf([])).toBe(DEFAULT_DRIFT);
  expect(driftOf([miss(null)])).toBe(DEFAULT_DRIFT);
});

it('is the root mean square of the misses and the default, times Student over normal', () => {
  const square = (0.15 ** 2 + 0.2 ** 2 + 0.3 ** 2 + 0.1 ** 2) / 4;
  // 90% points with 4 degrees of freedom: 1.5332, of the normal distribution 1.2816.
  expect(driftOf([miss(0.2), miss(-0.3), miss(0.1)])).toBeCloseTo((1.5332 / 1.2816) * Math.sqrt(square), 4);
});

it('counts a model that is always low as one that strays', () => {
  expect(driftOf([miss(0.3), miss(0.3), miss(0.3)])).toBeGreaterThan(0.3);
});

it('leaves out what chance explains, and never falls below the weight of the default', () => {
  const misses = [0.2, 0.2, 0.2, 0.2];
  const unexplained = driftOf(misses.map((lnRatio) => miss(lnRatio)));
  const half = driftOf(misses.map((lnRatio) => miss(lnRatio, 0.02)));
  const all = driftOf(misses.map((lnRatio) => miss(lnRatio, 0.5)));
  expect(half).toBeLessThan(unexplained);
  expect(all).toBeLessThan(half);
  expect(all).toBeGreaterThan(0.05);
});
