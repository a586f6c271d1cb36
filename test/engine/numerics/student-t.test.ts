import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { normalCdf, normalQuantile } from '../../../server/engine/numerics/normal.ts';
import { studentQuantile, studentTwoSided } from '../../../server/engine/numerics/student-t.ts';
import figures from './fixtures/normal-student.json' with { type: 'json' };

describe('against 60-digit arithmetic (fixtures/normal_student.py)', () => {
  it.each(figures.studentTwoSided as [number, number, number][])('P(|T| >= %d), %d degrees', (t, degrees, expected) => {
    // The continued fraction of the incomplete beta function loses digits as degrees grow, until Hill's deviate takes over.
    expect(Math.abs(studentTwoSided(t, degrees) / expected - 1)).toBeLessThan(1e-12);
  });

  it.each(figures.studentQuantile as [number, number, number][])('the quantile of %d, %d degrees', (p, degrees, t) => {
    expect(Math.abs(studentQuantile(p, degrees) / t - 1)).toBeLessThan(1e-12);
  });
});

describe('by property', () => {
  it('is the arc tangent for one degree, and algebraic for two', () => {
    for (const t of [0.01, 0.8, 3, 50]) {
      expect(studentTwoSided(t, 1)).toBeCloseTo(1 - (2 / Math.PI) * Math.atan(t), 14);
      expect(studentTwoSided(-t, 2)).toBeCloseTo(1 - t / Math.sqrt(2 + t * t), 14);
    }
  });

  it('is the normal distribution for ever so many degrees', () => {
    expect(studentTwoSided(2.5, Number.POSITIVE_INFINITY)).toBe(2 * normalCdf(-2.5));
    expect(studentTwoSided(2.5, 1e12) / (2 * normalCdf(-2.5))).toBeCloseTo(1, 10);
    expect(studentQuantile(0.1, Number.POSITIVE_INFINITY)).toBe(normalQuantile(0.1));
  });

  it('is undone by the quantile', () => {
    const degrees = fc.double({ min: 1, max: 1e6, noNaN: true });
    const probability = fc.double({ min: 1e-12, max: 0.5, noNaN: true });
    fc.assert(
      fc.property(probability, degrees, (p, n) => {
        expect(Math.abs(studentTwoSided(studentQuantile(p, n), n) / (2 * p) - 1)).toBeLessThan(1e-10);
      }),
    );
  });

  it('is symmetric about 0', () => {
    for (const degrees of [1, 7.5, 1e5]) expect(studentQuantile(0.75, degrees)).toBe(-studentQuantile(0.25, degrees));
  });

  it('reaches its ends, and is NaN outside its domain', () => {
    expect([studentTwoSided(0, 3), studentTwoSided(Number.POSITIVE_INFINITY, 3)]).toEqual([1, 0]);
    expect([studentQuantile(0, 3), studentQuantile(0.5, 3)]).toEqual([Number.NEGATIVE_INFINITY, 0]);
    for (const value of [studentTwoSided(1, 0), studentTwoSided(Number.NaN, 3), studentQuantile(1.1, 3)])
      expect(value).toBeNaN();
    expect(studentQuantile(0.3, -1)).toBeNaN();
  });
});
