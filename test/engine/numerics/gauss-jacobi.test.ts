import { describe, expect, it } from 'vitest';

import { gaussJacobi, type Rule } from '../../../server/engine/numerics/gauss-jacobi.ts';

const expectation = ({ nodes, weights }: Rule, f: (p: number) => number) =>
  nodes.reduce((sum, p, i) => sum + weights[i]! * f(p), 0);

/** E[p^power] of Beta(a, b). */
function moment(a: number, b: number, power: number): number {
  let product = 1;
  for (let i = 0; i < power; i++) product *= (a + i) / (a + b + i);
  return product;
}

describe.each([
  [0.793, 2.426],
  [1, 1],
  [0.5, 0.5],
  [0.3, 0.7],
  [0.05, 3],
  [0.793, 5002.426],
  [200, 1000],
])('under Beta(%d, %d)', (a, b) => {
  const rule = gaussJacobi(a, b);

  it('has 32 ascending nodes inside (0, 1) and positive weights', () => {
    expect(rule.nodes).toHaveLength(32);
    expect([...rule.nodes]).toEqual([...rule.nodes].sort((x, y) => x - y));
    expect(rule.nodes[0]).toBeGreaterThan(0);
    expect(rule.nodes[31]).toBeLessThan(1);
    expect(Math.min(...rule.weights)).toBeGreaterThanOrEqual(0);
  });

  it('takes moments up to the 63rd exactly', () => {
    for (const power of [0, 1, 2, 5, 20, 63]) {
      const error = expectation(rule, (p) => p ** power) / moment(a, b, power) - 1;
      // Rounding of p^power grows with the power; nodes of Beta(0.8, 5000) carry 12 digits of a value near 1e-4.
      expect(Math.abs(error)).toBeLessThan(1e-11);
    }
  });
});

it('takes a smooth function to rounding with fewer nodes', () => {
  // E[e^p] under the uniform distribution is e - 1.
  expect(expectation(gaussJacobi(1, 1, 10), Math.exp)).toBeCloseTo(Math.E - 1, 14);
});

it('is NaN outside its domain', () => {
  expect(gaussJacobi(-1, 2, 3).nodes.every(Number.isNaN)).toBe(true);
});
