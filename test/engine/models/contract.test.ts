import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { bdw } from '../../../server/engine/models/bdw.ts';
import type { Contract, ContractGroup, ContractModel } from '../../../server/engine/models/contract-types.ts';
import { sbg } from '../../../server/engine/models/sbg.ts';
import { createRandom } from '../../../server/engine/numerics/random.ts';
import figures from './fixtures/discrete.json' with { type: 'json' };

interface Parameters {
  readonly alpha: number;
  readonly beta: number;
  readonly c: number;
}

/** sBG ignores c. */
const MODELS: { name: string; model: ContractModel<Parameters> }[] = [
  { name: 'sbg', model: sbg as unknown as ContractModel<Parameters> },
  { name: 'bdw', model: bdw },
];

const P = { alpha: 0.7, beta: 2.1, c: 1 };
const active = (tenure: number): Contract => ({ tenure, churned: false });
const LEFT: Contract = { tenure: 3, churned: true };
const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);

describe('against an independent implementation (fixtures/discrete.py, 60-digit arithmetic)', () => {
  const cases = figures.contracts.flatMap((figure) =>
    MODELS.filter(({ name }) => name === 'bdw' || figure.parameters.c === 1).map((model) => ({ ...model, figure })),
  );

  it.each(cases)('$name after $figure.tenure renewals at $figure.parameters', ({ model, figure }) => {
    const { parameters: p, tenure, t, delta } = figure;
    const near = (value: number, exact: number) => expect(Math.abs(value / exact - 1)).toBeLessThan(1e-12);
    near(model.logLikelihood(p, [{ tenure: tenure + 1, churned: true, count: 1 }]), figure.lnLeft);
    const lnActive = model.logLikelihood(p, [{ ...active(tenure), count: 1 }]);
    expect(Math.abs(lnActive - figure.lnActive)).toBeLessThan(1e-12 * Math.abs(figure.lnActive) + 1e-300);
    near(model.probabilityAlive(p, active(tenure), t), figure.stays);
    near(model.conditionalProbabilityMass(p, active(tenure), t + 1, t), figure.mass);
    near(model.conditionalExpectedTransactions(p, active(tenure), t), figure.expected);
    near(model.discountedExpectedTransactions(p, active(tenure), t, delta), figure.discounted);
    const endless = model.discountedExpectedTransactions(p, active(tenure), Number.POSITIVE_INFINITY, delta);
    // A rate at which BdW's sum would take too many terms.
    if (model.name === 'bdw' && delta < 3e-5) expect(endless).toBeNaN();
    else near(endless, figure.endless);
  });
});

