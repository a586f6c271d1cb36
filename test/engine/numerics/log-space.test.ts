import { expect, it } from 'vitest';

import { inverseLogit, logSumExp } from '../../../server/engine/numerics/log-space.ts';

it('adds without overflow or underflow', () => {
  expect(logSumExp(Math.log(2), Math.log(3))).toBeCloseTo(Math.log(5), 15);
  expect(logSumExp(1000, 1000)).toBeCloseTo(1000 + Math.LN2, 12);
  expect(logSumExp(-1000, -1001)).toBeCloseTo(-1000 + Math.log1p(Math.exp(-1)), 12);
});

it('takes minus infinity as zero', () => {
  expect(logSumExp(Number.NEGATIVE_INFINITY, 3)).toBe(3);
  expect(logSumExp(Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY)).toBe(Number.NEGATIVE_INFINITY);
});

it('keeps probabilities in [0, 1] at the ends', () => {
  expect([inverseLogit(-2000), inverseLogit(0), inverseLogit(2000)]).toEqual([1, 0.5, 0]);
});
