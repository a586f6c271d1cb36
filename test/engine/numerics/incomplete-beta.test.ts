import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { incompleteBeta } from '../../../server/engine/numerics/incomplete-beta.ts';
import { lnBeta } from '../../../server/engine/numerics/ln-beta.ts';
import figures from './fixtures/incomplete-beta.json' with { type: 'json' };

const shape = fc.double({ min: 0.01, max: 500, noNaN: true });
const share = fc.double({ min: 0.001, max: 0.999, noNaN: true });

describe('against 60-digit arithmetic on another series (fixtures/incomplete_beta.py)', () => {
  it.each(figures.incompleteBeta as [number, number, number, number][])('I(%d, %d, %d)', (a, b, x, expected) => {
    // Of the logarithm, which is what a double can keep; shapes of 100,000 lose a digit more in it.
    const digits = 4e-16 * (20 + a + b) + 4e-16 * Math.abs(Math.log(expected));
    expect(Math.abs(incompleteBeta(a, b, x) / expected - 1)).toBeLessThan(Math.min(1e-11, digits + 2e-14));
  });
});

describe('by property', () => {
  it('is the distribution function: from 0 at 0 to 1 at 1', () => {
    expect(incompleteBeta(2, 3, 0)).toBe(0);
    expect(incompleteBeta(2, 3, 1)).toBe(1);
  });

  it('is x^a where b = 1, and 1 - (1 - x)^b where a = 1', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.01, max: 90, noNaN: true }), share, (a, x) => {
        expect(incompleteBeta(a, 1, x) / x ** a).toBeCloseTo(1, 11);
        expect(incompleteBeta(1, a, x) / -Math.expm1(a * Math.log1p(-x))).toBeCloseTo(1, 11);
      }),
    );
  });

  it('falls by x^a (1 - x)^b / (a B(a, b)) as a rises by 1', () => {
    fc.assert(
      fc.property(shape, shape, share, (a, b, x) => {
        const step = Math.exp(a * Math.log(x) + b * Math.log1p(-x) - Math.log(a) - lnBeta(a, b));
        expect(incompleteBeta(a, b, x) - incompleteBeta(a + 1, b, x)).toBeCloseTo(step, 11);
      }),
    );
  });

  it('keeps the digits of a rest that 1 - x cannot tell', () => {
    expect(incompleteBeta(2, 0.5, 1, 1e-20)).toBeCloseTo(1 - 1.5e-10, 15);
    expect(incompleteBeta(0.5, 2, 1e-20, 1) / 1.5e-10).toBeCloseTo(1, 12);
  });

  it('is NaN outside its domain', () => {
    for (const [a, b, x] of [
      [0, 1, 0.5],
      [1, -1, 0.5],
      [1, 1, -0.1],
      [1, 1, 1.1],
      [Number.NaN, 1, 0.5],
    ] as const)
      expect(incompleteBeta(a, b, x)).toBeNaN();
  });
});
