import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { paretoNbd } from '../../../server/engine/models/pareto-nbd.ts';
import { createRandom } from '../../../server/engine/numerics/random.ts';
import { cdnowCustomers, cdnowIsThere, historyGroups, NO_CDNOW } from '../../support/cdnow.ts';
import { scaledExpIntegral } from '../../support/exp-integral.ts';
import { describeTransactionModel } from '../../support/transaction-model.ts';
import fixture from './fixtures/pareto-nbd.json' with { type: 'json' };

const PUBLISHED = { r: 0.553, alpha: 10.578, s: 0.606, beta: 11.669 };
/** Rounded parameters of a fit with BTYD, which most figures were made with. */
const BTYD = { r: 0.5534, alpha: 10.5802, s: 0.6061, beta: 11.6562 };
const endless = Number.POSITIVE_INFINITY;
const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
const error = (value: number, expected: number) => Math.abs(value - expected) / Math.abs(expected);

/** Expected repeat purchases of CDNOW's sample up to the end of a week of 1997, counted from the first of January. */
function expectedUpTo(p: typeof BTYD, customers: readonly { readonly T: number }[], week: number): number {
  const weeksBorn = customers.map(({ T }) => week - (272 / 7 - T));
  return sum(weeksBorn.filter((t) => t > 0).map((t) => paretoNbd.expectedTransactions(p, t)));
}

