import { describe, expect, it } from 'vitest';

import { matchedComparison, prePost, type StratumSums } from '../../../server/engine/experiments/without-control.ts';
import { createRandom } from '../../../server/engine/numerics/random.ts';

const sumsOf = (values: readonly number[]): StratumSums => ({
  customers: values.length,
  sum: values.reduce((sum, value) => sum + value, 0),
  squares: values.reduce((sum, value) => sum + value ** 2, 0),
});

const paired = (before: readonly number[], after: readonly number[]) =>
  prePost({
    variantId: 'v',
    customers: before.length,
    before: sumsOf(before),
    after: sumsOf(after),
    products: before.reduce((sum, value, i) => sum + value * after[i]!, 0),
  });

describe('before and after', () => {
  it('is the paired t of scipy.stats.ttest_rel', () => {
    const { before, after, change } = paired([1, 2, 3, 4], [2, 4, 3, 7]);
    expect([before, after]).toEqual([2.5, 4]);
    expect(change!.difference.value).toBeCloseTo(1.5, 12);
    expect(change!.difference.interval.low).toBeCloseTo(-0.5542602567605206, 9);
    expect(change!.difference.interval.high).toBeCloseTo(3.5542602567605206, 9);
    expect(change!.pValue).toBeCloseTo(0.10272807885839899, 10);
  });

  it('says nothing of one customer, of nobody, or where all changed alike', () => {
    expect(paired([], [])).toEqual({ variantId: 'v', customers: 0, before: null, after: null, change: null });
    expect(paired([1], [2])).toMatchObject({ before: 1, after: 2, change: null });
    expect(paired([1, 2], [2, 3]).change).toBe(null);
  });
});

const stratum = (exposed: readonly number[], others: readonly number[]) => ({
  ...{ segment: 'LOYAL', tier: 'M1' },
  ...{ exposed: sumsOf(exposed), others: sumsOf(others) },
});

describe('others alike', () => {
  it('are weighed as the customers are, with the error and degrees of freedom that numpy gives', () => {
    const strata = [stratum([3, 5, 9, 4], [2, 4, 1]), stratum([1, 0, 2], [0, 1, 3, 0, 2])];
    const { effect, exposed, others, matched } = matchedComparison({ variantId: 'v', customers: 10, strata });
    expect(matched).toBe(0.7);
    expect(exposed! - others!).toBeCloseTo(1.5809523809523809, 12);
    const { value, interval } = effect!.difference;
    expect(interval.high - value).toBeCloseTo(2.3497401666616176, 9);
    expect(value - interval.low).toBeCloseTo(2.3497401666616176, 9);
    expect(effect!.pValue).toBeCloseTo(0.15229528249875107, 10);
  });

  it('leave out strata with fewer than two on a side, and say nothing without any', () => {
    const strata = [stratum([3, 5], [4]), stratum([3], [4, 5])];
    const nothing = { exposed: null, others: null, effect: null };
    expect(matchedComparison({ variantId: 'v', customers: 3, strata })).toMatchObject({ ...nothing, matched: 0 });
    expect(matchedComparison({ variantId: 'v', customers: 0, strata: [] })).toMatchObject({
      ...nothing,
      matched: null,
    });
  });

  it('take away what comes of sending to better customers: 95% of intervals hold the true effect', () => {
    const random = createRandom(7);
    const [trials, effect] = [600, 2];
    let held = 0;
    for (let trial = 0; trial < trials; trial++) {
      // Better strata are sent to more often and spend more anyway.
      const strata = [10, 20, 40].map((mean, i) => {
        const draw = (n: number, more: number) => Array.from({ length: n }, () => mean + more + 6 * random.normal());
        return stratum(draw(10 + 15 * i, effect), draw(60 - 20 * i, 0));
      });
      const { interval } = matchedComparison({ variantId: 'v', customers: 75, strata }).effect!.difference;
      if (interval.low <= effect && effect <= interval.high) held++;
    }
    // Three standard errors of a share of 600.
    expect(Math.abs(held / trials - 0.95)).toBeLessThan(0.027);
  });
});
