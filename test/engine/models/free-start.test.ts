import { describe, expect, it } from 'vitest';

import { FreeStarts, spendSeen } from '../../../server/engine/models/free-start.ts';
import { scorer } from '../../../server/engine/models/score.ts';
import type { Fit } from '../../../server/engine/models/types.ts';
import { valueIntervals } from '../../../server/engine/models/value-intervals.ts';

const fitOf = (model: string, parameters: object) => ({ model, parameters, covariance: null }) as Fit<object>;
const TRANSACTIONS = fitOf('mbg-nbd', { r: 0.6, alpha: 8, a: 0.8, b: 2 });
const SPEND = fitOf('gamma-gamma', { p: 6, q: 4, gamma: 15 });
const SETTINGS = { marginRate: 1, annualDiscountRate: 0.1 };
const HISTORY = { x: 0, tx: 0, T: 20 };
const PAID_ONCE = { x: 0, m: 0 };

describe('the paid share of order days after a free start', () => {
  it('is counted over customers who began free, and one free day more', () => {
    const starts = new FreeStarts();
    starts.add({ x: 3, m: 30 }, { x: 2, m: 45 });
    starts.add({ x: 2, m: 12.5 }, { x: 1, m: 0 });
    starts.add({ x: 1, m: 7 }, { x: 0, m: 0 });
    // Free first, one of 0.1 + 0.2 in the sums of floating point, which is no order day that was paid.
    starts.add({ x: 3, m: 0.1 + 0.2 }, { x: 2, m: 1.5 * (0.1 + 0.2) });
    starts.add({ x: 2, m: 0 }, { x: 1, m: 0 });
    expect(starts.paidShare()).toBeCloseTo((2 + 2) / (3 + 3 + 2 + 1), 12);
  });

  it('is 0 where nobody of them has ever paid', () => {
    const starts = new FreeStarts();
    starts.add({ x: 1, m: 0 }, { x: 0, m: 0 });
    expect(starts.paidShare()).toBe(0);
  });
});

describe('a customer who has only free orders', () => {
  const free = (days: number, paidShare: number) => spendSeen({ x: days, m: 0 }, { x: days - 1, m: 0 }, paidShare);
  const score = scorer(TRANSACTIONS, SPEND, SETTINGS);
  const interval = valueIntervals(
    { transactions: TRANSACTIONS, spend: SPEND, deviations: [0.1, 0.1, 0.1, 0.1, 0.1], seed: 1 },
    SETTINGS,
  );
  const mean = 30;

  it('visits as others do, and is expected to spend the share that such customers paid, less after each free day', () => {
    const [paid, once, twice] = [PAID_ONCE, free(1, 0.2), free(2, 0.2)].map((spend) => score(HISTORY, spend));
    expect(once!.expectedOrderDays).toEqual(paid!.expectedOrderDays);
    expect([paid, once, twice].map((each) => each!.expectedSpend)).toEqual([
      mean,
      expect.closeTo(0.2 * mean, 12),
      expect.closeTo(0.1 * mean, 12),
    ]);
    expect(once!.clv[2]! / paid!.clv[2]!).toBeCloseTo(0.2, 12);
  });

  it('is worth nothing where no such customer has ever paid', () => {
    expect(score(HISTORY, free(1, 0)).clv[4]).toBe(0);
    expect(interval(HISTORY, free(1, 0)).p90[4]).toBe(0);
  });

  it('has an interval of somebody who pays or does not, and takes none of it from those who paid on the same day', () => {
    const [likely, paid] = [interval(HISTORY, free(1, 0.9)), interval(HISTORY, PAID_ONCE)];
    expect(likely.p90[4]! / paid.p90[4]!).toBeGreaterThan(0.6);
    expect(likely.p90[4]! / paid.p90[4]!).toBeLessThan(1);
    expect(interval(HISTORY, PAID_ONCE)).toEqual(paid);
  });
});

it('changes nothing for those who have paid', () => {
  const seen = { x: 2, m: 12 };
  expect(spendSeen({ x: 3, m: 8 }, seen, 0.1)).toBe(seen);
});