describe('as published', () => {
  it.each([
    [{ x: 2, tx: 30.43, T: 38.86 }, 6.50173054],
    [{ x: 7, tx: 35, T: 77.86 }, 0.895316743],
    [{ x: 0, tx: 0, T: 38.86 }, 0.47845767],
  ])('is worth discounted purchases at 15% a year, without an end: %o, %d', (customer, worth) => {
    const delta = Math.log(1.15) / 52;
    const discounted = paretoNbd.discountedExpectedTransactions(PUBLISHED, customer, endless, delta);
    expect(error(discounted, worth)).toBeLessThan(2e-9);
  });

  it('calls the customer (2, 30.43, 38.86) alive at .869168', () => {
    expect(paretoNbd.probabilityAlive(PUBLISHED, { x: 2, tx: 30.43, T: 38.86 })).toBeCloseTo(0.869168, 6);
  });

  it("expects of a new customer within t what lifetimes' test asks for, to 2 decimals", () => {
    const expected = [
      0, 0.05077821, 0.09916088, 0.14542507, 0.1897993, 0.23247466, 0.27361274, 0.31335159, 0.35181024, 0.38909211,
    ];
    for (const [t, value] of expected.entries())
      expect(Math.abs(paretoNbd.expectedTransactions(PUBLISHED, t) - value)).toBeLessThan(0.01);
  });

  it('does not underflow for 132 and 133 purchases in 200 weeks', () => {
    const p = { r: 0.55, alpha: 10.58, s: 0.61, beta: 11.67 };
    const expected = [6.206051788963242, 6.252872247574811];
    for (const [i, value] of expected.entries()) {
      const orders = paretoNbd.conditionalExpectedTransactions(p, { x: 132 + i, tx: 200, T: 200 }, 10);
      expect(error(orders, value)).toBeLessThan(1e-6);
    }
  });

  it.each([
    [221, 103.42857, 103.57143],
    [254, 97.14286, 97.28571],
    [161, 94.71429, 98.0],
    [204, 98.57143, 99.42857],
  ])("has a P(alive) for CLVTools' customers of %d purchases", (x, tx, T) => {
    const p = { r: 0.5143, alpha: 2.8845, s: 0.2856, beta: 14.1087 };
    const alive = paretoNbd.probabilityAlive(p, { x, tx, T });
    expect(alive).toBeGreaterThan(0);
    expect(alive).toBeLessThan(1);
  });

  it('falls as the same silence follows more purchases (the frequency paradox)', () => {
    const expected = { 10: 0.7062289, 15: 0.1442396, 20: 0.02250658, 25: 0.00309267 };
    for (const [x, value] of Object.entries(expected)) {
      const orders = paretoNbd.conditionalExpectedTransactions(BTYD, { x: Number(x), tx: 20, T: 39 }, 52);
      expect(error(orders, value)).toBeLessThan(1e-3);
    }
  });

  it.skipIf(!cdnowIsThere)(`fits CDNOW's sample to 39 weeks as everybody does (${NO_CDNOW})`, () => {
    const fit = paretoNbd.fit(historyGroups(cdnowCustomers('sample')));
    expect(fit).toMatchObject({ model: 'pareto-nbd', status: 'converged', customers: 2357 });
    expect(fit.logLikelihood).toBeCloseTo(-9594.976, 3);
    const [fitted, errors] = [Object.values(fit.parameters), Object.values(fit.standardErrors!)];
    for (const [i, value] of [0.55315, 10.57633, 0.60625, 11.6715].entries())
      expect(error(fitted[i]!, value)).toBeLessThan(1e-3);
    for (const [i, value] of [0.0476264, 0.8427222, 0.1872594, 6.2105448].entries())
      expect(error(errors[i]!, value)).toBeLessThan(1e-3);
    for (const published of [PUBLISHED, { r: 0.553, alpha: 10.58, s: 0.606, beta: 11.656 }])
      for (const [i, value] of Object.values(published).entries()) expect(error(fitted[i]!, value)).toBeLessThan(2e-3);
  });

  it.skipIf(!cdnowIsThere)(`predicts CDNOW's next 39 weeks as BTYD does, by past purchases (${NO_CDNOW})`, () => {
    const customers = cdnowCustomers('sample');
    const { parameters } = paretoNbd.fit(historyGroups(customers));
    const predicted = customers.map((c) => paretoNbd.conditionalExpectedTransactions(parameters, c, 39));
    const deviations = customers.map((c, i) => c.holdout - predicted[i]!);
    expect(sum(predicted) / 1882 - 1).toBeCloseTo(-0.115, 3);
    expect(sum(deviations.map(Math.abs)) / customers.length).toBeCloseTo(0.7545, 4);
    expect(Math.sqrt(sum(deviations.map((d) => d * d)) / customers.length)).toBeCloseTo(1.603, 3);
    const meanActual = [0.237, 0.697, 1.393, 1.56, 2.532, 2.947, 3.862, 6.359];
    const meanExpected = [0.138, 0.6, 1.196, 1.714, 2.399, 2.907, 3.819, 6.403];
    for (const x of meanActual.keys()) {
      const some = [...customers.keys()].filter((i) => Math.min(7, customers[i]!.x) === x);
      const mean = (of: (i: number) => number) => sum(some.map(of)) / some.length;
      expect(Math.abs(mean((i) => customers[i]!.holdout) - meanActual[x]!)).toBeLessThan(0.002);
      expect(Math.abs(mean((i) => predicted[i]!) - meanExpected[x]!)).toBeLessThan(0.002);
    }
  });

  it.skipIf(!cdnowIsThere)(`tracks CDNOW's purchases week by week as BTYD does (${NO_CDNOW})`, () => {
    const customers = cdnowCustomers('sample');
    const { parameters } = paretoNbd.fit(historyGroups(customers));
    const totals = [19, 20, 21, 22, 23, 24, 25].map((week) => expectedUpTo(parameters, customers, week));
    for (const [i, value] of [1308.856, 1385.275, 1459.923, 1532.906, 1604.32, 1674.253].entries())
      expect(error(totals[i + 1]!, value)).toBeLessThan(1e-4);
    for (const [i, value] of [78.308, 76.419, 74.648, 72.983, 71.414, 69.933].entries())
      expect(error(totals[i + 1]! - totals[i]!, value)).toBeLessThan(1e-4);
  });
});

