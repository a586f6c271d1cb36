import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { gammaGamma, spendIndependence } from '../../../server/engine/models/gamma-gamma.ts';
import type { SpendGroup } from '../../../server/engine/models/types.ts';
import { createRandom } from '../../../server/engine/numerics/random.ts';
import { cdnowCustomers, cdnowIsThere, NO_CDNOW, spendGroups } from '../../support/cdnow.ts';
import { expectNear } from '../../support/near.ts';
import figures from './fixtures/cdnow-figures.json' with { type: 'json' };
import extremes from './fixtures/gamma-gamma.json' with { type: 'json' };

const P = { p: 6.25, q: 3.74, gamma: 15.44 };
const NAMES = ['p', 'q', 'gamma'] as const;
const POPULATION_MEAN = 35.21897810218978;

/** Customers drawn from the model itself, with one to eight purchases. */
function simulated(customers: number): SpendGroup[] {
  const random = createRandom(5);
  return Array.from({ length: customers }, () => {
    const x = 1 + Math.floor(8 * random.uniform());
    return { x, m: random.gamma(P.p * x, random.gamma(P.q, P.gamma) * x), count: 1 };
  });
}

describe('as published', () => {
  it("has the conditional means of Hardie's workbook (note 025)", () => {
    const spend = [
      [2, 22.35, 24.65],
      [1, 11.77, 18.91],
      [0, 0, 35.17],
      [7, 73.74, 71.46],
      [2, 25.55, 27.28],
    ] as const;
    for (const [x, m, expected] of spend)
      expect(Math.abs(gammaGamma.expectedSpend(P, { x, m }) - expected)).toBeLessThan(0.1);
  });

  it.skipIf(!cdnowIsThere)(`fits CDNOW's 946 repeat buyers (${NO_CDNOW})`, () => {
    const fit = gammaGamma.fit(spendGroups(cdnowCustomers('sample')));
    expect(fit).toMatchObject({ model: 'gamma-gamma', status: 'converged', customers: 946 });
    expect(fit.parameters.p / 6.249572271).toBeCloseTo(1, 6);
    expect(fit.parameters.q / 3.744224667).toBeCloseTo(1, 6);
    expect(fit.parameters.gamma / 15.44352096).toBeCloseTo(1, 6);
    expect(fit.logLikelihood).toBeCloseTo(-4055.9176948, 6);
    // Note 025 in two decimals.
    for (const name of NAMES) expect(Math.abs(fit.parameters[name] - P[name])).toBeLessThan(0.005);
  });

  it.skipIf(!cdnowIsThere)(`expects of CDNOW's first ten customers what note 025 does (${NO_CDNOW})`, () => {
    const spend = cdnowCustomers('sample')
      .slice(0, 10)
      .map((customer) => gammaGamma.expectedSpend(P, customer));
    for (const [i, expected] of figures['gg.conditional_mean'].value.entries())
      expect(Math.abs(spend[i]! - expected)).toBeLessThan(0.1);
  });
});

describe('against an independent implementation', () => {
  it.each([
    [2, 22.35, 24.663713910761157],
    [1, 11.77, 18.916852057842046],
    [0, 0, POPULATION_MEAN],
    [7, 73.74, 71.46967089696709],
    [2, 25.55, 27.288385826771652],
  ])('expects of x = %d, m = %d', (x, m, expected) => {
    expect(gammaGamma.expectedSpend(P, { x, m }) / expected).toBeCloseTo(1, 13);
  });

  it('is the density of the mean of x purchases, which integrates to 1', () => {
    for (const x of [1, 4]) {
      // Trapezoid rule in ln m: dm = m d(ln m).
      let sum = 0;
      for (let lnM = -8; lnM <= 14; lnM += 0.01)
        sum += 0.01 * Math.exp(gammaGamma.logLikelihood(P, [{ x, m: Math.exp(lnM), count: 1 }]) + lnM);
      expect(sum).toBeCloseTo(1, 9);
    }
  });
});

