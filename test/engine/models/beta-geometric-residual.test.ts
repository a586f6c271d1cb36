import { describe, expect, it } from 'vitest';

import { expectedWhileAlive, residualWhileAlive } from '../../../server/engine/models/beta-geometric-residual.ts';
import { gaussJacobi } from '../../../server/engine/numerics/gauss-jacobi.ts';
import { scaledExpIntegral } from '../../support/exp-integral.ts';
import figures from './fixtures/beta-geometric.json' with { type: 'json' };

describe('against 40-digit arithmetic on other formulas (fixtures/beta_geometric.py)', () => {
  it.each(figures)('$state over $t weeks', ({ state, t, delta, expected, discounted, endless }) => {
    const residual = residualWhileAlive(state, [t, Number.POSITIVE_INFINITY], delta);
    expect(Math.abs(residual.expected[0]! / expected - 1)).toBeLessThan(1e-12);
    expect(Math.abs(residual.discounted[0]! / discounted - 1)).toBeLessThan(2e-11);
    expect(Math.abs(residual.discounted[1]! / endless - 1)).toBeLessThan(2e-11);
  });
});

describe('by property', () => {
  const state = { k: 2.243, scale: 43.27, a: 0.793, b: 4.426 };

  it('agrees with the closed form given p, averaged by Gauss-Jacobi', () => {
    const delta = 0.0018;
    const { nodes, weights } = gaussJacobi(state.a, state.b, 128);
    const endless = nodes.reduce(
      (sum, p, i) => sum + ((weights[i]! * state.k) / p) * scaledExpIntegral(state.k + 1, (delta * state.scale) / p),
      0,
    );
    const [worth] = residualWhileAlive(state, [Number.POSITIVE_INFINITY], delta).discounted;
    expect(worth! / endless).toBeCloseTo(1, 11);
  });

  it('passes through a = 1 without a step', () => {
    const at = (a: number) => expectedWhileAlive({ ...state, a })(52);
    expect(at(1 - 1e-9)).toBeCloseTo(at(1), 7);
    expect(at(1 + 1e-9)).toBeCloseTo(at(1), 7);
  });

  it.each([
    ['a = 20', { ...state, a: 20 }, { ...state, a: 20 * (1 + 1e-12) }],
    ['q = -20', { k: 24, scale: 40, a: 1, b: 4 }, { k: 24 * (1 + 1e-12), scale: 40, a: 1, b: 4 }],
  ])('joins series and quadrature at %s', (_, series, quadrature) => {
    for (const t of [1, 13, 157]) {
      expect(expectedWhileAlive(quadrature)(t) / expectedWhileAlive(series)(t)).toBeCloseTo(1, 10);
    }
  });

  it('expects nothing in no time', () => {
    expect([...residualWhileAlive(state, [0], 0.002).discounted]).toEqual([0]);
  });

  it('does not depend on which other horizons are asked for', () => {
    const alone = residualWhileAlive(state, [104], 0.0018).discounted[0]!;
    const among = residualWhileAlive(state, [1, 13, 26, 104, 157], 0.0018).discounted[3]!;
    expect(among / alone).toBeCloseTo(1, 12);
  });

  it('has the limit (a + b - 1)/(a - 1) without discount where a > 1, and none where a <= 1', () => {
    expect(residualWhileAlive({ ...state, a: 3 }, [Number.POSITIVE_INFINITY], 0.01).expected[0]).toBeCloseTo(
      6.426 / 2,
      12,
    );
    expect(residualWhileAlive(state, [Number.POSITIVE_INFINITY], 0.01).expected[0]).toBe(Number.POSITIVE_INFINITY);
  });
});
