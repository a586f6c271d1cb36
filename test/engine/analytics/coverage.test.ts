import { describe, expect, it } from 'vitest';

import { pitCoverage, plainCoverage } from '../../../server/engine/analytics/coverage.ts';
import { quantiles } from '../../../server/engine/numerics/quantile.ts';
import { createRandom } from '../../../server/engine/numerics/random.ts';

/** Mean coverage of 4,000 customers, each forecast by 50 draws of what then comes; two figures: PIT and plain. */
function coverage(draw: () => number, actual = draw) {
  const [size, draws] = [4000, 50];
  let [pit, plain] = [0, 0];
  for (let i = 0; i < size; i++) {
    const forecast = Float64Array.from({ length: draws }, draw);
    const came = actual();
    pit += pitCoverage(forecast, came) / size;
    const [p10, p90] = quantiles(forecast, [0.1, 0.9]) as [number, number];
    plain += plainCoverage({ p10, p90 }, came) / size;
  }
  return { pit, plain };
}

// The standard error of a share of 0.8 among 4,000 is 0.0063.
const FOUR_ERRORS = 0.025;

describe('pitCoverage', () => {
  it.each([0.2, 1, 8])('is 0.8 for a right forecast of counts with mean %d', (mean) => {
    const random = createRandom(3);
    const { pit } = coverage(() => random.poisson(mean));
    expect(Math.abs(pit - 0.8)).toBeLessThan(FOUR_ERRORS);
  });

  it('is 0.8 for a right forecast of money, with and without a lump at zero', () => {
    const random = createRandom(4);
    const lumped = coverage(() => (random.uniform() < 0.7 ? 0 : random.gamma(2, 0.1)));
    const smooth = coverage(() => random.gamma(2, 0.1));
    expect(Math.abs(lumped.pit - 0.8)).toBeLessThan(FOUR_ERRORS);
    expect(Math.abs(smooth.pit - 0.8)).toBeLessThan(FOUR_ERRORS);
  });

  it('is more where the forecast is too wide and less where it is too narrow', () => {
    const random = createRandom(5);
    const [wide, narrow] = [() => 100 + 20 * random.normal(), () => 100 + 10 * random.normal()];
    expect(coverage(wide, narrow).pit).toBeGreaterThan(0.95);
    expect(coverage(narrow, wide).pit).toBeLessThan(0.6);
  });

  it('shares out the jump at a value: nine in ten zeros, and zero came', () => {
    const draws = [0, 0, 0, 0, 0, 0, 0, 0, 7];
    // The jump is from 0 to 9/10 of ten places: 8/9 of it lies above 1/10.
    expect(pitCoverage(draws, 0)).toBeCloseTo(8 / 9, 12);
    // 7 came: from 8/10 to 1, half of it below 9/10.
    expect(pitCoverage(draws, 7)).toBeCloseTo(1 / 2, 12);
    expect(pitCoverage(draws, 8)).toBe(0);
  });
});

describe('plainCoverage', () => {
  it('counts both ends in', () => {
    expect([1, 2, 3, 4].map((actual) => plainCoverage({ p10: 2, p90: 3 }, actual))).toEqual([0, 1, 1, 0]);
  });

  it('overstates a right forecast that is mostly zero', () => {
    const random = createRandom(6);
    expect(coverage(() => (random.uniform() < 0.7 ? 0 : random.gamma(2, 0.1))).plain).toBeGreaterThan(0.87);
  });
});