describe('against 60-digit arithmetic on the density (fixtures/gamma_gamma.py)', () => {
  it.each(extremes)('likelihood, gradient and expected value of $x purchases of $m at $parameters', (figure) => {
    const { parameters, x, m } = figure;
    const groups = [{ x, m, count: 1 }];
    // Terms of this size cancel.
    const { p, q, gamma } = parameters;
    const size = (p * x + q) * Math.max(1, Math.log(gamma + x * m), Math.log(p * x + q));
    const error = gammaGamma.logLikelihood(parameters, groups) - figure.logLikelihood;
    expect(Math.abs(error)).toBeLessThan(4e-16 * size + 3e-14);
    const gradient = gammaGamma.gradient(parameters, groups);
    expectNear(
      NAMES.map((name) => gradient[name]),
      figure.gradient,
      // By p, x times the difference of two logarithms of 10 is left: 1e-3 of it in the worst of these cases.
      p * x > 1e7 ? 1e-6 : 1e-9,
    );
    expectNear([gammaGamma.expectedSpend(parameters, { x, m })], [figure.expected], 1e-14);
  });
});

describe('by property', () => {
  it('has the gradient that differences of the log-likelihood show', () => {
    const groups = simulated(200);
    const gradient = gammaGamma.gradient(P, groups);
    for (const name of NAMES) {
      const step = 1e-5 * P[name];
      const at = (value: number) => gammaGamma.logLikelihood({ ...P, [name]: value }, groups);
      const slope = (at(P[name] + step) - at(P[name] - step)) / (2 * step);
      expect(Math.abs(gradient[name] - slope)).toBeLessThan(1e-6 * Math.max(1, Math.abs(slope)));
    }
  });

  it('recovers the parameters that made 3,000 customers, within four standard errors', () => {
    const fit = gammaGamma.fit(simulated(3000));
    expect(fit.status).toBe('converged');
    for (const name of NAMES) {
      expect(Math.abs(fit.parameters[name] - P[name])).toBeLessThan(4 * fit.standardErrors![name]);
      expect(fit.standardErrors![name]).toBeLessThan(P[name] / 2);
    }
  });

  it('does not depend on the currency unit', () => {
    const groups = simulated(300);
    const fit = gammaGamma.fit(groups);
    const inCents = gammaGamma.fit(groups.map((group) => ({ ...group, m: 100 * group.m })));
    expect(inCents.parameters.p).toBeCloseTo(fit.parameters.p, 4);
    expect(inCents.parameters.gamma / fit.parameters.gamma).toBeCloseTo(100, 3);
  });

  it('leaves out customers without a repeat purchase and those who paid nothing', () => {
    const groups = simulated(100);
    const more = [...groups, { x: 0, m: 0, count: 70 }, { x: 3, m: 0, count: 5 }];
    expect(gammaGamma.fit(more)).toEqual(gammaGamma.fit(groups));
  });

  it('expects a value between the customer’s own mean and the population’s, nearer to the own with every purchase', () => {
    const population = gammaGamma.expectedSpend(P, { x: 0, m: 0 });
    fc.assert(
      fc.property(fc.double({ min: 0.01, max: 1e5, noNaN: true }), fc.integer({ min: 1, max: 1000 }), (m, x) => {
        const distance = (purchases: number) => Math.abs(gammaGamma.expectedSpend(P, { x: purchases, m }) - m);
        expect(distance(x)).toBeLessThanOrEqual(Math.abs(population - m) * (1 + 1e-12));
        expect(distance(x + 1)).toBeLessThanOrEqual(distance(x) * (1 + 1e-9) + 1e-9);
      }),
    );
  });

  it.each([
    ['nobody', [], 'NO_SPEND'],
    ['nobody who came back', [{ x: 0, m: 0, count: 10 }], 'NO_SPEND'],
    ['customers who paid nothing', [{ x: 3, m: 0, count: 10 }], 'NO_SPEND'],
    ['one customer', [{ x: 3, m: 20, count: 1 }], 'ONE_CUSTOMER'],
  ])('refuses to fit %s', (_, groups, code) => {
    expect(() => gammaGamma.fit(groups)).toThrow(expect.objectContaining({ name: 'DomainError', code }));
  });

  it('leans on a prior as long as there are few customers, and stays with one that is sure of itself', () => {
    const withPrior = (customers: number, deviation: number) =>
      gammaGamma.fit(simulated(customers), { prior: { center: { p: 4, q: 3, gamma: 20 }, deviation } });
    expect(withPrior(300, 1e-3).parameters.p).toBeCloseTo(4, 2);
    expect(withPrior(300, 1e-3).priorWeight).toBeGreaterThan(0.99);
    expect(withPrior(10, 1).priorWeight).toBeGreaterThan(withPrior(300, 1).priorWeight);
    expect(withPrior(300, 1).priorWeight).toBeGreaterThan(withPrior(3000, 1).priorWeight);
    expect(withPrior(3000, 1).priorWeight).toBeLessThan(0.1);
    expect(gammaGamma.fit(simulated(300)).priorWeight).toBe(0);
  });

  it('ends where it does whatever it starts from', () => {
    const groups = simulated(1000);
    const { parameters } = gammaGamma.fit(groups);
    const restarted = gammaGamma.fit(groups, { start: { p: 2, q: 6, gamma: 90 } }).parameters;
    expectNear(
      NAMES.map((name) => restarted[name]),
      NAMES.map((name) => parameters[name]),
      1e-5,
    );
  });

  it('has standard errors that are those of the covariance, brought back from the logarithms', () => {
    const { parameters, standardErrors, covariance } = gammaGamma.fit(simulated(1000));
    for (const [i, name] of NAMES.entries()) {
      const above = parameters[name] - gammaGamma.lowerBounds[name];
      expect(standardErrors![name] / (above * Math.sqrt(covariance![i]![i]!))).toBeCloseTo(1, 12);
    }
  });
});

