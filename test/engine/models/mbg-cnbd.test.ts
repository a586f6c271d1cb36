import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { mbgCnbd } from '../../../server/engine/models/mbg-cnbd.ts';
import { fitStages } from '../../../server/engine/models/mbg-cnbd-fit.ts';
import { mbgNbd } from '../../../server/engine/models/mbg-nbd.ts';
import { parameterDraws } from '../../../server/engine/models/parameter-draws.ts';
import { createRandom } from '../../../server/engine/numerics/random.ts';
import { cdnowCustomers, cdnowIsThere, historyGroups, NO_CDNOW } from '../../support/cdnow.ts';
import { expectNear } from '../../support/near.ts';
import { describeTransactionModel } from '../../support/transaction-model.ts';
import { simulated } from '../../support/transaction-model-fit.ts';
import figures from './fixtures/mbg-cnbd.json' with { type: 'json' };

const TRUTH = { k: 2, r: 0.85, alpha: 2.2, a: 0.79, b: 2.42 };
const NEAR = { k: 2, r: 0.9, alpha: 2.2, a: 0.8, b: 2.5 };

describe('as published', () => {
  it("has the P(alive) of BTYDplus's documentation, for the first customers of its grocery store", () => {
    // Fitted to that store with scipy; BTYDplus prints the probabilities alone, at its own search's end.
    const p = { k: 2, r: 1.303644, alpha: 3.132822, a: 0.448083, b: 0.873816 };
    const days = (x: number, tx: number) => ({ x, tx: tx / 7, T: 728 / 7 });
    const alive = [days(0, 0), days(1, 352), days(33, 695)].map((customer) => mbgCnbd.probabilityAlive(p, customer));
    for (const [i, published] of [0.04232571, 0.52713148, 0.93543151].entries())
      expect(Math.abs(alive[i]! - published)).toBeLessThan(2e-5);
  });

  it.skipIf(!cdnowIsThere)(`finds no regularity in CDNOW's sample, as BTYDplus does (${NO_CDNOW})`, () => {
    const groups = historyGroups(cdnowCustomers('sample'));
    const { parameters, logLikelihood } = mbgCnbd.fit(groups);
    const expected = { k: 1, r: 0.52484315, alpha: 6.18308526, a: 0.89135941, b: 1.61400234 };
    for (const [name, value] of Object.entries(expected))
      expect(parameters[name as keyof typeof expected] / value).toBeCloseTo(1, 6);
    expect(logLikelihood).toBeCloseTo(-9582.13571555, 6);
  });
});

describe('against quadrature over the rate and the roots of unity (fixtures/mbg_cnbd.py)', () => {
  it.each(figures)('$parameters, $customer over $t weeks', ({ parameters: p, customer, t, ...figure }) => {
    expect(mbgCnbd.logLikelihood(p, [{ ...customer, count: 1 }])).toBeCloseTo(figure.logLikelihood, 9);
    expectNear(
      [
        mbgCnbd.probabilityAlive(p, customer),
        mbgCnbd.conditionalExpectedTransactions(p, customer, t),
        ...figure.masses.map(([n]) => mbgCnbd.conditionalProbabilityMass(p, customer, t, n!)),
      ],
      [figure.probabilityAlive, figure.expected, ...figure.masses.map(([, mass]) => mass!)],
      1e-9,
    );
    if (figure.discounted === null) return;
    const discounted = mbgCnbd.discountedExpectedTransactions(p, customer, t, 0.0018);
    expectNear([discounted], [figure.discounted], 1e-7);
  });
});

