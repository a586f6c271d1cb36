import { expect, it } from 'vitest';

import { sampleRatio } from '../../../server/engine/experiments/sample-ratio.ts';
import { createRandom } from '../../../server/engine/numerics/random.ts';
import figures from './fixtures/statistics.json' with { type: 'json' };

const ratioOf = (observed: readonly number[], weights: readonly (number | null)[]) =>
  sampleRatio(
    weights.map((weight, i) => ({ id: `v${i}`, weight })),
    observed.map((assigned, i) => ({
      ...{ variantId: `v${i}`, assigned },
      ...{ open: 0, contaminated: 0, convertedBeforeSend: 0 },
    })),
  );

it.each(figures.sampleRatio)('has the p-value of scipy for $observed by $weights', ({ observed, weights, pValue }) => {
  expect(ratioOf(observed, weights)!.pValue / pValue).toBeCloseTo(1, 10);
});

it('raises the alarm for 47% where half was asked for', () => {
  const ratio = ratioOf([9400, 10_600], [1, 1])!;
  expect(ratio.isMismatch).toBe(true);
  expect(ratio.variants[0]).toEqual({ variantId: 'v0', observed: 9400, expected: 10_000 });
});

it('raises the alarm over a sound split about once in a thousand', () => {
  const random = createRandom(11);
  const runs = 20_000;
  let alarms = 0;
  for (let run = 0; run < runs; run++)
    if (ratioOf([random.poisson(10_000), random.poisson(10_000)], [1, 1])!.isMismatch) alarms++;
  // 20 expected, with a standard deviation of 4.5.
  expect(alarms).toBeGreaterThan(7);
  expect(alarms).toBeLessThan(34);
});

it('counts a variant with nobody in it', () => {
  expect(ratioOf([100, 0], [1, 1])!.isMismatch).toBe(true);
  expect(ratioOf([0, 50, 70], [0.2, 0.3, 0.5])!.variants[0]).toMatchObject({ observed: 0, expected: 24 });
});

it('says nothing without a weight, of nobody, and of one variant', () => {
  expect(ratioOf([100, 100], [1, null])).toBeNull();
  expect(ratioOf([0, 0], [1, 1])).toBeNull();
  expect(ratioOf([100], [1])).toBeNull();
});