describe('drawSpend', () => {
  /** Sums over three periods of 20,000 futures. */
  function drawn(spend: { x: number; m: number }, counts: number[]): number[][] {
    const random = createRandom(13);
    const values = new Float64Array(counts.length);
    return Array.from({ length: 20_000 }, () => {
      gammaGamma.drawSpend(P, spend, Float64Array.from(counts), random, values);
      return [...values];
    });
  }
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const centered = (values: readonly number[]) => {
    const center = mean(values);
    return values.map((value) => value - center);
  };
  const variance = (values: readonly number[]) => mean(centered(values).map((value) => value ** 2));

  it.each([
    [2, 22.35],
    [7, 73.74],
    [0, 0],
  ])('draws the expected value, with the spread of level and purchases, after %d purchases of %d', (x, m) => {
    const totals = drawn({ x, m }, [1, 0, 4]).map(([first, , last]) => first! + last!);
    const expected = 5 * gammaGamma.expectedSpend(P, { x, m });
    expect(Math.abs(mean(totals) - expected)).toBeLessThan(5 * Math.sqrt(variance(totals) / totals.length));
    if (x === 0) return; // The variance of a level known from the prior alone has hardly a mean itself.
    const [shape, rate] = [P.p * x + P.q, P.gamma + x * m];
    const square = rate ** 2 / ((shape - 1) * (shape - 2));
    const levels = square - (rate / (shape - 1)) ** 2;
    expect(variance(totals) / (5 * P.p * square + (5 * P.p) ** 2 * levels)).toBeCloseTo(1, 1);
  });

  it('gives no value to no purchase', () => {
    expect(
      drawn({ x: 2, m: 20 }, [1, 0, 4]).every(([first, none, last]) => first! > 0 && none === 0 && last! > 0),
    ).toBe(true);
  });

  it('draws one level for all periods of a future', () => {
    const draws = drawn({ x: 2, m: 22.35 }, [5, 5, 0]);
    const first = centered(draws.map((values) => values[0]!));
    const second = centered(draws.map((values) => values[1]!));
    const product = mean(first.map((value, i) => value * second[i]!));
    const [shape, rate] = [P.p * 2 + P.q, P.gamma + 2 * 22.35];
    const levels = rate ** 2 / ((shape - 1) ** 2 * (shape - 2));
    expect(product / ((5 * P.p) ** 2 * levels)).toBeCloseTo(1, 1);
  });
});

describe('spendIndependence', () => {
  it('is near 0 where value does not depend on frequency, over repeat buyers only', () => {
    const buyers = simulated(2000);
    const onceOnly = Array.from({ length: 1000 }, () => ({ x: 0, m: 0 }));
    expect(Math.abs(spendIndependence([...buyers, ...onceOnly]))).toBeLessThan(0.08);
  });

  it('is 1 where more frequent buyers spend more', () => {
    expect(spendIndependence([1, 2, 3, 4].map((x) => ({ x, m: 10 * x })))).toBeCloseTo(1, 14);
  });
});