describe.each(MODELS)('by property, $name', ({ name, model }) => {
  const names = Object.keys(model.lowerBounds) as (keyof Parameters)[];
  const truth = { alpha: 0.6, beta: 2.5, c: name === 'sbg' ? 1 : 1.4 };

  const positive = fc.double({ min: Math.log(1e-3), max: Math.log(1e6), noNaN: true }).map(Math.exp);
  const parameters = fc.record({
    alpha: positive,
    beta: positive,
    c: fc.double({ min: 0.1, max: 4, noNaN: true }),
  });
  const tenure = fc.oneof(fc.integer({ min: 0, max: 40 }), fc.constant(2000));

  it('keeps probabilities in [0, 1] and all else finite for any parameters', () => {
    fc.assert(
      fc.property(parameters, tenure, (p, n) => {
        for (const probability of [
          model.survival(p, n),
          model.retentionRate(p, n + 1),
          model.probabilityAlive(p, active(n), 12),
          model.conditionalProbabilityMass(p, active(n), 12, 5),
          model.probabilityOfNoPurchase(p, active(n), 12),
        ]) {
          expect(probability).toBeGreaterThanOrEqual(0);
          expect(probability).toBeLessThanOrEqual(1);
        }
        const groups = [
          { ...active(n), count: 1 },
          { tenure: n + 1, churned: true, count: 1 },
        ];
        expect(model.logLikelihood(p, groups)).toBeLessThanOrEqual(0);
        expect(Number.isFinite(model.logLikelihood(p, groups))).toBe(true);
        for (const slope of Object.values(model.gradient(p, groups))) expect(Number.isFinite(slope)).toBe(true);
      }),
    );
  });

  it('expects renewals that grow with the horizon and shrink with the discount', () => {
    fc.assert(
      fc.property(parameters, tenure, (p, n) => {
        let before = 0;
        for (const t of [1, 4, 12, 40]) {
          const expected = model.conditionalExpectedTransactions(p, active(n), t);
          const discounted = model.discountedExpectedTransactions(p, active(n), t, 0.1);
          expect(expected).toBeGreaterThanOrEqual(before * (1 - 1e-12));
          expect(expected).toBeLessThanOrEqual(t * (1 + 1e-12));
          expect(discounted * (1 - 1e-12)).toBeLessThanOrEqual(expected);
          expect(discounted).toBeGreaterThanOrEqual(expected * Math.exp(-0.1 * t));
          before = expected;
        }
        const endless = model.discountedExpectedTransactions(p, active(n), Number.POSITIVE_INFINITY, 0.1);
        const long = model.discountedExpectedTransactions(p, active(n), 500, 0.1);
        expect(Math.abs(endless - long)).toBeLessThanOrEqual(1e-11 * long);
      }),
    );
  });

  it('has masses that add up to 1 and to the expectation', () => {
    const masses = Array.from({ length: 13 }, (_, n) => model.conditionalProbabilityMass(truth, active(2), 12, n));
    expect(sum(masses)).toBeCloseTo(1, 13);
    const mean = sum(masses.map((mass, n) => n * mass));
    expect(mean).toBeCloseTo(model.conditionalExpectedTransactions(truth, active(2), 12), 12);
    expect(masses[0]).toBe(model.probabilityOfNoPurchase(truth, active(2), 12));
    expect(model.conditionalProbabilityMass(truth, active(2), 12, 13)).toBe(0);
    expect(model.probabilityMass(truth, 12, 4)).toBe(model.conditionalProbabilityMass(truth, active(0), 12, 4));
  });

  it('has a likelihood that adds up to 1 over all a customer can do in nine periods', () => {
    const chance = (contract: Contract) => Math.exp(model.logLikelihood(truth, [{ ...contract, count: 1 }]));
    const left = Array.from({ length: 9 }, (_, i) => chance({ tenure: i + 1, churned: true }));
    expect(sum(left) + chance(active(9))).toBeCloseTo(1, 13);
    expect(chance(active(9))).toBeCloseTo(model.survival(truth, 9), 13);
  });

  it('counts the first renewal in full and the j-th at e^(-delta (j-1))', () => {
    const alive = (t: number) => model.probabilityAlive(truth, active(4), t);
    const worth = alive(1) + alive(2) / 1.1 + alive(3) / 1.1 ** 2;
    expect(model.discountedExpectedTransactions(truth, active(4), 3, Math.log(1.1))).toBeCloseTo(worth, 13);
  });

  it('expects nothing more of a customer who left', () => {
    expect(model.probabilityAlive(truth, LEFT, 0)).toBe(0);
    expect(model.probabilityAlive(truth, active(3), 0)).toBe(1);
    expect(model.conditionalExpectedTransactions(truth, LEFT, 12)).toBe(0);
    expect(model.discountedExpectedTransactions(truth, LEFT, Number.POSITIVE_INFINITY, 0.1)).toBe(0);
    expect(model.probabilityOfNoPurchase(truth, LEFT, 12)).toBe(1);
    expect(model.conditionalProbabilityMass(truth, LEFT, 12, 1)).toBe(0);
  });

  function simulated(customers: number, watched = 24): ContractGroup[] {
    const random = createRandom(7);
    const counts = new Map<string, ContractGroup>();
    for (let i = 0; i < customers; i++) {
      const period = model.simulate(truth, random);
      const contract = period <= watched ? { tenure: period, churned: true } : active(watched);
      const key = `${contract.tenure} ${contract.churned}`;
      counts.set(key, { ...contract, count: (counts.get(key)?.count ?? 0) + 1 });
    }
    return [...counts.values()];
  }

  it('has the gradient that differences of the log-likelihood show', () => {
    const groups = simulated(300);
    for (const p of [truth, { alpha: 1500, beta: 4000, c: truth.c }, { alpha: 0.02, beta: 3, c: truth.c }]) {
      const gradient = model.gradient(p, groups);
      expect(Object.keys(gradient)).toEqual(names);
      for (const parameter of names) {
        const step = 1e-5 * p[parameter];
        const at = (value: number) => model.logLikelihood({ ...p, [parameter]: value }, groups);
        const slope = (at(p[parameter] + step) - at(p[parameter] - step)) / (2 * step);
        expect(Math.abs(gradient[parameter] - slope)).toBeLessThan(1e-6 * Math.max(1, Math.abs(slope)));
      }
    }
  });

  it('gives a group of n the log-likelihood of n customers', () => {
    const one: ContractGroup = { tenure: 3, churned: true, count: 1 };
    const other: ContractGroup = { tenure: 6, churned: false, count: 1 };
    const grouped = model.logLikelihood(P, [{ ...one, count: 3 }, other]);
    expect(model.logLikelihood(P, [one, other, one, one])).toBeCloseTo(grouped, 12);
  });

  it('recovers the parameters that made 4,000 customers, within four standard errors', () => {
    const fit = model.fit(simulated(4000));
    expect(fit).toMatchObject({ model: name, status: 'converged', customers: 4000 });
    expect(Object.keys(fit.parameters)).toEqual(names);
    for (const parameter of names) {
      const error = fit.standardErrors![parameter];
      expect(Math.abs(fit.parameters[parameter] - truth[parameter])).toBeLessThan(4 * error);
      expect(error).toBeLessThan(truth[parameter]);
    }
  });

  it('lets as many survive as it simulates', () => {
    const groups = simulated(20_000);
    for (const year of [1, 3, 12, 24]) {
      const gone = sum(groups.map(({ tenure: t, churned, count }) => (churned && t <= year ? count : 0)));
      const survival = model.survival(truth, year);
      const fiveErrors = 5 * Math.sqrt((survival * (1 - survival)) / 20_000);
      expect(Math.abs(1 - gone / 20_000 - survival)).toBeLessThan(fiveErrors);
    }
  });

  it('moves towards the prior of a small workspace', () => {
    const groups = simulated(20);
    const prior = { center: { alpha: 1, beta: 5, c: 1 }, deviation: 0.1 };
    const fit = model.fit(groups, { prior });
    expect(fit.priorWeight).toBeGreaterThan(0.5);
    for (const parameter of names) expect(fit.parameters[parameter] / prior.center[parameter]).toBeCloseTo(1, 0);
  });

  it('refuses an endless horizon without discount', () => {
    const refused = expect.objectContaining({ code: 'ENDLESS_UNDISCOUNTED' });
    for (const contract of [active(2), LEFT]) {
      const endless = () => model.discountedExpectedTransactions(P, contract, Number.POSITIVE_INFINITY, 0);
      expect(endless).toThrow(refused);
    }
    expect(() => model.expectedTransactions(P, Number.POSITIVE_INFINITY)).toThrow(refused);
  });

  it('refuses data that cannot carry it', () => {
    const refusal = (groups: ContractGroup[]) => () => model.fit(groups);
    const code = (value: string) => expect.objectContaining({ name: 'DomainError', code: value });
    expect(refusal([])).toThrow(code('NO_CUSTOMERS'));
    expect(refusal([{ tenure: 2, churned: true, count: 1 }])).toThrow(code('ONE_CUSTOMER'));
    expect(refusal([{ tenure: 2, churned: false, count: 9 }])).toThrow(code('NO_CHURN'));
    expect(refusal([{ tenure: 1, churned: true, count: 9 }])).toThrow(code('NO_RENEWALS'));
    expect(refusal([{ tenure: 1.5, churned: true, count: 9 }])).toThrow(code('BAD_TENURE'));
    expect(refusal([{ tenure: 0, churned: true, count: 9 }])).toThrow(code('BAD_TENURE'));
  });

  it('is NaN outside its domain', () => {
    for (const impossible of [active(-1), active(1.5), { tenure: 0, churned: true }]) {
      expect(model.logLikelihood(P, [{ ...impossible, count: 1 }])).toBeNaN();
      expect(model.probabilityAlive(P, impossible, 1)).toBeNaN();
      expect(model.conditionalExpectedTransactions(P, impossible, 1)).toBeNaN();
      expect(model.conditionalProbabilityMass(P, impossible, 1, 0)).toBeNaN();
    }
    expect(model.survival(P, -1)).toBeNaN();
    expect(model.survival(P, 0.5)).toBeNaN();
    expect(model.retentionRate(P, 0)).toBeNaN();
    expect(model.conditionalProbabilityMass(P, active(1), 3, 0.5)).toBeNaN();
    expect(model.discountedExpectedTransactions(P, active(1), 3, -0.1)).toBeNaN();
  });
});
