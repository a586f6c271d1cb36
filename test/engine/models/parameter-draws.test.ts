import { expect, it } from 'vitest';

import { parameterDraws } from '../../../server/engine/models/parameter-draws.ts';
import { createRandom } from '../../../server/engine/numerics/random.ts';

const model = { lowerBounds: { p: 0, q: 1 } };
const parameters = { p: 6, q: 4 };
const covariance = [
  [0.04, -0.03],
  [-0.03, 0.09],
];

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
const product = (a: readonly number[], b: readonly number[]) => mean(a.map((value, i) => value * b[i]!));

it('has the covariance of the fit on the scale of ln(parameter - bound)', () => {
  const draws = parameterDraws(model, { parameters, covariance }, 40_000, createRandom(1));
  const p = draws.map((draw) => Math.log(draw.p / 6));
  const q = draws.map((draw) => Math.log((draw.q - 1) / 3));
  // Five standard errors: a variance v from n draws has v sqrt(2/n).
  expect(Math.abs(mean(p))).toBeLessThan(5 * Math.sqrt(0.04 / 40_000));
  expect(Math.abs(mean(q))).toBeLessThan(5 * Math.sqrt(0.09 / 40_000));
  expect(product(p, p) / 0.04).toBeCloseTo(1, 1);
  expect(product(q, q) / 0.09).toBeCloseTo(1, 1);
  expect(product(p, q) / -0.03).toBeCloseTo(1, 1);
});

it('draws only the estimate where the fit has no covariance', () => {
  const draws = parameterDraws(model, { parameters, covariance: null }, 3, createRandom(1));
  expect(draws).toEqual([parameters, parameters, parameters]);
});

it('stays finite and above the bounds for a fit that knows next to nothing', () => {
  const vague = [
    [1e6, 0],
    [0, 1e6],
  ];
  for (const { p, q } of parameterDraws(model, { parameters, covariance: vague }, 1000, createRandom(2))) {
    expect(p).toBeGreaterThan(0);
    expect(q).toBeGreaterThan(1);
    expect(p + q).toBeLessThan(1e6);
  }
});

it('moves parameters together whose difference is certain', () => {
  const singular = [
    [0.04, 0.04],
    [0.04, 0.04],
  ];
  for (const { p, q } of parameterDraws(model, { parameters, covariance: singular }, 100, createRandom(3)))
    expect((q - 1) / 3).toBeCloseTo(p / 6, 6);
});
