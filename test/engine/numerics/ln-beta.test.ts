import fc from 'fast-check';
import { expect, it } from 'vitest';

import { lnBeta } from '../../../server/engine/numerics/ln-beta.ts';
import figures from './fixtures/special-functions.json' with { type: 'json' };

it.each(figures.lnBeta)('agrees with 60-digit arithmetic at (%d, %d)', (a, b, expected) => {
  expect(Math.abs(lnBeta(a!, b!) - expected!)).toBeLessThan(5e-15 * Math.max(1, Math.abs(expected!)));
});

it('is symmetric', () => {
  const positive = fc.double({ min: 1e-6, max: 1e6, noNaN: true });
  fc.assert(fc.property(positive, positive, (a, b) => lnBeta(a, b) === lnBeta(b, a)));
});

it('obeys B(a, b) = B(a + 1, b) + B(a, b + 1) on both sides of every change of method', () => {
  for (const a of [0.1, 3, 8.9, 9.1, 9.9, 10.1, 50]) {
    for (const b of [0.2, 8.8, 9.2, 9.95, 10.05, 5000]) {
      const whole = lnBeta(a, b);
      expect(Math.exp(lnBeta(a + 1, b) - whole) + Math.exp(lnBeta(a, b + 1) - whole)).toBeCloseTo(1, 12);
    }
  }
});

it('is NaN outside its domain', () => {
  expect([lnBeta(0, 1), lnBeta(1, -2), lnBeta(Number.NaN, 1)]).toEqual([Number.NaN, Number.NaN, Number.NaN]);
});
