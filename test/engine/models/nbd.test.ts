import { describe, expect, it } from 'vitest';

import { nbd } from '../../../server/engine/models/nbd.ts';
import { createRandom } from '../../../server/engine/numerics/random.ts';
import { describeFit } from '../../support/transaction-model-fit.ts';

const P = { r: 0.7, alpha: 9 };
const CUSTOMER = { x: 3, tx: 12, T: 20 };
const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);

describe('against quadrature over the rate', () => {
  /** Of f over a Gamma(shape, scale) rate, by the trapezoid rule in its logarithm. */
  const overRate = (f: (rate: number) => number, shape: number, scale: number) => {
    const density = (w: number) => Math.exp(shape * w - scale * Math.exp(w));
    const points = Array.from({ length: 4000 }, (_, i) => -40 + i / 80);
    return sum(points.map((w) => density(w) * f(Math.exp(w)))) / sum(points.map(density));
  };

  it('has the likelihood and the expectations of its gamma-Poisson mixture', () => {
    const likelihood = overRate((rate) => rate ** 3 * Math.exp(-20 * rate), P.r, P.alpha);
    expect(nbd.logLikelihood(P, [{ ...CUSTOMER, count: 1 }])).toBeCloseTo(Math.log(likelihood), 10);
    const expected = overRate((rate) => 13 * rate, P.r + 3, P.alpha + 20);
    expect(nbd.conditionalExpectedTransactions(P, CUSTOMER, 13) / expected).toBeCloseTo(1, 10);
    const none = overRate((rate) => Math.exp(-13 * rate), P.r + 3, P.alpha + 20);
    expect(nbd.probabilityOfNoPurchase(P, CUSTOMER, 13) / none).toBeCloseTo(1, 10);
  });
});

describe('by property', () => {
  it('has the gradient that differences of the log-likelihood show', () => {
    const groups = [
      { ...CUSTOMER, count: 2 },
      { x: 0, tx: 0, T: 30, count: 8 },
    ];
    const gradient = nbd.gradient(P, groups);
    for (const name of ['r', 'alpha'] as const) {
      const at = (factor: number) => nbd.logLikelihood({ ...P, [name]: P[name] * factor }, groups);
      expect(gradient[name]).toBeCloseTo((at(1 + 1e-6) - at(1 - 1e-6)) / (2e-6 * P[name]), 6);
    }
  });

  it('takes nobody for gone, whatever the silence', () => {
    expect(nbd.probabilityAlive()).toBeNull();
    const expected = [0, 12, 20].map((tx) => nbd.conditionalExpectedTransactions(P, { ...CUSTOMER, tx }, 13));
    expect(new Set(expected).size).toBe(1);
  });

  it('has probabilities of n purchases that add up to 1, and to the expected purchases', () => {
    const masses = Array.from({ length: 400 }, (_, n) => nbd.conditionalProbabilityMass(P, CUSTOMER, 13, n));
    expect(sum(masses)).toBeCloseTo(1, 12);
    const expected = nbd.conditionalExpectedTransactions(P, CUSTOMER, 13);
    expect(sum(masses.map((mass, n) => n * mass))).toBeCloseTo(expected, 10);
  });

  it('draws as many purchases as it expects', () => {
    const random = createRandom(3);
    const counts = new Float64Array(2);
    let drawn = 0;
    for (let i = 0; i < 20_000; i++) {
      nbd.drawTransactions(P, CUSTOMER, [4, 13], random, counts);
      drawn += counts[0]! + counts[1]!;
    }
    expect(drawn / 20_000 / nbd.conditionalExpectedTransactions(P, CUSTOMER, 13)).toBeCloseTo(1, 1);
  });

  describeFit(nbd, P, { r: 1.2, alpha: 6 });
});
