import fc from 'fast-check';
import { expect, it } from 'vitest';

import { createRandom } from '../../../server/engine/numerics/random.ts';
import { calibrationOf } from '../../../server/engine/recommenders/evaluation/calibration.ts';

it('makes ten bins with as many recommendations each, least likely first', () => {
  const predicted = Array.from({ length: 40 }, (_, i) => ((i * 7) % 40) / 40);
  const bins = calibrationOf(
    predicted,
    predicted.map((p) => p >= 0.5),
  );
  expect(bins.map(({ recommendations }) => recommendations)).toEqual(new Array(10).fill(4));
  expect(bins[0]!.predicted).toBeCloseTo(1.5 / 40, 14);
  expect(bins[9]!.predicted).toBeCloseTo(37.5 / 40, 14);
  expect(bins.map(({ observed }) => observed)).toEqual([0, 0, 0, 0, 0, 1, 1, 1, 1, 1]);
});

it('has fewer bins where there are fewer recommendations, and none without', () => {
  expect(calibrationOf([0.25, 0.75], [true, false])).toEqual([
    { predicted: 0.25, observed: 1, recommendations: 1 },
    { predicted: 0.75, observed: 0, recommendations: 1 },
  ]);
  expect(calibrationOf([], [])).toEqual([]);
});

it('observes what it predicts of outcomes drawn from the predictions', () => {
  const random = createRandom(2);
  const predicted = Array.from({ length: 20_000 }, () => random.beta(1, 4));
  // Five standard errors of a share of 2,000.
  for (const bin of calibrationOf(
    predicted,
    predicted.map((p) => random.uniform() < p),
  ))
    expect(Math.abs(bin.predicted - bin.observed)).toBeLessThan(5 * Math.sqrt(0.25 / 2000));
});

it('counts every recommendation once', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.boolean()), { maxLength: 80 }),
      (rows) => {
        const bins = calibrationOf(
          rows.map(([p]) => p),
          rows.map(([, is]) => is),
        );
        expect(bins.reduce((sum, { recommendations }) => sum + recommendations, 0)).toBe(rows.length);
        const bought = bins.reduce((sum, { observed, recommendations }) => sum + observed * recommendations, 0);
        expect(bought).toBeCloseTo(rows.filter(([, is]) => is).length, 9);
        const predicted = bins.map((bin) => bin.predicted);
        expect(predicted).toEqual(predicted.toSorted((a, b) => a - b));
      },
    ),
  );
});
