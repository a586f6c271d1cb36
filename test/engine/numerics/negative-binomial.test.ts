import { describe, expect, it } from 'vitest';

import { negativeBinomial, negativeBinomialTail } from '../../../server/engine/numerics/negative-binomial.ts';
import figures from './fixtures/incomplete-beta.json' with { type: 'json' };

describe('against 60-digit arithmetic (fixtures/incomplete_beta.py)', () => {
  it.each(figures.negativeBinomial)('$n events, shape $shape, odds $odds', ({ n, shape, odds, mass, tail }) => {
    // Shapes and counts of thousands have logarithms of thousands.
    expect(Math.abs(negativeBinomial(n, shape, odds) / mass - 1)).toBeLessThan(shape > 1000 ? 3e-12 : 1e-13);
    if (n > 0) expect(Math.abs(negativeBinomialTail(n, shape, odds) / tail - 1)).toBeLessThan(1e-12);
  });
});

describe('by property', () => {
  it('adds up to what the tail leaves', () => {
    let sum = 0;
    for (let n = 0; n < 30; n++) sum += negativeBinomial(n, 2.5, 6);
    expect(sum + negativeBinomialTail(30, 2.5, 6)).toBeCloseTo(1, 13);
  });

  it('has no event in no time', () => {
    expect(negativeBinomial(0, 2.5, 0)).toBe(1);
    expect(negativeBinomial(3, 2.5, 0)).toBe(0);
    expect(negativeBinomialTail(3, 2.5, 0)).toBe(0);
  });

  it('is NaN outside its domain', () => {
    expect(negativeBinomial(-1, 1, 1)).toBeNaN();
    expect(negativeBinomial(0.5, 1, 1)).toBeNaN();
    expect(negativeBinomial(1, 0, 1)).toBeNaN();
    expect(negativeBinomial(1, 1, -1)).toBeNaN();
    expect(negativeBinomialTail(1, 1, -0.5)).toBeNaN();
  });
});