describe('by property', () => {
  it('is MBG/NBD with one stage', () => {
    const p = { r: 0.525, alpha: 6.183, a: 0.891, b: 1.614 };
    const one = { k: 1, ...p };
    const groups = simulated(mbgNbd, p, 300);
    expect(mbgCnbd.logLikelihood(one, groups)).toBe(mbgNbd.logLikelihood(p, groups));
    for (const customer of groups.slice(0, 50)) {
      const values = (model: typeof mbgCnbd | typeof mbgNbd) => [
        model.probabilityAlive(one, customer),
        model.probabilityOfNoPurchase(one, customer, 13),
        model.conditionalExpectedTransactions(one, customer, 52),
        model.conditionalProbabilityMass(one, customer, 52, 2),
        model.discountedExpectedTransactions(one, customer, Number.POSITIVE_INFINITY, 0.0018),
      ];
      expectNear(values(mbgCnbd), values(mbgNbd), 1e-11);
    }
    const many = simulated(mbgNbd, p, 3000);
    expect(mbgCnbd.fit(many).parameters).toEqual({ k: 1, ...mbgNbd.fit(many).parameters });
  });

  it('takes a late customer for gone sooner, the more regular the purchases', () => {
    const late = { x: 10, tx: 20, T: 26 };
    const alive = [1, 2, 4, 8].map((k) => mbgCnbd.probabilityAlive({ k, r: 2, alpha: 4 / k, a: 1, b: 4 }, late));
    expect(alive).toEqual(alive.toSorted((a, b) => b - a));
    expect(alive[0]! / alive[3]!).toBeGreaterThan(10);
  });

  it('expects a regular customer back sooner, the longer ago the last purchase is', () => {
    const p = { k: 6, r: 2, alpha: 0.7, a: 0.1, b: 40 };
    const soon = [0, 0.5, 1, 1.5].map((silence) => {
      const history = { x: 20, tx: 40, T: 40 + silence };
      return mbgCnbd.residual(p, history, [1], 0).expected[0]!;
    });
    expect(soon).toEqual(soon.toSorted((a, b) => a - b));
  });

  it.each([5000, 100_000])('goes over from the sum to the quadrature without a step at %d steps and more', (steps) => {
    const p = { k: 4, r: 2, alpha: 1, a: 1, b: 600 };
    const history = { x: 5000, tx: 100, T: 100 };
    // The limit lies at about 5,700 steps.
    const weeks = (101 * steps) / 20_002;
    const expected = [0.99, 1, 1.25, 1.26].map((share) =>
      mbgCnbd.conditionalExpectedTransactions(p, history, share * weeks),
    );
    const slopes = [expected[1]! - expected[0]!, expected[3]! - expected[2]!];
    expect(slopes[1]! / slopes[0]!).toBeGreaterThan(0.7);
    expect(slopes[1]! / slopes[0]!).toBeLessThan(1);
  });

  it('settles on the number of stages with the highest likelihood, from below and from above', () => {
    const groups = simulated(mbgCnbd, TRUTH, 3000);
    const fits = [1, 2, 3, 4, 5].map((k) => fitStages(k, groups, { start: TRUTH }));
    const best = fits.reduce((a, b) => (b.logLikelihood > a.logLikelihood ? b : a));
    expect(best.parameters.k).toBe(2);
    for (const start of [undefined, TRUTH, { ...TRUTH, k: 5, alpha: 0.9 }]) {
      const fit = mbgCnbd.fit(groups, { start });
      expect(fit.parameters.k).toBe(2);
      expect(fit.logLikelihood).toBeCloseTo(best.logLikelihood, 4);
    }
  });

  it('leaves the number of stages as it is when parameters are drawn', () => {
    const fit = mbgCnbd.fit(simulated(mbgCnbd, TRUTH, 1000));
    const draws = parameterDraws(mbgCnbd, fit, 20, createRandom(1));
    expect(new Set(draws.map(({ k }) => k))).toEqual(new Set([fit.parameters.k]));
    expect(new Set(draws.map(({ alpha }) => alpha)).size).toBe(20);
  });

  const any = fc.record({
    k: fc.integer({ min: 1, max: 12 }),
    r: fc.double({ min: 0.02, max: 15, noNaN: true }),
    alpha: fc.double({ min: 0.5, max: 100, noNaN: true }),
    a: fc.double({ min: 0.05, max: 40, noNaN: true }),
    b: fc.double({ min: 0.05, max: 400, noNaN: true }),
  });
  describeTransactionModel(mbgCnbd, NEAR, TRUTH, any);
});
