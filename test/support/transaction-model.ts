import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { DomainError } from '../../server/domain/errors.ts';
import type { History, TransactionModel } from '../../server/engine/models/types.ts';
import { createRandom } from '../../server/engine/numerics/random.ts';
import { describeFit, type Numbers, namesOf, simulated } from './transaction-model-fit.ts';

const HORIZONS = [13, 26, 52, 104, 157];
const NEW: History = { x: 0, tx: 0, T: 0 };
const BUSY: History = { x: 7, tx: 29.43, T: 38.86 };

/** Any history a store may hold, the extremes among them: no time at all, 5,000 purchases, the last one on the last day. */
const history = fc
  .record({
    x: fc.oneof(fc.integer({ min: 0, max: 30 }), fc.constantFrom(300, 5000)),
    T: fc.oneof(fc.double({ min: 0, max: 200, noNaN: true }), fc.constantFrom(0, 1e-6, 1 / 7)),
    share: fc.oneof(fc.double({ min: 0, max: 1, noNaN: true }), fc.constantFrom(0, 1)),
  })
  .map(({ x, T, share }): History => ({ x, tx: x === 0 ? 0 : share * T, T }));

/** Any parameters that a fit of BG/NBD or MBG/NBD may end at. */
export const anyBetaGeometric = fc.record({
  r: fc.double({ min: 0.02, max: 15, noNaN: true }),
  alpha: fc.double({ min: 0.1, max: 100, noNaN: true }),
  a: fc.double({ min: 0.05, max: 40, noNaN: true }),
  b: fc.double({ min: 0.05, max: 400, noNaN: true }),
});

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);

/**
 * What every model with dropout must do, whatever its formulas.
 * @param p plausible parameters. @param truth other ones, that 4,000 customers tell well. @param any an arbitrary of them.
 */
