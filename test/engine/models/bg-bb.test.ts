import { existsSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { DomainError } from '../../../server/domain/errors.ts';
import { type BgBbParameters, bgBb } from '../../../server/engine/models/bg-bb.ts';
import type { History, HistoryGroup } from '../../../server/engine/models/types.ts';
import { createRandom } from '../../../server/engine/numerics/random.ts';
import { historyGroups } from '../../support/cdnow.ts';
import figures from './fixtures/discrete.json' with { type: 'json' };

const FOLDER = new URL('../../../../shared/data/contractual/', import.meta.url);
const isThere = existsSync(FOLDER);
const NO_DATA = 'skipped without ../shared/data';

const rows = (file: string) =>
  readFileSync(new URL(file, FOLDER), 'utf8')
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => line.split(',').map(Number) as [number, number, number, number]);

/** Donors of 1995 and their gifts in 1996 to 2001, in columns x, tx, T, number of donors. */
const donations = (): HistoryGroup[] => rows('bgbb_donations.csv').map(([x, tx, T, count]) => ({ x, tx, T, count }));

const P = { alpha: 1.204, beta: 0.75, gamma: 0.657, delta: 2.783 };
const TRUTH = { alpha: 0.9, beta: 1.8, gamma: 0.8, delta: 6 };
const NAMES = ['alpha', 'beta', 'gamma', 'delta'] as const;
const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);

describe('as published', () => {
  it.skipIf(!isThere)(`fits the donations as the paper and BTYD do (${NO_DATA})`, () => {
    const { parameters, logLikelihood, status, customers } = bgBb.fit(donations());
    expect([status, customers]).toEqual(['converged', 11104]);
    const paper = { alpha: 1.204, beta: 0.75, gamma: 0.657, delta: 2.783 };
    const btyd = { alpha: 1.203507, beta: 0.7497667, gamma: 0.6567568, delta: 2.783887 };
    for (const name of NAMES) {
      expect(Math.abs(parameters[name] - paper[name])).toBeLessThan(1e-3);
      expect(Math.abs(parameters[name] / btyd[name] - 1)).toBeLessThan(1e-3);
    }
    expect(logLikelihood).toBeCloseTo(-33225.58, 2);
  });

  it.skipIf(!isThere)(`has the P(alive in 2002) of the paper's table 6 (${NO_DATA})`, () => {
    const { parameters } = bgBb.fit(donations());
    const alive = (x: number, tx: number) => bgBb.probabilityAlive(parameters, { x, tx, T: 6 });
    expect(Math.abs(alive(0, 0) - 0.11)).toBeLessThan(0.005);
    expect(Math.abs(alive(2, 4) - 0.59)).toBeLessThan(0.005);
    expect(Math.abs(alive(6, 6) - 0.93)).toBeLessThan(0.005);
  });

  it.skipIf(!isThere)(`expects 12,884.2 gifts in the next five years (${NO_DATA})`, () => {
    const { parameters } = bgBb.fit(donations());
    const gifts = donations().map((g) => g.count * bgBb.conditionalExpectedTransactions(parameters, g, 5));
    expect(Math.abs(sum(gifts) - 12884.2)).toBeLessThan(0.5);
  });

  it.skipIf(!isThere)(`expects as many donors without a gift and with six as Hardie's workbook (${NO_DATA})`, () => {
    const { parameters } = bgBb.fit(donations());
    expect(Math.abs(11104 * bgBb.probabilityMass(parameters, 6, 0) - 3454.9)).toBeLessThan(0.5);
    expect(Math.abs(11104 * bgBb.probabilityMass(parameters, 6, 6) - 1253.1)).toBeLessThan(0.5);
  });

  it.skipIf(!isThere)(`expects as many gifts by x as BTYD, of the holdout that BTYD has (${NO_DATA})`, () => {
    const { parameters } = bgBb.fit(donations());
    const published = [
      [0.1743649, 0.07286318],
      [0.4328031, 0.3248841],
      [0.8125874, 0.7089417],
      [1.389862, 1.333666],
      [2.061776, 2.031203],
      [2.642521, 2.784482],
      [3.534497, 3.7525],
    ] as const;
    let gifts = 0;
    for (const [x, [actual, expected]] of published.entries()) {
      const groups = donations().filter((group) => group.x === x);
      const donors = sum(groups.map(({ count }) => count));
      gifts += donors * actual;
      const total = groups.map((g) => g.count * bgBb.conditionalExpectedTransactions(parameters, g, 5));
      expect(Math.abs(sum(total) / donors / expected - 1)).toBeLessThan(1e-3);
    }
    expect(gifts).toBeCloseTo(sum(rows('btyd_donations_rf_holdout.csv').map(([x, , , count]) => x * count)), 1);
  });

  it('expects of a new donor what note 010 does', () => {
    const parameters = { alpha: 1.2035, beta: 0.7497, gamma: 0.6567, delta: 2.7834 };
    const gifts = [0.4985, 0.9233, 1.2969, 1.6323, 1.9381, 2.2202, 2.4826, 2.7285, 2.9603, 3.1798, 3.3887];
    for (const [i, value] of gifts.entries())
      expect(Math.abs(bgBb.expectedTransactions(parameters, i + 1) / value - 1)).toBeLessThan(1e-3);
  });

  it.each([
    [6, 6, -2.18167018824],
    [5, 6, -4.29485034929],
    [4, 6, -5.3847333436],
    [3, 6, -5.80915881601],
    [2, 6, -5.65172964525],
    [1, 6, -4.88370164695],
    [5, 5, -3.71682127437],
    [4, 5, -5.09558227343],
    [3, 5, -5.61576884108],
    [2, 5, -5.50636893346],
    [1, 5, -4.76723821904],
    [4, 4, -3.84829625138],
    [3, 4, -5.05936147828],
    [2, 4, -5.19562191019],
    [1, 4, -4.57070931973],
    [3, 3, -3.52745257839],
    [2, 3, -4.51620272962],
    [1, 3, -4.22465969453],
    [2, 2, -3.01199924784],
    [1, 2, -3.58817880928],
    [1, 1, -2.28882847451],
    [0, 0, -1.16751622367],
  ])("has the log-likelihood of pymc-marketing's test at x = %i, tx = %i", (x, tx, expected) => {
    // The figures belong to parameters of one digit more: at (1.2035, .7497, .6567, 2.7834) they agree to 2e-5.
    expect(Math.abs(bgBb.logLikelihood(P, [{ x, tx, T: 6, count: 1 }]) / expected - 1)).toBeLessThan(1e-3);
  });
});

