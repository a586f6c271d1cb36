import { describe, expect, it } from 'vitest';

import { bgNbd } from '../../../server/engine/models/bg-nbd.ts';
import { mbgNbd } from '../../../server/engine/models/mbg-nbd.ts';
import { expectNear } from '../../support/near.ts';
import figures from './fixtures/beta-geometric-extremes.json' with { type: 'json' };

const DELTA = 0.0018;

describe('against 30-digit arithmetic given p, averaged (fixtures/beta_geometric_extremes.py)', () => {
  it.each(figures)('offset $offset, $parameters, $customer over $t weeks', (figure) => {
    const model = figure.offset === 0 ? bgNbd : mbgNbd;
    const { parameters: p, customer, t } = figure;
    const alive = figure.lnAliveOdds === null ? 1 : 1 / (1 + Math.exp(-figure.lnAliveOdds));
    const [counts, masses] = [figure.masses.map(([n]) => n!), figure.masses.map(([, mass]) => mass!)];
    expectNear(
      [
        model.probabilityAlive(p, customer),
        model.conditionalExpectedTransactions(p, customer, t),
        model.probabilityOfNoPurchase(p, customer, t),
        ...counts.map((n) => model.conditionalProbabilityMass(p, customer, t, n)),
      ],
      [alive, figure.expected, figure.noPurchase, ...masses],
      2e-11,
    );
    expectNear(
      [
        model.discountedExpectedTransactions(p, customer, t, DELTA),
        model.discountedExpectedTransactions(p, customer, Number.POSITIVE_INFINITY, DELTA),
      ],
      [figure.discounted, figure.endless],
      2e-11,
    );
    const error = model.logLikelihood(p, [{ ...customer, count: 1 }]) - figure.logLikelihood;
    expect(Math.abs(error)).toBeLessThan(1e-14 * Math.max(1, Math.abs(figure.logLikelihood)));
  });
});

describe('by property', () => {
  const P = { r: 0.243, alpha: 4.414, a: 0.793, b: 2.426 };

  it.each([bgNbd, mbgNbd])('$name lets P(alive) fall with silence, and the expected purchases with it', (model) => {
    for (const parameters of [P, { ...P, alpha: 1e6 }, { ...P, b: 1e6 }, { ...P, a: 1 }]) {
      for (const x of [1, 26, 5000]) {
        const silences = [0, 1e-6, 1 / 7, 1, 13, 200];
        const customers = silences.map((silence) => ({ x, tx: 1 / 7, T: 1 / 7 + silence }));
        const alive = customers.map((customer) => model.probabilityAlive(parameters, customer));
        const expected = customers.map((customer) => model.conditionalExpectedTransactions(parameters, customer, 52));
        expect(alive).toEqual(alive.toSorted((a, b) => b - a));
        expect(expected).toEqual(expected.toSorted((a, b) => b - a));
      }
    }
  });

  it.each([1e4, 1e6, 1e9, 1e12, 1e15])('expects what a customer who never leaves buys, as b grows to %d', (b) => {
    const customer = { x: 2, tx: 30.43, T: 38.86 };
    const never = ((P.r + 2) / (P.alpha + 38.86)) * 52;
    const expected = bgNbd.conditionalExpectedTransactions({ ...P, b }, customer, 52);
    expect(expected).toBeLessThanOrEqual(never * (1 + 1e-12));
    expect(never / expected - 1).toBeLessThan(3 / b + 1e-12);
  });

  it.each([0.3, 1, 1.7])('passes a = %d without a step', (a) => {
    const customer = { x: 2, tx: 30.43, T: 38.86 };
    const at = (value: number) => mbgNbd.conditionalExpectedTransactions({ ...P, a: value }, customer, 52);
    const values = [-1e-3, -1e-6, -1e-9, 0, 1e-9, 1e-6, 1e-3].map((step) => at(a + step));
    expect(values).toEqual(values.toSorted((u, v) => v - u));
    expect(values[2]! / values[4]! - 1).toBeLessThan(1e-8);
  });
});
