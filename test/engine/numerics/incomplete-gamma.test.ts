import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { chiSquareTail, gammaQuantile, upperGamma } from '../../../server/engine/numerics/incomplete-gamma.ts';
import figures from './fixtures/incomplete-gamma.json' with { type: 'json' };

describe('upperGamma', () => {
  it.each(figures.upperGamma)('agrees with 40-digit arithmetic at shape %d, x %d', (a, x, expected) => {
    expect(Math.abs(upperGamma(a!, x!) - expected!)).toBeLessThan(1e-11 * expected!);
  });

  it('falls from 1 to 0', () => {
    expect(upperGamma(3, 0)).toBe(1);
    expect(upperGamma(3, 1e4)).toBe(0);
    expect(upperGamma(3, Number.POSITIVE_INFINITY)).toBe(0);
  });

  it('obeys Q(a + 1, x) = Q(a, x) + x^a e^-x / G(a + 1) on both sides of the change of method', () => {
    for (const x of [0.3, 3.999, 4.001, 4.999, 5.001, 9]) {
      expect(upperGamma(5, x)).toBeCloseTo(upperGamma(4, x) + (x ** 4 * Math.exp(-x)) / 24, 14);
    }
  });

  it('is NaN outside its domain', () => {
    expect([upperGamma(0, 1), upperGamma(1, -1), upperGamma(Number.NaN, 1)]).toEqual([
      Number.NaN,
      Number.NaN,
      Number.NaN,
    ]);
  });
});

describe('chiSquareTail', () => {
  it.each([
    [3.841458820694124, 1, 0.05],
    [5.991464547107979, 2, 0.05],
    [23.209251158954356, 10, 0.01],
  ])('is the p-value in the tables: %d with %d degrees of freedom', (x, degrees, p) => {
    expect(chiSquareTail(x, degrees) / p).toBeCloseTo(1, 12);
  });

  it('keeps its digits where the p-value is tiny', () => {
    // Two degrees of freedom: e^(-x/2).
    expect(chiSquareTail(200, 2) / Math.exp(-100)).toBeCloseTo(1, 12);
  });
});

describe('gammaQuantile', () => {
  it.each(figures.quantile)('agrees with 40-digit arithmetic at shape %d, probability %d', (shape, p, expected) => {
    expect(Math.abs(gammaQuantile(shape!, p!) - expected!)).toBeLessThanOrEqual(1e-10 * expected!);
  });

  it('is the inverse of the distribution function', () => {
    const shape = fc.double({ min: 0.05, max: 1e4, noNaN: true });
    const probability = fc.double({ min: 0.01, max: 0.99, noNaN: true });
    fc.assert(
      fc.property(shape, probability, (a, p) => {
        expect(1 - upperGamma(a, gammaQuantile(a, p))).toBeCloseTo(p, 10);
      }),
    );
  });

  it('runs from 0 to infinity, and is NaN outside its domain', () => {
    expect([gammaQuantile(2, 0), gammaQuantile(2, 1)]).toEqual([0, Number.POSITIVE_INFINITY]);
    expect([gammaQuantile(0, 0.5), gammaQuantile(1, 1.1)]).toEqual([Number.NaN, Number.NaN]);
  });
});