describe('against an independent implementation (fixtures/discrete.py, 60-digit arithmetic)', () => {
  it.each(figures.bgBb)('$history of $parameters', (figure) => {
    const { parameters: p, history, t, n, delta } = figure;
    const near = (value: number, exact: number) => expect(Math.abs(value / exact - 1)).toBeLessThan(1e-12);
    const logLikelihood = bgBb.logLikelihood(p, [{ ...history, count: 1 }]);
    // Up to 8,000 logarithms of up to 14 are added up.
    expect(Math.abs(logLikelihood - figure.logLikelihood)).toBeLessThan(1e-10);
    near(bgBb.probabilityAlive(p, history), figure.alive);
    near(bgBb.conditionalExpectedTransactions(p, history, t), figure.expected);
    near(bgBb.conditionalProbabilityMass(p, history, t, n), figure.mass);
    near(bgBb.probabilityOfNoPurchase(p, history, t), figure.none);
    near(bgBb.discountedExpectedTransactions(p, history, t, delta), figure.discounted);
    near(bgBb.discountedExpectedTransactions(p, history, Number.POSITIVE_INFINITY, delta), figure.endless);
  });
});

describe('by property', () => {
  const positive = fc.double({ min: Math.log(1e-3), max: Math.log(1e6), noNaN: true }).map(Math.exp);
  const parameters = fc.record({ alpha: positive, beta: positive, gamma: positive, delta: positive });
  const history = fc
    .tuple(fc.oneof(fc.integer({ min: 0, max: 60 }), fc.constant(2000)), fc.double({ min: 0, max: 1, noNaN: true }))
    .chain(([T, share]) =>
      fc.integer({ min: 0, max: T }).map((tx): History => ({ x: tx && 1 + Math.floor(share * (tx - 1)), tx, T })),
    );

  it('keeps probabilities in [0, 1] and all else finite for any parameters and history', () => {
    fc.assert(
      fc.property(parameters, history, (p, h) => {
        expect(bgBb.logLikelihood(p, [{ ...h, count: 1 }])).toBeLessThanOrEqual(1e-9);
        for (const probability of [
          bgBb.probabilityAlive(p, h),
          bgBb.probabilityOfNoPurchase(p, h, 12),
          bgBb.conditionalProbabilityMass(p, h, 12, 3),
          bgBb.probabilityMass(p, 12, 3),
        ]) {
          expect(probability).toBeGreaterThanOrEqual(0);
          expect(probability).toBeLessThanOrEqual(1);
        }
        for (const slope of Object.values(bgBb.gradient(p, [{ ...h, count: 1 }])))
          expect(Number.isFinite(slope)).toBe(true);
      }),
    );
  });

  it('expects purchases that grow with the horizon, shrink with the discount, and fit into the opportunities', () => {
    fc.assert(
      fc.property(parameters, history, (p, { x, T }) => {
        const horizons = [1, 4, 12, 52, Number.POSITIVE_INFINITY];
        const { expected, discounted } = bgBb.residual(p, { x, tx: x === 0 ? 0 : T, T }, horizons, 0.01);
        // Who is bound to die soon has bought all there will be: then only rounding is left to grow.
        const slack = 1 - 1e-12;
        for (const [i, horizon] of horizons.entries()) {
          expect(expected[i]).toBeGreaterThanOrEqual((expected[i - 1] ?? 0) * slack);
          expect(expected[i]! * slack).toBeLessThanOrEqual(horizon);
          expect(discounted[i]).toBeGreaterThanOrEqual((discounted[i - 1] ?? 0) * slack);
          expect(discounted[i]! * slack).toBeLessThanOrEqual(expected[i]!);
          expect(discounted[i]).toBeLessThan(100);
        }
      }),
    );
  });

  it('has masses that add up to 1 and to the expectation', () => {
    const h = { x: 3, tx: 7, T: 12 };
    const masses = Array.from({ length: 31 }, (_, n) => bgBb.conditionalProbabilityMass(P, h, 30, n));
    expect(sum(masses)).toBeCloseTo(1, 13);
    const mean = sum(masses.map((mass, n) => n * mass));
    expect(mean / bgBb.conditionalExpectedTransactions(P, h, 30)).toBeCloseTo(1, 12);
    expect(bgBb.conditionalProbabilityMass(P, h, 30, 31)).toBe(0);
    expect(masses[0]).toBe(bgBb.probabilityOfNoPurchase(P, h, 30));
  });

  it('has a likelihood that adds up to 1 over all histories of eight opportunities', () => {
    let total = Math.exp(bgBb.logLikelihood(P, [{ x: 0, tx: 0, T: 8, count: 1 }]));
    for (let tx = 1; tx <= 8; tx++) {
      // Ways to place x - 1 purchases before the last one.
      for (let x = 1, ways = 1; x <= tx; ways = (ways * (tx - x)) / x, x++)
        total += ways * Math.exp(bgBb.logLikelihood(P, [{ x, tx, T: 8, count: 1 }]));
    }
    expect(total).toBeCloseTo(1, 13);
  });

  it('takes a new customer for one with no history', () => {
    const nothing = { x: 0, tx: 0, T: 0 };
    expect(bgBb.expectedTransactions(P, 9)).toBe(bgBb.conditionalExpectedTransactions(P, nothing, 9));
    expect(bgBb.probabilityMass(P, 9, 4)).toBe(bgBb.conditionalProbabilityMass(P, nothing, 9, 4));
  });

  it('discounts a purchase j opportunities ahead by j periods', () => {
    const h = { x: 2, tx: 4, T: 6 };
    const d = 0.1;
    const gain = (j: number) =>
      bgBb.conditionalExpectedTransactions(P, h, j) - bgBb.conditionalExpectedTransactions(P, h, j - 1);
    const worth = gain(1) / (1 + d) + gain(2) / (1 + d) ** 2 + gain(3) / (1 + d) ** 3;
    expect(bgBb.discountedExpectedTransactions(P, h, 3, Math.log(1 + d))).toBeCloseTo(worth, 13);
  });

  it('gives P(alive) times the residual as the expectations', () => {
    const h = { x: 2, tx: 4, T: 6 };
    const { expected, discounted } = bgBb.residual(P, { x: 2, tx: 6, T: 6 }, [12, Number.POSITIVE_INFINITY], 0.02);
    const alive = bgBb.probabilityAlive(P, h);
    expect(alive * expected[0]!).toBe(bgBb.conditionalExpectedTransactions(P, h, 12));
    expect(expected[1]).toBe(Number.POSITIVE_INFINITY);
    expect(alive * discounted[0]!).toBe(bgBb.discountedExpectedTransactions(P, h, 12, 0.02));
    expect(alive * discounted[1]!).toBeCloseTo(bgBb.discountedExpectedTransactions(P, h, 5000, 0.02), 12);
  });

  it('has a limit of expected purchases where gamma > 1', () => {
    const { expected } = bgBb.residual(
      { ...P, gamma: 3 },
      { x: 2, tx: 6, T: 6 },
      [100_000, Number.POSITIVE_INFINITY],
      0.02,
    );
    expect(expected[0]! / expected[1]!).toBeCloseTo(1, 6);
  });

  it('refuses an endless horizon without discount', () => {
    const endless = () => bgBb.discountedExpectedTransactions(P, { x: 2, tx: 4, T: 6 }, Number.POSITIVE_INFINITY, 0);
    expect(endless).toThrow(expect.objectContaining({ code: 'ENDLESS_UNDISCOUNTED' }));
  });

  function simulated(truth: BgBbParameters, customers: number, opportunities = [26, 39, 52]): HistoryGroup[] {
    const random = createRandom(11);
    const histories = Array.from({ length: customers }, (_, i) => {
      const T = opportunities[i % opportunities.length]!;
      const times = bgBb.simulate(truth, T, random);
      return { x: times.length, tx: times.at(-1) ?? 0, T };
    });
    return historyGroups(histories);
  }

  it('has the gradient that differences of the log-likelihood show', () => {
    const groups = simulated(TRUTH, 300);
    const gradient = bgBb.gradient(P, groups);
    for (const name of NAMES) {
      const step = 1e-5 * P[name];
      const at = (value: number) => bgBb.logLikelihood({ ...P, [name]: value }, groups);
      const slope = (at(P[name] + step) - at(P[name] - step)) / (2 * step);
      expect(Math.abs(gradient[name] - slope)).toBeLessThan(1e-6 * Math.max(1, Math.abs(slope)));
    }
  });

  it('gives a group of n the log-likelihood of n customers, in any order', () => {
    const one: HistoryGroup = { x: 3, tx: 10, T: 20, count: 1 };
    const same: HistoryGroup = { x: 3, tx: 14, T: 20, count: 1 };
    const other: HistoryGroup = { x: 0, tx: 0, T: 7, count: 1 };
    const grouped = bgBb.logLikelihood(P, [same, { ...one, count: 3 }, other]);
    expect(bgBb.logLikelihood(P, [one, one, other, same, one])).toBeCloseTo(grouped, 12);
  });

  it('recovers the parameters that made 4,000 customers, within four standard errors', () => {
    const fit = bgBb.fit(simulated(TRUTH, 4000));
    expect(fit.status).toBe('converged');
    for (const name of NAMES) {
      const error = fit.standardErrors![name];
      expect(Math.abs(fit.parameters[name] - TRUTH[name])).toBeLessThan(4 * error);
      expect(error).toBeLessThan(TRUTH[name]);
    }
  });

  it('finds the same parameters from another start', () => {
    const groups = simulated(TRUTH, 1000);
    const there = bgBb.fit(groups).parameters;
    const again = bgBb.fit(groups, { start: { alpha: 5, beta: 5, gamma: 5, delta: 5 } });
    for (const name of NAMES) expect(again.parameters[name] / there[name]).toBeCloseTo(1, 4);
  });

  it('expects as many purchases as it simulates', () => {
    const random = createRandom(23);
    const counts = Array.from({ length: 20_000 }, () => bgBb.simulate(TRUTH, 30, random).length);
    const mean = sum(counts) / counts.length;
    const fiveErrors = (5 * Math.sqrt(sum(counts.map((n) => (n - mean) ** 2)))) / counts.length;
    expect(Math.abs(mean - bgBb.expectedTransactions(TRUTH, 30))).toBeLessThan(fiveErrors);
    const none = counts.filter((n) => n === 0).length / counts.length;
    expect(Math.abs(none - bgBb.probabilityMass(TRUTH, 30, 0))).toBeLessThan(5 * Math.sqrt(0.25 / counts.length));
  });

  it('draws futures with the mean and the chance of none that it expects, each purchase in its interval', () => {
    const random = createRandom(5);
    const h = { x: 4, tx: 17, T: 20 };
    const ends = [6, 12, 30];
    const counts = new Float64Array(3);
    const totals = [0, 0, 0];
    const draws = 20_000;
    let none = 0;
    for (let i = 0; i < draws; i++) {
      bgBb.drawTransactions(TRUTH, h, ends, random, counts);
      for (const [j, n] of counts.entries()) totals[j]! += n;
      if (counts.every((n) => n === 0)) none++;
    }
    let before = 0;
    for (const [j, end] of ends.entries()) {
      const expected = bgBb.conditionalExpectedTransactions(TRUTH, h, end);
      // The standard deviation of a count is below 3, so this is five standard errors.
      expect(Math.abs(totals[j]! / draws - (expected - before))).toBeLessThan((5 * 3) / Math.sqrt(draws));
      before = expected;
    }
    const fiveErrors = 5 * Math.sqrt(0.25 / draws);
    expect(Math.abs(none / draws - bgBb.probabilityOfNoPurchase(TRUTH, h, 30))).toBeLessThan(fiveErrors);
  });

  it('refuses data that cannot carry it', () => {
    const group = { x: 1, tx: 2, T: 5, count: 10 };
    const refusal = (groups: HistoryGroup[]) => () => bgBb.fit(groups);
    expect(refusal([])).toThrow(expect.objectContaining({ code: 'NO_CUSTOMERS' }));
    expect(refusal([{ ...group, count: 1 }])).toThrow(expect.objectContaining({ code: 'ONE_CUSTOMER' }));
    expect(refusal([{ x: 0, tx: 0, T: 5, count: 9 }])).toThrow(expect.objectContaining({ code: 'NO_REPEAT_BUYERS' }));
    expect(refusal([group, { x: 1, tx: 1.5, T: 4, count: 1 }])).toThrow(DomainError);
    expect(refusal([group, { x: 3, tx: 2, T: 4, count: 1 }])).toThrow(
      expect.objectContaining({ code: 'NOT_DISCRETE' }),
    );
  });

  it('ends a fit to customers who all did the same, with a status', () => {
    const fit = bgBb.fit([{ x: 4, tx: 10, T: 12, count: 500 }]);
    expect(['converged', 'max-iterations', 'stalled']).toContain(fit.status);
    expect(Object.values(fit.parameters).every((value) => value > 0 && Number.isFinite(value))).toBe(true);
  });

  it('is NaN outside its domain', () => {
    const h = { x: 1, tx: 5, T: 10 };
    for (const impossible of [
      { x: 1, tx: 12, T: 10 },
      { x: 3, tx: 2, T: 10 },
      { x: 0, tx: 2, T: 10 },
      { x: 1, tx: 2, T: 10.5 },
      { x: -1, tx: 0, T: 10 },
    ]) {
      expect(bgBb.probabilityAlive(P, impossible)).toBeNaN();
      expect(bgBb.conditionalExpectedTransactions(P, impossible, 10)).toBeNaN();
      expect(bgBb.conditionalProbabilityMass(P, impossible, 10, 0)).toBeNaN();
      expect(bgBb.logLikelihood(P, [{ ...impossible, count: 1 }])).toBeNaN();
      const counts = new Float64Array(1);
      bgBb.drawTransactions(P, impossible, [10], createRandom(1), counts);
      expect(counts[0]).toBeNaN();
    }
    expect(bgBb.conditionalExpectedTransactions(P, h, 2.5)).toBeNaN();
    expect(bgBb.probabilityOfNoPurchase(P, h, -1)).toBeNaN();
    expect(bgBb.conditionalProbabilityMass(P, h, 5, 1.5)).toBeNaN();
    expect(bgBb.discountedExpectedTransactions(P, h, 10, -0.1)).toBeNaN();
  });
});