export function describeTransactionModel<P extends Numbers<P>>(
  model: TransactionModel<P>,
  p: P,
  truth: P,
  any: fc.Arbitrary<P>,
): void {
  describe('for any parameters and history', () => {
    it('keeps P(alive) and P(no purchase) in [0, 1]', () => {
      fc.assert(
        fc.property(any, history, (parameters, h) => {
          const alive = model.probabilityAlive(parameters, h)!;
          const silent = model.probabilityOfNoPurchase(parameters, h, 13);
          expect(alive).toBeGreaterThanOrEqual(0);
          expect(alive).toBeLessThanOrEqual(1);
          expect(silent).toBeGreaterThanOrEqual(0);
          expect(silent).toBeLessThanOrEqual(1);
        }),
      );
    });

    it('expects finite purchases that grow with the horizon and shrink with the discount', () => {
      fc.assert(
        fc.property(any, history, (parameters, { x, T }) => {
          const { expected, discounted } = model.residual(parameters, { x, tx: x === 0 ? 0 : T, T }, HORIZONS, 0.0018);
          // Customers certain to drop out soon have bought all they will: then only rounding is left to grow.
          const slack = 1 - 1e-9;
          for (const [i, orders] of expected.entries()) {
            expect(orders).toBeGreaterThan((expected[i - 1] ?? 0) * slack);
            expect(orders).toBeLessThan(Number.POSITIVE_INFINITY);
            expect(discounted[i]!).toBeGreaterThan((discounted[i - 1] ?? 0) * slack);
            expect(discounted[i]! * slack).toBeLessThan(orders);
            expect(discounted[i]!).toBeGreaterThan(orders * Math.exp(-0.0018 * HORIZONS[i]!) * slack);
          }
        }),
      );
    });

    it('has a finite log-likelihood', () => {
      fc.assert(
        fc.property(any, history, (parameters, h) =>
          Number.isFinite(model.logLikelihood(parameters, [{ ...h, count: 1 }])),
        ),
      );
    });

    it('expects at least the probability of any purchase', () => {
      fc.assert(
        fc.property(any, history, (parameters, h) => {
          const atLeastOne = 1 - model.probabilityOfNoPurchase(parameters, h, 26);
          // 1 minus a probability is known to 1e-16.
          expect(model.conditionalExpectedTransactions(parameters, h, 26)).toBeGreaterThanOrEqual(
            atLeastOne * (1 - 1e-9) - 1e-15,
          );
        }),
      );
    });

    it('has probabilities of 0 to 20 purchases in [0, 1] that add up to 1 at most', () => {
      fc.assert(
        fc.property(any, history, (parameters, h) => {
          const masses = Array.from({ length: 21 }, (_, n) => model.conditionalProbabilityMass(parameters, h, 13, n));
          for (const mass of masses) expect(mass).toBeGreaterThanOrEqual(0);
          expect(sum(masses)).toBeLessThanOrEqual(1 + 1e-9);
        }),
      );
    });

    it('draws whole numbers of purchases', () => {
      const random = createRandom(41);
      const counts = new Float64Array(3);
      fc.assert(
        fc.property(any, history, (parameters, h) => {
          model.drawTransactions(parameters, h, [1, 13, 52], random, counts);
          for (const count of counts) {
            expect(Number.isInteger(count)).toBe(true);
            expect(count).toBeGreaterThanOrEqual(0);
          }
        }),
      );
    });
  });

  it('has the gradient that differences of the log-likelihood show', () => {
    const groups = simulated(model, truth, 300);
    const gradient = model.gradient(p, groups);
    for (const name of namesOf(model)) {
      const step = 1e-5 * p[name];
      const at = (value: number) => model.logLikelihood({ ...p, [name]: value }, groups);
      const slope = (at(p[name] + step) - at(p[name] - step)) / (2 * step);
      expect(Math.abs(gradient[name] - slope)).toBeLessThan(1e-6 * Math.max(1, Math.abs(slope)));
    }
  });

  it('gives a group of n the log-likelihood of n customers', () => {
    const one = { x: 3, tx: 10, T: 20, count: 1 };
    const other = { x: 0, tx: 0, T: 7, count: 1 };
    const grouped = model.logLikelihood(p, [{ ...one, count: 3 }, other]);
    expect(model.logLikelihood(p, [one, one, other, one])).toBeCloseTo(grouped, 12);
  });

  describeFit(model, p, truth);

  it('expects as many purchases as it simulates', () => {
    const random = createRandom(23);
    const counts = Array.from({ length: 20_000 }, () => model.simulate(truth, 39, random).length);
    const mean = sum(counts) / counts.length;
    const variance = sum(counts.map((n) => (n - mean) ** 2)) / counts.length;
    const fiveErrors = 5 * Math.sqrt(variance / counts.length);
    expect(Math.abs(mean - model.expectedTransactions(truth, 39))).toBeLessThan(fiveErrors);
  });

  it.each([
    ['a new customer', NEW],
    ['a silent one', { x: 2, tx: 5, T: 38.86 }],
    ['a busy one', BUSY],
  ])('has probabilities of n purchases that add up to 1, and to the expected purchases, for %s', (_, h) => {
    const masses = Array.from({ length: 2000 }, (_, n) => model.conditionalProbabilityMass(p, h, 39, n));
    expect(sum(masses)).toBeCloseTo(1, 10);
    const expected = model.conditionalExpectedTransactions(p, h, 39);
    expect(sum(masses.map((mass, n) => n * mass)) / expected).toBeCloseTo(1, 9);
    expect(masses[0]! / model.probabilityOfNoPurchase(p, h, 39)).toBeCloseTo(1, 12);
  });

  it('treats a new customer as one seen for no time', () => {
    expect(model.probabilityMass(p, 20, 3)).toBe(model.conditionalProbabilityMass(p, NEW, 20, 3));
    expect(model.expectedTransactions(p, 20)).toBeCloseTo(model.conditionalExpectedTransactions(p, NEW, 20), 12);
  });

  it('draws futures as often as it says they come, whatever they are cut into', () => {
    const random = createRandom(31);
    const draws = 20_000;
    const ends = [13, 39];
    const seen = ends.map(() => new Array<number>(9).fill(0));
    const counts = new Float64Array(2);
    for (let i = 0; i < draws; i++) {
      model.drawTransactions(p, BUSY, ends, random, counts);
      seen[0]![Math.min(8, counts[0]!)]!++;
      seen[1]![Math.min(8, counts[0]! + counts[1]!)]!++;
    }
    for (const [i, t] of ends.entries()) {
      const masses = Array.from({ length: 8 }, (_, n) => model.conditionalProbabilityMass(p, BUSY, t, n));
      const expected = [...masses, 1 - sum(masses)].map((mass) => draws * mass);
      // 99.99% point of chi-square with 8 degrees of freedom.
      expect(sum(expected.map((n, bin) => (seen[i]![bin]! - n) ** 2 / n))).toBeLessThan(31.8);
    }
  });

  it('takes no discount for a rate of 0, and next to none for a tiny one', () => {
    const { expected, discounted } = model.residual(p, { x: 2, tx: 30, T: 30 }, HORIZONS, 0);
    expect([...discounted]).toEqual([...expected]);
    const tiny = model.residual(p, { x: 2, tx: 30, T: 30 }, HORIZONS, 1e-12).discounted;
    for (const [i, orders] of tiny.entries()) expect(orders / expected[i]!).toBeCloseTo(1, 9);
  });

  it('refuses an endless horizon without discount', () => {
    const endless = () => model.discountedExpectedTransactions(p, { x: 2, tx: 20, T: 30 }, Number.POSITIVE_INFINITY, 0);
    expect(endless).toThrow(DomainError);
  });

  it('takes an endless horizon as the limit of long ones', () => {
    const worth = (t: number) => model.discountedExpectedTransactions(p, { x: 2, tx: 20, T: 30 }, t, 0.01);
    expect(worth(5000) / worth(Number.POSITIVE_INFINITY)).toBeCloseTo(1, 9);
  });

  it('is NaN outside its domain', () => {
    const impossible: History = { x: 1, tx: 12, T: 10 };
    const possible: History = { x: 1, tx: 5, T: 10 };
    expect(model.probabilityAlive(p, impossible)).toBeNaN();
    expect(model.conditionalExpectedTransactions(p, impossible, 10)).toBeNaN();
    expect(model.conditionalProbabilityMass(p, impossible, 10, 2)).toBeNaN();
    expect(model.probabilityOfNoPurchase(p, possible, -1)).toBeNaN();
    expect(model.conditionalProbabilityMass(p, possible, -1, 2)).toBeNaN();
    expect(model.conditionalProbabilityMass(p, possible, 10, 1.5)).toBeNaN();
    expect(model.probabilityMass(p, 10, -1)).toBeNaN();
    expect(model.discountedExpectedTransactions(p, possible, 10, -0.1)).toBeNaN();
  });
}
