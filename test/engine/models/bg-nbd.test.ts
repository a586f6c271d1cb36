import { describe, expect, it } from 'vitest';

import { bgNbd } from '../../../server/engine/models/bg-nbd.ts';
import { createRandom } from '../../../server/engine/numerics/random.ts';
import { expectNear } from '../../support/near.ts';
import { anyBetaGeometric, describeTransactionModel } from '../../support/transaction-model.ts';
import figures from './fixtures/cdnow-figures.json' with { type: 'json' };
import published from './fixtures/published-points.json' with { type: 'json' };

const P = { r: 0.243, alpha: 4.414, a: 0.793, b: 2.426 };
const BTYD = { r: 0.2425982, alpha: 4.4136842, a: 0.7929899, b: 2.4261667 };

describe('as published', () => {
  it('expects 1.226 purchases of the customer (2, 30.43, 38.86) in 39 weeks', () => {
    const customer = { x: 2, tx: 30.43, T: 38.86 };
    expect(bgNbd.probabilityAlive(P, customer)).toBeCloseTo(0.726579, 6);
    expect(bgNbd.conditionalExpectedTransactions(P, customer, 39)).toBeCloseTo(1.226028, 6);
  });

  it('is worth 6.360321 discounted purchases at 10% a year, without an end', () => {
    const customer = { x: 2, tx: 30.43, T: 38.86 };
    const delta = Math.log(1.1) / 52;
    const endless = bgNbd.discountedExpectedTransactions(P, customer, Number.POSITIVE_INFINITY, delta);
    expect(endless).toBeCloseTo(6.360321, 6);
    expect(bgNbd.discountedExpectedTransactions(P, customer, 52, delta) / endless).toBeCloseTo(0.23, 2);
  });

  it("has the log-likelihoods of pymc-marketing's stability test", () => {
    const parameters = { a: 0.8, b: 2.5, r: 0.25, alpha: 4 };
    expect(bgNbd.logLikelihood(parameters, [{ x: 0, tx: 0, T: 40, count: 1 }])).toBeCloseTo(-0.59947382, 5);
    expect(bgNbd.logLikelihood(parameters, [{ x: 200, tx: 38, T: 40, count: 1 }])).toBeCloseTo(100.7957, 4);
  });

  it("predicts lifetimes' known customers within 30 days, x, t_x and T in days", () => {
    const parameters = { r: 0.16385072, alpha: 1.86428187, a: 1.85034151, b: 3.18105431 };
    const customers = [
      { x: 0, tx: 0, T: 298 },
      { x: 0, tx: 0, T: 224 },
      { x: 6, tx: 142, T: 292 },
      { x: 0, tx: 0, T: 147 },
      { x: 2, tx: 9, T: 183 },
    ];
    const predicted = customers.map((customer) => bgNbd.conditionalExpectedTransactions(parameters, customer, 30));
    const expected = [0.016053, 0.021171, 0.030461, 0.031686, 0.001607];
    for (const [i, value] of predicted.entries()) expect(value).toBeCloseTo(expected[i]!, 6);
  });

  it('falls as the same silence follows more purchases (the frequency paradox)', () => {
    const expected = { 10: 0.3474606, 15: 0.04283391, 20: 0.004158973, 25: 0.0003583685 };
    for (const [x, value] of Object.entries(expected)) {
      const transactions = bgNbd.conditionalExpectedTransactions(BTYD, { x: Number(x), tx: 20, T: 39 }, 52);
      expect(transactions / value).toBeCloseTo(1, 3);
    }
  });

  it("has BTYD's probabilities of 10 purchases in 2 weeks and of none in 39", () => {
    const masses = [bgNbd.probabilityMass(P, 2, 10), bgNbd.probabilityMass(P, 39, 0)];
    expectNear(masses, figures['bgnbd.pmf.btyd'].value, 1e-5);
  });
});

describe('against an independent implementation (30-digit arithmetic)', () => {
  it.each(published.points)('P(alive) and expectations of ($x, $tx, $T)', (point) => {
    expect(bgNbd.probabilityAlive(published.bg, point) / point.bg_palive).toBeCloseTo(1, 11);
    expect(bgNbd.conditionalExpectedTransactions(published.bg, point, 39) / point.bg_ce_39).toBeCloseTo(1, 11);
    expect(bgNbd.conditionalExpectedTransactions(published.bg, point, 52) / point.bg_ce_52).toBeCloseTo(1, 11);
  });

  it('probabilities of n purchases of a new customer', () => {
    const { 'bgnbd.pmf.t30': t30, 'bgnbd.pmf.t39': t39 } = figures;
    expectNear(
      t30.value.map((_, i) => bgNbd.probabilityMass(P, 30, 11 + i)),
      t30.value,
      1e-11,
    );
    const counts = Object.keys(t39.value).map(Number);
    expectNear(
      counts.map((n) => bgNbd.probabilityMass(P, 39, n)),
      Object.values(t39.value),
      1e-11,
    );
  });

  it.each(published.newCustomer)('expectations of a new customer in $t weeks', ({ t, bg }) => {
    expect(bgNbd.expectedTransactions(published.bg, t) / bg).toBeCloseTo(1, 11);
  });
});

describe('by property', () => {
  it('calls every one-time buyer alive, however long ago', () => {
    expect(bgNbd.probabilityAlive(P, { x: 0, tx: 0, T: 500 })).toBe(1);
  });

  it('draws no figure where it has none', () => {
    const counts = new Float64Array(2);
    bgNbd.drawTransactions(P, { x: 1, tx: 12, T: 10 }, [13, 26], createRandom(1), counts);
    expect([...counts]).toEqual([Number.NaN, Number.NaN]);
  });

  describeTransactionModel(bgNbd, P, { r: 0.8, alpha: 6, a: 0.9, b: 2.5 }, anyBetaGeometric);
});
