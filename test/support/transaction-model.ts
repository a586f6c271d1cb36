import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { DomainError } from '../../server/domain/errors.ts';
import type { BetaGeometricParameters } from '../../server/models/beta-geometric.ts';
import type { History, HistoryGroup, TransactionModel } from '../../server/models/types.ts';
import { createRandom } from '../../server/numerics/random.ts';
import { historyGroups } from './cdnow.ts';

const HORIZONS = [13, 26, 52, 104, 157];

/** Any history a store may hold, the extremes among them: no time at all, 5,000 purchases, the last one on the last day. */
const history = fc
  .record({
    x: fc.oneof(fc.integer({ min: 0, max: 30 }), fc.constantFrom(300, 5000)),
    T: fc.oneof(fc.double({ min: 0, max: 200, noNaN: true }), fc.constantFrom(0, 1e-6, 1 / 7)),
    share: fc.oneof(fc.double({ min: 0, max: 1, noNaN: true }), fc.constantFrom(0, 1)),
  })
  .map(({ x, T, share }): History => ({ x, tx: x === 0 ? 0 : share * T, T }));

/** Any parameters a fit may end at. */
const parameters = fc.record({
  r: fc.double({ min: 0.02, max: 15, noNaN: true }),
  alpha: fc.double({ min: 0.1, max: 100, noNaN: true }),
  a: fc.double({ min: 0.05, max: 40, noNaN: true }),
  b: fc.double({ min: 0.05, max: 400, noNaN: true }),
});

/** Customers of one simulated store, summarised in days as a real one. */
function simulated<P>(model: TransactionModel<P>, truth: P, customers: number): HistoryGroup[] {
  const random = createRandom(11);
  const histories = Array.from({ length: customers }, () => {
    const days = 90 + Math.floor(275 * random.uniform());
    const times = model.simulate(truth, days / 7, random);
    return { x: times.length, tx: times.at(-1) ?? 0, T: days / 7 };
  });
  return historyGroups(histories);
}

/** What every model with dropout must do, whatever its formulas. */
export function describeTransactionModel(
  model: TransactionModel<BetaGeometricParameters>,
  p: BetaGeometricParameters,
  truth: BetaGeometricParameters,
): void {
  describe('for any parameters and history', () => {
    it('keeps P(alive) and P(no purchase) in [0, 1]', () => {
      fc.assert(
        fc.property(parameters, history, (any, h) => {
          const alive = model.probabilityAlive(any, h)!;
          const silent = model.probabilityOfNoPurchase(any, h, 13);
          expect(alive).toBeGreaterThanOrEqual(0);
          expect(alive).toBeLessThanOrEqual(1);
          expect(silent).toBeGreaterThanOrEqual(0);
          expect(silent).toBeLessThanOrEqual(1);
        }),
      );
    });

    it('expects finite purchases that grow with the horizon and shrink with the discount', () => {
      fc.assert(
        fc.property(parameters, history, (any, { x, T }) => {
          const { expected, discounted } = model.residual(any, x, T, HORIZONS, 0.0018);
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
        fc.property(parameters, history, (any, h) => Number.isFinite(model.logLikelihood(any, [{ ...h, count: 1 }]))),
      );
    });

    it('expects at least the probability of any purchase', () => {
      fc.assert(
        fc.property(parameters, history, (any, h) => {
          const atLeastOne = 1 - model.probabilityOfNoPurchase(any, h, 26);
          expect(model.conditionalExpectedTransactions(any, h, 26)).toBeGreaterThanOrEqual(atLeastOne * (1 - 1e-9));
        }),
      );
    });
  });

  it('has the gradient that differences of the log-likelihood show', () => {
    const groups = simulated(model, truth, 300);
    const gradient = model.gradient(p, groups);
    for (const name of ['r', 'alpha', 'a', 'b'] as const) {
      const step = 1e-5 * p[name];
      const at = (value: number) => model.logLikelihood({ ...p, [name]: value }, groups);
      const slope = (at(p[name] + step) - at(p[name] - step)) / (2 * step);
      expect(Math.abs(gradient[name] - slope)).toBeLessThan(1e-6 * Math.max(1, Math.abs(slope)));
    }
  });

  it('gives a group of n the log-likelihood of n customers', () => {
    const one: HistoryGroup = { x: 3, tx: 10, T: 20, count: 1 };
    const other: HistoryGroup = { x: 0, tx: 0, T: 7, count: 1 };
    const grouped = model.logLikelihood(p, [{ ...one, count: 3 }, other]);
    expect(model.logLikelihood(p, [one, one, other, one])).toBeCloseTo(grouped, 12);
  });

  it('recovers the parameters that made 4,000 customers, within four standard errors', () => {
    const fit = model.fit(simulated(model, truth, 4000));
    expect(fit.status).toBe('converged');
    for (const name of ['r', 'alpha', 'a', 'b'] as const) {
      const error = fit.standardErrors![name];
      expect(Math.abs(fit.parameters[name] - truth[name])).toBeLessThan(4 * error);
      expect(error).toBeLessThan(truth[name]);
    }
  });

  it('expects as many purchases as it simulates', () => {
    const random = createRandom(23);
    const counts = Array.from({ length: 20_000 }, () => model.simulate(truth, 39, random).length);
    const mean = counts.reduce((sum, n) => sum + n, 0) / counts.length;
    const variance = counts.reduce((sum, n) => sum + (n - mean) ** 2, 0) / counts.length;
    const fiveErrors = 5 * Math.sqrt(variance / counts.length);
    expect(Math.abs(mean - model.expectedTransactions(truth, 39))).toBeLessThan(fiveErrors);
  });

  it('takes no discount for a rate of 0, and next to none for a tiny one', () => {
    const { expected, discounted } = model.residual(p, 2, 30, HORIZONS, 0);
    expect([...discounted]).toEqual([...expected]);
    const tiny = model.residual(p, 2, 30, HORIZONS, 1e-12).discounted;
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

  it('refuses to fit nobody', () => {
    expect(() => model.fit([])).toThrow(DomainError);
  });

  it('ends a fit to customers who all did the same, with a status', () => {
    const fit = model.fit([{ x: 4, tx: 30, T: 39, count: 500 }]);
    expect(['converged', 'max-iterations', 'stalled']).toContain(fit.status);
    expect(Object.values(fit.parameters).every((value) => value > 0 && Number.isFinite(value))).toBe(true);
  });

  it('is NaN outside its domain', () => {
    const impossible: History = { x: 1, tx: 12, T: 10 };
    expect(model.probabilityAlive(p, impossible)).toBeNaN();
    expect(model.conditionalExpectedTransactions(p, impossible, 10)).toBeNaN();
    expect(model.probabilityOfNoPurchase(p, { x: 1, tx: 5, T: 10 }, -1)).toBeNaN();
    expect(model.discountedExpectedTransactions(p, { x: 1, tx: 5, T: 10 }, 10, -0.1)).toBeNaN();
  });
}
