import { describe, expect, it } from 'vitest';

import { DomainError } from '../../../server/domain/errors.ts';
import { pooledRate, pooledSpend } from '../../../server/engine/models/pooled-rate.ts';
import { createRandom } from '../../../server/engine/numerics/random.ts';

const GROUPS = [
  { x: 0, tx: 0, T: 30, count: 8 },
  { x: 3, tx: 12, T: 20, count: 2 },
];
const fit = pooledRate.fit(GROUPS);
const P = fit.parameters;

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);

describe('pooledRate', () => {
  it('estimates one mean rate, and says so', () => {
    expect(fit).toMatchObject({ model: 'pooled-rate', iterations: 0, customers: 10 });
    expect(P).toEqual({ k: 1, lambdaBar: 6.5 / 280 });
    // Ten purchases count as one.
    expect(fit.covariance).toEqual([
      [0, 0],
      [0, 10 / 6.5],
    ]);
    expect(fit.standardErrors.lambdaBar).toBeCloseTo(P.lambdaBar * Math.sqrt(10 / 6.5), 12);
  });

  it('has the likelihood of its own gamma-Poisson mixture', () => {
    // Integral over the rate of rate^x e^(-rate T) times the gamma density, by the midpoint rule.
    const beta = P.k / P.lambdaBar;
    let likelihood = 0;
    for (let rate = 1e-5; rate < 2; rate += 2e-5)
      likelihood += 2e-5 * rate ** 3 * Math.exp(-rate * 20) * beta * Math.exp(-beta * rate);
    expect(pooledRate.logLikelihood(P, [{ x: 3, tx: 12, T: 20, count: 1 }])).toBeCloseTo(Math.log(likelihood), 6);
  });

  it('has the gradient that differences of the log-likelihood show', () => {
    const at = (lambdaBar: number) => pooledRate.logLikelihood({ ...P, lambdaBar }, GROUPS);
    const slope = (at(P.lambdaBar * 1.00001) - at(P.lambdaBar * 0.99999)) / (0.00002 * P.lambdaBar);
    expect(pooledRate.gradient(P, GROUPS).lambdaBar).toBeCloseTo(slope, 4);
  });

  it('cannot tell whether a customer is alive', () => {
    expect(pooledRate.probabilityAlive()).toBeNull();
  });

  it('expects between the own rate and everybody’s', () => {
    const weekly = pooledRate.conditionalExpectedTransactions(P, { x: 3, tx: 12, T: 20 }, 1);
    expect(weekly).toBeLessThan(3 / 20);
    expect(weekly).toBeGreaterThan(P.lambdaBar);
    expect(pooledRate.expectedTransactions(P, 10)).toBeCloseTo(10 * P.lambdaBar, 15);
  });

  it('discounts a steady rate', () => {
    const customer = { x: 3, tx: 12, T: 20 };
    const rate = pooledRate.conditionalExpectedTransactions(P, customer, 1);
    expect(pooledRate.discountedExpectedTransactions(P, customer, Number.POSITIVE_INFINITY, 0.002)).toBeCloseTo(
      rate / 0.002,
      9,
    );
    expect(pooledRate.discountedExpectedTransactions(P, customer, 52, 0)).toBeCloseTo(52 * rate, 12);
    const { expected, discounted } = pooledRate.residual(P, { x: 3, tx: 20, T: 20 }, [52], 0.002);
    expect(discounted[0]! / expected[0]!).toBeCloseTo(-Math.expm1(-0.104) / 0.104, 12);
    expect(() => pooledRate.residual(P, { x: 3, tx: 20, T: 20 }, [Number.POSITIVE_INFINITY], 0)).toThrow(DomainError);
  });

  it('has the probability of no purchase of the posterior gamma rate', () => {
    const beta = 1 / P.lambdaBar + 20;
    expect(pooledRate.probabilityOfNoPurchase(P, { x: 3, tx: 12, T: 20 }, 13)).toBeCloseTo(
      (beta / (beta + 13)) ** 4,
      14,
    );
  });

  it('simulates as many purchases as it expects', () => {
    const random = createRandom(2);
    const counts = Array.from({ length: 20_000 }, () => pooledRate.simulate(P, 52, random).length);
    const mean = counts.reduce((sum, n) => sum + n, 0) / counts.length;
    expect(mean).toBeCloseTo(pooledRate.expectedTransactions(P, 52), 1);
  });

  it('stays finite where nobody came back, or everybody came today', () => {
    const nobody = pooledRate.fit([{ x: 0, tx: 0, T: 10, count: 3 }]).parameters;
    const today = pooledRate.fit([{ x: 0, tx: 0, T: 0, count: 3 }]).parameters;
    for (const parameters of [nobody, today]) {
      expect(parameters.lambdaBar).toBeGreaterThan(0);
      expect(pooledRate.conditionalExpectedTransactions(parameters, { x: 0, tx: 0, T: 0 }, 52)).toBeLessThan(30);
    }
  });

  it('has probabilities of n purchases that add up to 1, and to the expected purchases', () => {
    const customer = { x: 3, tx: 12, T: 20 };
    const masses = Array.from({ length: 400 }, (_, n) => pooledRate.conditionalProbabilityMass(P, customer, 13, n));
    expect(sum(masses)).toBeCloseTo(1, 12);
    expect(sum(masses.map((mass, n) => n * mass))).toBeCloseTo(
      pooledRate.conditionalExpectedTransactions(P, customer, 13),
      10,
    );
    expect(masses[0]! / pooledRate.probabilityOfNoPurchase(P, customer, 13)).toBeCloseTo(1, 13);
    const newcomer = { x: 0, tx: 0, T: 0 };
    expect(pooledRate.probabilityMass(P, 13, 2)).toBe(pooledRate.conditionalProbabilityMass(P, newcomer, 13, 2));
  });

  it('draws futures as often as it says they come, whatever they are cut into', () => {
    const customer = { x: 3, tx: 12, T: 20 };
    const random = createRandom(19);
    const counts = new Float64Array(2);
    const seen = new Array<number>(6).fill(0);
    for (let i = 0; i < 20_000; i++) {
      pooledRate.drawTransactions(P, customer, [4, 13], random, counts);
      seen[Math.min(5, counts[0]! + counts[1]!)]!++;
    }
    const masses = Array.from({ length: 5 }, (_, n) => pooledRate.conditionalProbabilityMass(P, customer, 13, n));
    const expected = [...masses, 1 - sum(masses)].map((mass) => 20_000 * mass);
    // 99.99% point of chi-square with 5 degrees of freedom.
    expect(sum(expected.map((n, i) => (seen[i]! - n) ** 2 / n))).toBeLessThan(25.7);
  });

  it('refuses to fit nobody', () => {
    expect(() => pooledRate.fit([])).toThrow(expect.objectContaining({ name: 'DomainError', code: 'NO_CUSTOMERS' }));
  });
});

