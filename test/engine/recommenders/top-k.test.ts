import fc from 'fast-check';
import { expect, it } from 'vitest';

import { topK } from '../../../server/engine/recommenders/top-k.ts';

it('names the best first, and of equal ones the smaller number', () => {
  expect(topK([1, 3, 2, 3, 1], 4)).toEqual([1, 3, 2, 0]);
});

it('names fewer where fewer have a score above 0', () => {
  expect(topK([0, -1, Number.NaN, 0.5], 3)).toEqual([3]);
  expect(topK([1, 2], 0)).toEqual([]);
  expect(topK([], 3)).toEqual([]);
  expect(topK([1, Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY], 3)).toEqual([1, 2, 0]);
});

it('chooses among open items only', () => {
  expect(topK([5, 4, 3, 2], 2, (item) => item % 2 === 1)).toEqual([1, 3]);
});

it('is what sorting gives', () => {
  const scores = fc.array(fc.oneof(fc.integer({ min: -2, max: 4 }), fc.double({ noNaN: true })), { maxLength: 60 });
  fc.assert(
    fc.property(scores, fc.nat({ max: 20 }), fc.integer({ min: 1, max: 5 }), (values, k, step) => {
      const isOpen = (item: number) => item % step === 0;
      const sorted = [...values.keys()]
        .filter((item) => values[item]! > 0 && isOpen(item))
        .sort((a, b) => (values[a] === values[b] ? a - b : values[b]! - values[a]!));
      expect(topK(values, k, isOpen)).toEqual(sorted.slice(0, k));
    }),
  );
});
