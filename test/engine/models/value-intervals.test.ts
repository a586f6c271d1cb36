import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { DomainError } from '../../../server/domain/errors.ts';
import { mbgNbd } from '../../../server/engine/models/mbg-nbd.ts';
import { scorer } from '../../../server/engine/models/score.ts';
import type { Fit, History, Spend } from '../../../server/engine/models/types.ts';
import { SEED, sliceDiscounts, valueIntervals, valueSimulator } from '../../../server/engine/models/value-intervals.ts';
import { everywhere } from '../../support/horizons.ts';

interface Customer {
  readonly history: History;
  readonly itsSpend: Spend;
}

const known = { standardErrors: null, covariance: null, priorWeight: 0, logLikelihood: Number.NaN };
const search = { iterations: 0, status: 'converged', customers: 2357 } as const;
const transactions: Fit<unknown> = {
  model: 'mbg-nbd',
  parameters: { r: 0.5248, alpha: 6.1831, a: 0.8914, b: 1.614 },
  ...known,
  ...search,
};
const spend: Fit<unknown> = {
  model: 'gamma-gamma',
  parameters: { p: 6.2496, q: 3.7442, gamma: 15.4435 },
  ...known,
  ...search,
};
const settings = { marginRate: 0.4, annualDiscountRate: 0.1 };
const certain = { transactions, spend, deviations: everywhere(0), seed: SEED };
const LONG = { weeks: [13, 52, 156], delta: 0, marginRate: 1, draws: 20_000 };

const oneTimeBuyer: Customer = { history: { x: 0, tx: 0, T: 30 }, itsSpend: { x: 0, m: 0 } };
const repeatBuyer: Customer = { history: { x: 2, tx: 30.43, T: 38.86 }, itsSpend: { x: 2, m: 40 } };
const lost: Customer = { history: { x: 6, tx: 9, T: 38 }, itsSpend: { x: 6, m: 25 } };
const best: Customer = { history: { x: 26, tx: 37, T: 38 }, itsSpend: { x: 26, m: 60 } };
const customers = Object.entries({ oneTimeBuyer, repeatBuyer, lost, best });

const mean = (values: Float64Array) => values.reduce((sum, value) => sum + value, 0) / values.length;
function variance(values: Float64Array): number {
  const center = mean(values);
  return values.reduce((sum, value) => sum + (value - center) ** 2, 0) / (values.length - 1);
}
function correlation(a: Float64Array, b: Float64Array): number {
  const [centerA, centerB] = [mean(a), mean(b)];
  return mean(a.map((value, d) => (value - centerA) * (b[d]! - centerB))) / Math.sqrt(variance(a) * variance(b));
}

describe('valueSimulator', () => {
  it.each(customers)('draws on average, for %s, what the formulas say', (_, { history, itsSpend }) => {
    const { clv } = scorer(transactions, spend, { marginRate: 1, annualDiscountRate: 0 })(history, itsSpend);
    const weeks = [3, 6, 12, 24, 36].map((months) => (months * 365.25) / 84);
    const values = valueSimulator({ ...certain, ...LONG, weeks })(history, itsSpend);
    for (const [i, expected] of clv.entries()) {
      const fiveErrors = 5 * Math.sqrt(variance(values[i]!) / LONG.draws);
      expect(Math.abs(mean(values[i]!) - expected)).toBeLessThan(fiveErrors);
    }
  });

  it.each(customers)('leaves %s without a purchase as often as the formulas say', (_, { history, itsSpend }) => {
    const values = valueSimulator({ ...certain, ...LONG })(history, itsSpend);
    for (const [i, weeks] of LONG.weeks.entries()) {
      const silent = mbgNbd.probabilityOfNoPurchase(transactions.parameters as never, history, weeks);
      const share = values[i]!.filter((value) => value === 0).length / LONG.draws;
      expect(Math.abs(share - silent)).toBeLessThan(5 * Math.sqrt(0.25 / LONG.draws));
    }
  });

  it('gives a customer the same draws whoever was asked for before', () => {
    const { history, itsSpend } = repeatBuyer;
    const question = { ...certain, ...LONG, draws: 50 };
    const simulate = valueSimulator(question);
    const alone = simulate(history, itsSpend).map((values) => [...values]);
    simulate(best.history, best.itsSpend);
    expect(simulate(history, itsSpend).map((values) => [...values])).toEqual(alone);
    expect(valueSimulator(question)(history, itsSpend).map((values) => [...values])).toEqual(alone);
  });

  it('lets customers share what is uncertain about the fit and nothing else', () => {
    const correlated = (uncertainty: typeof certain, T: number) => {
      const simulate = valueSimulator({ ...uncertainty, ...LONG, draws: 4000 });
      const { history, itsSpend } = repeatBuyer;
      const first = Float64Array.from(simulate(history, itsSpend)[2]!);
      return correlation(first, simulate({ ...history, T }, itsSpend)[2]!);
    };
    const fiveErrors = 5 / Math.sqrt(4000);
    const covariance = [1, 1, 1, 1].map((value, i, all) => all.map((_, j) => (i === j ? value : 0)));
    for (const T of [35, 37]) {
      expect(Math.abs(correlated(certain, T))).toBeLessThan(fiveErrors);
      expect(correlated({ ...certain, deviations: everywhere(0.7) }, T)).toBeGreaterThan(fiveErrors);
      expect(correlated({ ...certain, transactions: { ...transactions, covariance } }, T)).toBeGreaterThan(fiveErrors);
    }
  });

  it('widens by the drift without moving the mean', () => {
    const { history, itsSpend } = best;
    const still = Float64Array.from(valueSimulator({ ...certain, ...LONG })(history, itsSpend)[1]!);
    const drifting = valueSimulator({ ...certain, deviations: everywhere(0.3), ...LONG })(history, itsSpend)[1]!;
    expect(mean(drifting) / mean(still)).toBeCloseTo(1, 1);
    const expected = Math.exp(0.09) * variance(still) + Math.expm1(0.09) * mean(still) ** 2;
    expect(variance(drifting) / expected).toBeCloseTo(1, 1);
  });
});

