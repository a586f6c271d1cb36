import Decimal from 'decimal.js';
import fc from 'fast-check';
import { expect, it } from 'vitest';

import { allocate } from '../../../server/imports/orders/allocate.ts';

const decimals = (max: number) =>
  fc.integer({ min: 0, max: max * 10_000 }).map((units) => new Decimal(units).div(10_000));

it('splits an amount in proportion to its weights', () => {
  const weights = [20, 30, 50].map((weight) => new Decimal(weight));
  expect(allocate(new Decimal(10), weights).map(Number)).toEqual([2, 3, 5]);
});

it('gives shares that add up to the amount, to four decimals, and nothing to a weight of 0 beside others', () => {
  fc.assert(
    fc.property(decimals(1e6), fc.array(decimals(1e4), { minLength: 1, maxLength: 40 }), (amount, weights) => {
      const shares = allocate(amount, weights);
      expect(Decimal.sum(...shares)).toEqual(amount);
      expect(shares.every((share) => share.decimalPlaces() <= 4)).toBe(true);
      const isWeighted = weights.some((weight) => !weight.isZero());
      if (isWeighted) expect(shares.every((share, i) => !weights[i]!.isZero() || share.isZero())).toBe(true);
    }),
  );
});

it('splits equally where all weights are 0', () => {
  expect(allocate(new Decimal(9), [new Decimal(0), new Decimal(0), new Decimal(0)]).map(Number)).toEqual([3, 3, 3]);
});
