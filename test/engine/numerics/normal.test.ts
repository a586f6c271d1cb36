import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { normalCdf, normalDensity, normalQuantile } from '../../../server/engine/numerics/normal.ts';
import figures from './fixtures/normal-student.json' with { type: 'json' };

describe('against 60-digit arithmetic (fixtures/normal_student.py)', () => {
  it.each(figures.normalCdf as [number, number][])('P(Z <= %d), its digits kept in the tail', (z, expected) => {
    expect(Math.abs(normalCdf(z) / expected - 1)).toBeLessThan(1e-13);
  });

  it.each(figures.normalQuantile as [number, number][])('the quantile of %d', (p, expected) => {
    // Close to one half the logarithm of p keeps 2e-16 of itself, which is more than that of z.
    expect(Math.abs(normalQuantile(p) - expected)).toBeLessThan(1e-15 * Math.max(1, 4 * Math.abs(expected)));
  });
});

describe('by property', () => {
  const z = fc.double({ min: -8, max: 8, noNaN: true });

  it('is symmetric about 0', () => {
    fc.assert(
      fc.property(z, (x) => {
        expect(normalCdf(x) + normalCdf(-x)).toBeCloseTo(1, 14);
      }),
    );
  });

  it('rises by the density', () => {
    fc.assert(
      fc.property(z, (x) => {
        // Simpson's rule over a step of .02: exact to a relative 1e-8 within 8 of the middle.
        const simpson = ((normalDensity(x - 0.01) + 4 * normalDensity(x) + normalDensity(x + 0.01)) * 0.01) / 3;
        const lower = Math.min(x, -x);
        expect((normalCdf(lower + 0.01) - normalCdf(lower - 0.01)) / simpson).toBeCloseTo(1, 6);
      }),
    );
  });

  it('has the quantile for its inverse', () => {
    const lower = fc.double({ min: -37, max: 0, noNaN: true });
    fc.assert(
      fc.property(lower, (x) => {
        expect(Math.abs(normalQuantile(normalCdf(x)) - x)).toBeLessThan(1e-13 * Math.max(1, -x));
      }),
    );
  });

  it('reaches its ends, and is NaN outside its domain', () => {
    expect([normalCdf(Number.NEGATIVE_INFINITY), normalCdf(Number.POSITIVE_INFINITY)]).toEqual([0, 1]);
    expect([normalQuantile(0), normalQuantile(1)]).toEqual([Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY]);
    for (const p of [-0.1, 1.1, Number.NaN]) expect(normalQuantile(p)).toBeNaN();
    expect(normalCdf(Number.NaN)).toBeNaN();
  });
});