describe('against an independent implementation', () => {
  // P(alive), purchases expected in 39 and in 52 weeks, log-likelihood, discounted at .0027 a week without an end.
  it.each([
    [0, 0, 38.86, 0.294961486437, 0.1070289463617, 0.1361321912929, -0.5211291959733, 0.4768230581152],
    [2, 30.43, 38.86, 0.8691106439681, 1.455092843844, 1.850760790429, -9.554510694614, 6.48256236494],
    [1, 1.71, 38.86, 0.1677952671923, 0.1709069759982, 0.2173798952599, -4.449467061269, 0.7614051125322],
    [26, 30.86, 31, 0.9979177665519, 20.11456036718, 25.4549135115, -39.13212788351, 86.03037561536],
    [7, 29.43, 38.86, 0.7494086000298, 3.711572417733, 4.720820895131, -21.59454465414, 16.53537076464],
    [10, 20, 39, 0.08039186018257, 0.5549485174606, 0.705906954425, -24.67076031276, 2.474007941694],
    [25, 20, 39, 0.0001454044064087, 0.002430381660525, 0.003091499953765, -34.41211590847, 0.01083484925232],
    [29, 37.71, 38.86, 0.9800845034149, 18.9918712045, 24.15612908197, -45.56928159261, 84.61040134375],
    [200, 38, 40, 0.092100965811, 11.8776027065, 15.11719675419, 76.29563783185, 53.20402739532],
    [1, 38.86, 38.86, 1, 1.018544675652, 1.295506714208, -6.234477751667, 4.53770315023],
    [0, 0, 0.01, 0.9994802413958, 1.211664087103, 1.471340141371, -0.0005226696010444, 3.949666248531],
  ])('has the figures of (%d, %d, %d) in 30-digit arithmetic', (x, tx, T, alive, in39, in52, lnL, worth) => {
    const history = { x, tx, T };
    expect(error(paretoNbd.probabilityAlive(BTYD, history), alive)).toBeLessThan(1e-12);
    expect(error(paretoNbd.conditionalExpectedTransactions(BTYD, history, 39), in39)).toBeLessThan(1e-12);
    expect(error(paretoNbd.conditionalExpectedTransactions(BTYD, history, 52), in52)).toBeLessThan(1e-12);
    expect(error(paretoNbd.logLikelihood(BTYD, [{ ...history, count: 1 }]), lnL)).toBeLessThan(1e-12);
    expect(error(paretoNbd.discountedExpectedTransactions(BTYD, history, endless, 0.0027), worth)).toBeLessThan(1e-11);
  });

  it('expects of new customers what 30-digit arithmetic does', () => {
    const weeks = [0.1429, 1, 3, 6, 13, 26, 31.8571, 32, 39, 52, 78];
    const expected = [
      0.007446831526873, 0.05100453400232, 0.1461242722216, 0.2750506374293, 0.5313131304742, 0.9087215163119,
      1.052669968429, 1.056030571433, 1.213117711862, 1.473066991902, 1.909365996932,
    ];
    for (const [i, value] of expected.entries())
      expect(error(paretoNbd.expectedTransactions(BTYD, weeks[i]!), value)).toBeLessThan(1e-12);
  });

  it.skipIf(!cdnowIsThere)(`tracks CDNOW's cumulative purchases as 30-digit arithmetic does (${NO_CDNOW})`, () => {
    const customers = cdnowCustomers('sample');
    const weeks = [5, 10, 20, 21, 22, 23, 24, 25, 30, 39, 52, 65, 78];
    const expected = [
      105.384663924, 431.031987641, 1308.69190102, 1385.09443977, 1459.72532807, 1532.69095918, 1604.08759915,
      1674.00268912, 2003.92223412, 2532.20863361, 3190.35949975, 3762.9051443, 4274.27712505,
    ];
    for (const [i, value] of expected.entries())
      expect(error(expectedUpTo(BTYD, customers, weeks[i]!), value)).toBeLessThan(1e-11);
  });

  it.each(fixture.figures)('has the figures of $history where $name (fixtures/pareto_nbd.py)', (figure) => {
    const { parameters, history } = figure;
    const groups = [{ ...history, count: 1 }];
    // For 5,000 purchases ln L is the difference of terms about 25,000.
    const rounding = 1e-13 * (10 + history.x);
    expect(Math.abs(paretoNbd.logLikelihood(parameters, groups) - figure.logLikelihood)).toBeLessThan(rounding);
    for (const [i, slope] of Object.values(paretoNbd.gradient(parameters, groups)).entries())
      expect(Math.abs(slope - figure.gradient[i]!)).toBeLessThan(1e-11 * Math.max(1, Math.abs(figure.gradient[i]!)));
    const alive = paretoNbd.probabilityAlive(parameters, history);
    expect(Math.abs(alive - figure.probabilityAlive)).toBeLessThanOrEqual(1e-12 * figure.probabilityAlive);
    const { expected } = paretoNbd.residual(parameters, history, [1, 39], fixture.delta);
    for (const [i, value] of figure.expected.entries()) expect(error(expected[i]!, value)).toBeLessThan(1e-13);
    const horizons = [1 / 7, 52, endless];
    const { discounted } = paretoNbd.residual(parameters, history, horizons, fixture.delta);
    for (const [i, value] of figure.discounted.entries()) expect(error(discounted[i]!, value)).toBeLessThan(1e-12);
  });

  it.each(fixture.masses)('has the probability of $n purchases in $t weeks, $name', (point) => {
    const mass = paretoNbd.conditionalProbabilityMass(point.parameters, point.history, point.t, point.n);
    // The mass of 0 is what is left of 1.
    expect(Math.abs(mass - point.mass)).toBeLessThan(point.n === 0 ? 1e-13 : 1e-11 * point.mass);
  });
});