describe('sliceDiscounts', () => {
  it('is the mean discount factor over each slice', () => {
    const [first, second] = sliceDiscounts([10, 30], 0.02) as [number, number];
    expect(first).toBeCloseTo((1 - Math.exp(-0.2)) / 0.2, 14);
    expect(second).toBeCloseTo((Math.exp(-0.2) - Math.exp(-0.6)) / 0.4, 14);
    expect(sliceDiscounts([10, 30], 0)).toEqual([1, 1]);
  });

  it('values 36 months in five slices within 0.5% of the exact discount, even at 30% a year', () => {
    const weeks = [13, 26, 52, 104, 156];
    const delta = Math.log(1.3) / 52;
    for (const x of [0, 2, 26]) {
      const { expected, discounted } = mbgNbd.residual(
        transactions.parameters as never,
        { x, tx: x === 0 ? 0 : 38, T: 38 },
        weeks,
        delta,
      );
      const factors = sliceDiscounts(weeks, delta);
      const sliced = expected.reduce((sum, orders, i) => sum + factors[i]! * (orders - (expected[i - 1] ?? 0)), 0);
      expect(Math.abs(sliced / discounted[4]! - 1)).toBeLessThan(5e-3);
    }
  });
});

describe('valueIntervals', () => {
  it('orders its quantiles, none below 0, and lets them grow with the horizon', () => {
    const intervals = valueIntervals({ ...certain, deviations: everywhere(0.2) }, settings);
    const history = fc
      .record({
        x: fc.nat(40),
        T: fc.double({ min: 0.1, max: 200, noNaN: true }),
        share: fc.double({ min: 0, max: 1, noNaN: true }),
      })
      .map(({ x, T, share }): History => ({ x, tx: x === 0 ? 0 : share * T, T }));
    fc.assert(
      fc.property(history, fc.double({ min: 0.5, max: 500, noNaN: true }), (h, m) => {
        const { p10, p50, p90, variance: own } = intervals(h, h.x === 0 ? { x: 0, m: 0 } : { x: h.x, m });
        for (let i = 0; i < 5; i++) {
          expect(p10[i]).toBeGreaterThanOrEqual(p10[i - 1] ?? 0);
          expect(p50[i]).toBeGreaterThanOrEqual(Math.max(p10[i]!, p50[i - 1] ?? 0));
          expect(p90[i]).toBeGreaterThanOrEqual(Math.max(p50[i]!, p90[i - 1] ?? 0));
          expect(own[i]).toBeGreaterThanOrEqual(0);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('holds the expected value of customers who may well come back', () => {
    const intervals = valueIntervals(certain, settings);
    const score = scorer(transactions, spend, settings);
    for (const { history, itsSpend } of [repeatBuyer, best]) {
      const { p10, p90 } = intervals(history, itsSpend);
      for (const [i, clv] of score(history, itsSpend).clv.entries()) {
        expect(p10[i]).toBeLessThan(clv);
        expect(p90[i]).toBeGreaterThan(clv);
      }
    }
  });

  it('gives a variance that the drift widens only by its own square', () => {
    const { history, itsSpend } = best;
    const still = valueIntervals(certain, settings)(history, itsSpend).variance;
    const drifting = valueIntervals({ ...certain, deviations: everywhere(0.15) }, settings)(history, itsSpend).variance;
    // From 200 draws, so to within a quarter: with the drift's share left in, it would be twice as much at three months.
    for (const [i, own] of drifting.entries())
      expect(Math.abs(own / still[i]! - Math.exp(0.15 ** 2))).toBeLessThan(0.25);
  });

  it('scales with the margin', () => {
    const { history, itsSpend } = best;
    const half = valueIntervals(certain, { ...settings, marginRate: 0.2 })(history, itsSpend);
    const whole = valueIntervals(certain, settings)(history, itsSpend);
    expect(whole.p90[2]! / half.p90[2]!).toBeCloseTo(2, 12);
    expect(whole.variance[2]! / half.variance[2]!).toBeCloseTo(4, 12);
  });

  it('serves the fallbacks, which have no covariance and no dropout', () => {
    const pooled = {
      ...certain,
      transactions: { ...transactions, model: 'pooled-rate', parameters: { k: 1, lambdaBar: 0.05 } },
    };
    const spendPooled = { ...spend, model: 'pooled-spend', parameters: { k: 1, mBar: 35 } };
    const { p10, p90 } = valueIntervals({ ...pooled, spend: spendPooled }, settings)(
      { x: 0, tx: 0, T: 9 },
      { x: 1, m: 20 },
    );
    expect(p10[4]).toBeGreaterThanOrEqual(0);
    expect(p90[4]).toBeGreaterThan(p90[0]!);
  });

  it('refuses an unknown model, a margin above 1 and a rate below 0', () => {
    const unknown = { ...certain, transactions: { ...transactions, model: 'hunch' } };
    expect(() => valueIntervals(unknown, settings)).toThrow(DomainError);
    expect(() => valueIntervals(certain, { ...settings, marginRate: 1.2 })).toThrow(DomainError);
    expect(() => valueIntervals(certain, { ...settings, annualDiscountRate: -0.1 })).toThrow(DomainError);
  });
});
