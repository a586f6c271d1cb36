import { expect, it } from 'vitest';
import figures from '../engine/numerics/fixtures/special-functions.json' with { type: 'json' };
import { scaledExpIntegral } from './exp-integral.ts';

it.each(figures.scaledExpIntegral)(
  'agrees with the integral in 60-digit arithmetic at n = %d, z = %d',
  (n, z, expected) => {
    expect(Math.abs(scaledExpIntegral(n!, z!) / expected! - 1)).toBeLessThan(5e-12);
  },
);

it('obeys n E~(n+1, z) = 1 - z E~(n, z)', () => {
  for (const [n, z] of [
    [0.6, 0.1],
    [1.25, 3],
    [12, 0.7],
    [300, 40],
  ] as const) {
    expect(n * scaledExpIntegral(n + 1, z)).toBeCloseTo(1 - z * scaledExpIntegral(n, z), 12);
  }
});

it('stays finite where e^z overflows', () => {
  expect(scaledExpIntegral(2.5, 5000)).toBeCloseTo(1 / 5002.5, 9);
});

it('is NaN outside its domain', () => {
  expect([scaledExpIntegral(0, 1), scaledExpIntegral(1, 0), scaledExpIntegral(1, Number.NaN)]).toEqual([
    Number.NaN,
    Number.NaN,
    Number.NaN,
  ]);
});
