import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { clvChange, type ValuedCustomer } from '../../../server/engine/analytics/clv-change.ts';
import { scorer } from '../../../server/engine/models/score.ts';
import type { Fit, History, Spend } from '../../../server/engine/models/types.ts';

interface Fits {
  readonly transactions: Fit<unknown>;
  readonly spend: Fit<unknown>;
  readonly annualDiscountRate: number;
}

/** 12-month CLV. */
function value({ transactions, spend, annualDiscountRate }: Fits, history: History, own: Spend): number {
  return scorer(transactions, spend, { marginRate: 0.4, annualDiscountRate })(history, own).clv[2]!;
}

/** A fit as stored: scoring reads its model and parameters. */
const storedFit = (model: string, parameters: object): Fit<unknown> => ({
  model,
  parameters,
  standardErrors: null,
  covariance: null,
  priorWeight: 0,
  logLikelihood: Number.NaN,
  iterations: 0,
  status: 'converged',
  customers: 100,
});

const fitsOf = (alpha: number, mBar: number, annualDiscountRate: number): Fits => ({
  transactions: storedFit('mbg-nbd', { r: 0.6, alpha, a: 0.8, b: 2.5 }),
  spend: storedFit('pooled-spend', { k: 1, mBar }),
  annualDiscountRate,
});

const fits = fc
  .record({
    alpha: fc.double({ min: 1, max: 30, noNaN: true }),
    mBar: fc.double({ min: 1, max: 200, noNaN: true }),
    rate: fc.double({ min: 0, max: 0.5, noNaN: true }),
  })
  .map(({ alpha, mBar, rate }) => fitsOf(alpha, mBar, rate));

/** One customer in two runs: time goes by, and perhaps purchases come. */
const runs = fc
  .record({
    x: fc.integer({ min: 0, max: 20 }),
    T: fc.double({ min: 1, max: 150, noNaN: true }),
    share: fc.double({ min: 0, max: 1, noNaN: true }),
    m: fc.double({ min: 0, max: 500, noNaN: true }),
    weeks: fc.double({ min: 0, max: 26, noNaN: true }),
    bought: fc.integer({ min: 0, max: 5 }),
    value: fc.double({ min: 0, max: 500, noNaN: true }),
    old: fits,
    new: fits,
  })
  .map((run): [ValuedCustomer<Fits, Spend>, ValuedCustomer<Fits, Spend>] => {
    const { x, T, m, weeks, bought } = run;
    const tx = x === 0 ? 0 : run.share * T;
    const spend = { x: x + 1, m };
    const days = spend.x + bought;
    return [
      { fits: run.old, history: { x, tx, T }, spend },
      {
        fits: run.new,
        history: { x: x + bought, tx: bought === 0 ? tx : T + weeks, T: T + weeks },
        spend: bought === 0 ? spend : { x: days, m: (m * spend.x + run.value * bought) / days },
      },
    ];
  });

describe('for any customer in two runs', () => {
  it('adds up to the change', () => {
    fc.assert(
      fc.property(runs, ([before, after]) => {
        const { recency, orderDays, spend, refit, total } = clvChange(
          value,
          before,
          after,
          after.history.T - before.history.T,
        );
        const [old, now] = [before, after].map((run) => value(run.fits, run.history, run.spend));
        // To the rounding of the figures that it passes through on the way.
        const size = [old!, now!, recency, orderDays, spend, refit].reduce((sum, part) => sum + Math.abs(part), 0);
        expect(Math.abs(recency + orderDays + spend + refit - (now! - old!))).toBeLessThanOrEqual(1e-14 * size);
        expect(total).toBe(now! - old!);
      }),
    );
  });

  it('owes nothing to orders or spend where nothing was bought, and never gains by silence alone', () => {
    fc.assert(
      fc.property(runs, ([before, after]) => {
        fc.pre(after.history.x === before.history.x);
        const { orderDays, spend, recency } = clvChange(value, before, after, after.history.T - before.history.T);
        expect(orderDays).toBe(0);
        expect(spend).toBe(0);
        expect(recency).toBeLessThanOrEqual(1e-12 * value(before.fits, before.history, before.spend));
      }),
    );
  });

  it('owes nothing to the refit where the fits and rates are the same', () => {
    fc.assert(
      fc.property(runs, ([before, after]) => {
        expect(
          clvChange(value, before, { ...after, fits: before.fits }, after.history.T - before.history.T).refit,
        ).toBe(0);
      }),
    );
  });
});

it('splits the change of a good customer who came back with a larger order', () => {
  const before = { fits: fitsOf(6, 50, 0.1), history: { x: 4, tx: 40, T: 44 }, spend: { x: 5, m: 50 } };
  const after = { fits: fitsOf(7, 48, 0.1), history: { x: 5, tx: 48, T: 48 }, spend: { x: 6, m: 60 } };
  const change = clvChange(value, before, after, after.history.T - before.history.T);
  expect(change.recency).toBeLessThan(0);
  expect(change.orderDays).toBeGreaterThan(0);
  expect(change.spend).toBeGreaterThan(0);
  expect(change.refit).toBeLessThan(0);
});

it('leaves the spend as it was while the first repeat order is counted', () => {
  const spends: number[] = [];
  const noted = (_: null, history: History, spend: Spend) => {
    spends.push(spend.m);
    return history.x + spend.m;
  };
  const before = { fits: null, history: { x: 0, tx: 0, T: 10 }, spend: { x: 0, m: 0 } };
  const after = { fits: null, history: { x: 1, tx: 12, T: 14 }, spend: { x: 1, m: 80 } };
  expect(clvChange(noted, before, after, 4)).toEqual({ recency: 0, orderDays: 1, spend: 80, refit: 0, total: 81 });
  expect(spends).toEqual([0, 0, 0, 80, 80]);
});

it('says the same of models that know no dropout', () => {
  const same = { ...fitsOf(6, 50, 0.1), transactions: storedFit('pooled-rate', { k: 1, lambdaBar: 0.1 }) };
  const before = { fits: same, history: { x: 1, tx: 3, T: 10 }, spend: { x: 2, m: 50 } };
  const after = { fits: same, history: { x: 1, tx: 3, T: 20 }, spend: { x: 2, m: 50 } };
  const change = clvChange(value, before, after, after.history.T - before.history.T);
  expect(change.recency).toBeLessThan(0);
  expect(change.total).toBe(change.recency);
});

it('counts an older order that came in late as an order, and not as time gone by', () => {
  const same = fitsOf(6, 50, 0.1);
  const before = { fits: same, history: { x: 1, tx: 3, T: 10 }, spend: { x: 2, m: 50 } };
  const after = { fits: same, history: { x: 2, tx: 13, T: 20 }, spend: { x: 3, m: 50 } };
  const { recency, orderDays } = clvChange(value, before, after, 0);
  expect(recency).toBe(0);
  expect(orderDays).not.toBe(0);
});