describe('by property', () => {
  const any = fc.record({
    r: fc.double({ min: 0.02, max: 15, noNaN: true }),
    alpha: fc.double({ min: 0.1, max: 100, noNaN: true }),
    s: fc.oneof(fc.double({ min: 0.02, max: 20, noNaN: true }), fc.constantFrom(1, 1 - 1e-6, 1 + 1e-6)),
    beta: fc.oneof(fc.double({ min: 0.1, max: 400, noNaN: true }), fc.constantFrom(1e6)),
  });

  it('calls a customer dead the sooner the longer nothing comes', () => {
    const counts = fc.constantFrom(0, 1, 7, 300, 5000);
    fc.assert(
      fc.property(any, counts, fc.double({ min: 0, max: 100, noNaN: true }), (p, x, silence) => {
        const at = (T: number) => paretoNbd.probabilityAlive(p, { x, tx: x === 0 ? 0 : 20, T });
        expect(at(20 + silence + 1)).toBeLessThanOrEqual(at(20 + silence) * (1 + 1e-12));
        if (x > 0) expect(at(20)).toBe(1);
      }),
    );
  });

  it('has the log-likelihood of many customers at once that they have one by one', () => {
    const random = createRandom(3);
    const groups = Array.from({ length: 400 }, () => {
      const T = Math.ceil(1500 * random.uniform()) / 7;
      const x = Math.floor(5 / (0.01 + random.uniform())) % 60;
      return { x, tx: x === 0 ? 0 : Math.floor(7 * T * random.uniform()) / 7, T, count: 1 };
    });
    const together = paretoNbd.logLikelihood(PUBLISHED, groups);
    const apart = sum(groups.map((group) => paretoNbd.logLikelihood(PUBLISHED, [group])));
    expect(error(together, apart)).toBeLessThan(1e-13);
  });

  it('agrees with the closed form of the endless discounted sum', () => {
    for (const delta of [0.0018, 0.02, 1]) {
      const [worth] = paretoNbd.residual(PUBLISHED, { x: 2, tx: 38.86, T: 38.86 }, [endless], delta).discounted;
      const scale = PUBLISHED.beta + 38.86;
      const closed = ((PUBLISHED.r + 2) / (PUBLISHED.alpha + 38.86)) * scale * scaledExpIntegral(0.606, delta * scale);
      expect(error(worth!, closed)).toBeLessThan(1e-12);
    }
  });

  it('does not depend on which other horizons are asked for', () => {
    const worth = (horizons: number[]) =>
      paretoNbd.residual(PUBLISHED, { x: 2, tx: 30, T: 30 }, horizons, 0.0018).discounted;
    expect(error(worth([104])[0]!, worth([1, 13, 26, 104, 157])[3]!)).toBeLessThan(1e-13);
    expect(worth([0])[0]).toBe(0);
  });

  it.each([
    ['nobody drops out', { r: 1, alpha: 10, s: 0.5, beta: 1e5 }],
    ['all buy at one rate', { r: 2000, alpha: 12000, s: 0.6, beta: 12 }],
  ])('ends a fit where %s, at the edge of the parameters', (_, truth) => {
    const random = createRandom(5);
    const histories = Array.from({ length: 500 }, () => {
      const times = paretoNbd.simulate(truth, 39, random);
      return { x: times.length, tx: times.at(-1) ?? 0, T: 39 };
    });
    const fit = paretoNbd.fit(historyGroups(histories));
    // Where a parameter runs off to infinity the search gives up, and says so.
    expect(fit.status).not.toBe('max-iterations');
    expect(Object.values(fit.parameters).every((value) => value > 0 && value < endless)).toBe(true);
    expect(fit.logLikelihood).toBeGreaterThan(paretoNbd.logLikelihood(truth, historyGroups(histories)));
  });

  describeTransactionModel(paretoNbd, PUBLISHED, { r: 0.8, alpha: 6, s: 0.9, beta: 12 }, any);
});
