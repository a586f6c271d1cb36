import { describe, expect, it } from 'vitest';

import { digamma, lnGamma } from '../../../server/engine/numerics/ln-gamma.ts';
import figures from './fixtures/special-functions.json' with { type: 'json' };

/** Absolute where the result is below 1 (both functions cross zero), else relative. */
const error = (value: number, expected: number) => Math.abs(value - expected) / Math.max(1, Math.abs(expected));

describe('lnGamma', () => {
  it.each(figures.lnGamma)('agrees with 60-digit arithmetic at %d', (x, expected) => {
    expect(error(lnGamma(x!), expected!)).toBeLessThan(4e-15);
  });

  it('grows by ln x from x to x + 1, across the change of method at 10', () => {
    for (let x = 0.3; x < 30; x += 0.7) expect(error(lnGamma(x + 1) - lnGamma(x), Math.log(x))).toBeLessThan(2e-14);
  });

  it('is NaN outside its domain and infinite at infinity', () => {
    expect([0, -0.5, Number.NaN].map(lnGamma)).toEqual([Number.NaN, Number.NaN, Number.NaN]);
    expect(lnGamma(Number.POSITIVE_INFINITY)).toBe(Number.POSITIVE_INFINITY);
  });
});

describe('digamma', () => {
  it.each(figures.digamma)('agrees with 60-digit arithmetic at %d', (x, expected) => {
    expect(error(digamma(x!), expected!)).toBeLessThan(4e-15);
  });

  it('is the slope of lnGamma', () => {
    for (const x of [0.2, 1, 1.46, 9.99, 10.01, 120]) {
      const slope = (lnGamma(x * 1.00001) - lnGamma(x * 0.99999)) / (0.00002 * x);
      expect(error(digamma(x), slope)).toBeLessThan(1e-8);
    }
  });

  it('is NaN outside its domain', () => {
    expect([0, -3, Number.NaN].map(digamma)).toEqual([Number.NaN, Number.NaN, Number.NaN]);
  });
});
