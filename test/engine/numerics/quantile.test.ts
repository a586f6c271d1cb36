import fc from 'fast-check';
import { expect, it } from 'vitest';

import { quantiles } from '../../../server/engine/numerics/quantile.ts';

it('takes the value whose rank is probability (n + 1)', () => {
  expect(quantiles(Float64Array.of(9, 1, 8, 2, 7, 3, 6, 4, 5), [0.1, 0.5, 0.9])).toEqual([1, 5, 9]);
});

it('lies between two values where the rank does', () => {
  expect(quantiles(Float64Array.of(30, 10, 20), [0.25, 0.375, 0.5, 0.625])).toEqual([10, 15, 20, 25]);
});

it('stays within the sample at the ends', () => {
  expect(quantiles(Float64Array.of(3, 2), [0, 0.1, 0.9, 1])).toEqual([2, 2, 3, 3]);
  expect(quantiles(Float64Array.of(4), [0.1, 0.9])).toEqual([4, 4]);
});

it('steps over a lump of zeros', () => {
  expect(quantiles(Float64Array.of(0, 5, 0, 0, 0), [0.1, 0.5, 0.75, 5 / 6])).toEqual([0, 0, 2.5, 5]);
});

it('agrees with a full sort, whatever the sample', () => {
  const value = fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 5 }), fc.double({ min: 0, max: 1e6, noNaN: true }));
  fc.assert(
    fc.property(fc.array(value, { minLength: 1, maxLength: 60 }), (values) => {
      const sorted = values.toSorted((a, b) => a - b);
      const expected = [0.1, 0.5, 0.9].map((p) => {
        const rank = Math.min(Math.max(p * (values.length + 1), 1), values.length);
        const below = sorted[Math.floor(rank) - 1]!;
        return below + (rank - Math.floor(rank)) * ((sorted[Math.floor(rank)] ?? below) - below);
      });
      const found = quantiles(Float64Array.from(values), [0.1, 0.5, 0.9]);
      for (const [i, quantile] of found.entries()) expect(quantile).toBeCloseTo(expected[i]!, 6);
    }),
  );
});