describe('pooledSpend', () => {
  const spend = pooledSpend.fit([
    { x: 1, m: 10, count: 2 },
    { x: 4, m: 40, count: 1 },
    { x: 0, m: 0, count: 5 },
  ]);

  it('takes the mean over customers with orders, and has no likelihood', () => {
    expect(spend).toMatchObject({
      model: 'pooled-spend',
      parameters: { k: 1, mBar: 20 },
      customers: 3,
      standardErrors: null,
    });
    expect(spend.logLikelihood).toBeNaN();
  });

  it('shrinks a customer’s mean towards it by the weight of one purchase', () => {
    expect(pooledSpend.expectedSpend(spend.parameters, { x: 4, m: 40 })).toBe(36);
    expect(pooledSpend.expectedSpend(spend.parameters, { x: 0, m: 0 })).toBe(20);
  });

  it('draws single purchases that are exponential around the expected value, as it states', () => {
    const random = createRandom(29);
    const values = new Float64Array(2);
    const singles: number[] = [];
    const fours: number[] = [];
    for (let i = 0; i < 20_000; i++) {
      pooledSpend.drawSpend(spend.parameters, { x: 4, m: 40 }, Float64Array.of(1, 4), random, values);
      singles.push(values[0]!);
      fours.push(values[1]!);
    }
    expect(sum(singles) / 20_000 / 36).toBeCloseTo(1, 1);
    expect(singles.filter((value) => value > 36).length / 20_000).toBeCloseTo(Math.exp(-1), 1);
    expect(sum(fours) / 20_000 / 144).toBeCloseTo(1, 1);
  });

  it('draws no value for no purchase, nor of customers who pay nothing', () => {
    const values = new Float64Array(1).fill(7);
    pooledSpend.drawSpend(spend.parameters, { x: 4, m: 40 }, Float64Array.of(0), createRandom(1), values);
    expect(values[0]).toBe(0);
    pooledSpend.drawSpend({ k: 1, mBar: 0 }, { x: 4, m: 0 }, Float64Array.of(3), createRandom(1), values);
    expect(values[0]).toBe(0);
  });

  it('refuses to fit customers without orders', () => {
    expect(() => pooledSpend.fit([{ x: 0, m: 0, count: 5 }])).toThrow(
      expect.objectContaining({ name: 'DomainError', code: 'NO_SPEND' }),
    );
  });
});
