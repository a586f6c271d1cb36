import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { gammaGamma, spendIndependence } from '../../server/models/gamma-gamma.ts';
import type { SpendGroup } from '../../server/models/types.ts';
import { createRandom } from '../../server/numerics/random.ts';
import { cdnowCustomers, cdnowIsThere, NO_CDNOW, spendGroups } from '../support/cdnow.ts';

const P = { p: 6.25, q: 3.74, gamma: 15.44 };

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
  });
});

describe('against an independent implementation', () => {
  it.each([
    [2, 22.35, 24.663713910761157],
    [1, 11.77, 18.916852057842046],
    [0, 0, 35.21897810218978],
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

describe('by property', () => {
  it('has the gradient that differences of the log-likelihood show', () => {
    const groups = simulated(200);
    const gradient = gammaGamma.gradient(P, groups);
    for (const name of ['p', 'q', 'gamma'] as const) {
      const step = 1e-5 * P[name];
      const at = (value: number) => gammaGamma.logLikelihood({ ...P, [name]: value }, groups);
      const slope = (at(P[name] + step) - at(P[name] - step)) / (2 * step);
      expect(Math.abs(gradient[name] - slope)).toBeLessThan(1e-6 * Math.max(1, Math.abs(slope)));
    }
  });

  it('recovers the parameters that made 3,000 customers, within four standard errors', () => {
    const fit = gammaGamma.fit(simulated(3000));
    expect(fit.status).toBe('converged');
    for (const name of ['p', 'q', 'gamma'] as const) {
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

  it('ends a fit to equal values, with a status', () => {
    const fit = gammaGamma.fit([{ x: 2, m: 20, count: 100 }]);
    expect(gammaGamma.expectedSpend(fit.parameters, { x: 2, m: 20 })).toBeCloseTo(20, 1);
    expect(['converged', 'max-iterations', 'stalled']).toContain(fit.status);
  });

  it('refuses to fit nobody', () => {
    expect(() => gammaGamma.fit([{ x: 0, m: 0, count: 10 }])).toThrow('no customers');
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
