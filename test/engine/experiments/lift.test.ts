import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { isThin, meanDifference, shareDifference } from '../../../server/engine/experiments/lift.ts';
import { meanEstimate, type Sample } from '../../../server/engine/experiments/moments.ts';
import { createRandom, type Random } from '../../../server/engine/numerics/random.ts';
import { expectNear } from '../../support/near.ts';
import figures from './fixtures/statistics.json' with { type: 'json' };

const share = ([count, customers]: readonly number[]) => ({ count: count!, customers: customers! });

function sampleOf(values: readonly number[]): Sample {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { customers: values.length, mean, variance: squares / (values.length - 1) };
}

describe('against an independent implementation (fixtures/statistics.py)', () => {
  it.each(figures.shares)('shares $treated and $control', ({ treated, control, value, interval, pValue, relative }) => {
    const { absolute, ...lift } = shareDifference(share(treated), share(control));
    expectNear([absolute.value, absolute.interval.low, absolute.interval.high], [value, ...interval], 1e-9);
    expectNear([lift.pValue], [pValue], 1e-9);
    const ends = lift.relative?.interval ?? null;
    if (relative === null) expect(ends).toBeNull();
    // A share cannot fall by more than all of it.
    else expectNear([ends!.low, ends!.high], [Math.max(-1, relative[0]!), relative[1]!], 1e-8);
  });

  it.each(figures.welch)(
    'means of $treated and $control',
    ({ treated, control, value, interval, pValue, relative }) => {
      const { absolute, ...lift } = meanDifference(sampleOf(treated), sampleOf(control))!;
      expectNear([absolute.value, absolute.interval.low, absolute.interval.high], [value, ...interval], 1e-9);
      expectNear([lift.pValue], [pValue], 1e-9);
      const ends = lift.relative?.interval ?? null;
      if (relative === null) expect(ends).toBeNull();
      else expectNear([ends!.low, ends!.high], relative, 1e-8);
    },
  );
});

describe('by property', () => {
  const customers = fc.integer({ min: 2, max: 20_000 });
  const shares = customers.chain((of) =>
    fc.record({ count: fc.integer({ min: 0, max: of }), customers: fc.constant(of) }),
  );
  const samples = fc.record({
    customers,
    mean: fc.double({ min: -10, max: 100, noNaN: true }),
    variance: fc.double({ min: 0.01, max: 1e4, noNaN: true }),
  });
  const lifts = fc.oneof(
    fc.tuple(shares, shares).map(([a, b]) => shareDifference(a, b)),
    fc.tuple(samples, samples).map(([a, b]) => meanDifference(a, b)!),
  );

  it('has a p-value below .05 just where the interval excludes 0, and so has the relative interval', () => {
    fc.assert(
      fc.property(lifts, ({ absolute: { interval }, relative, pValue }) => {
        fc.pre(Math.abs(pValue - 0.05) > 1e-9);
        expect(interval.low > 0 || interval.high < 0).toBe(pValue < 0.05);
        if (relative) expect(relative.interval.low > 0 || relative.interval.high < 0).toBe(pValue < 0.05);
      }),
    );
  });

  it('has intervals that contain the estimate', () => {
    fc.assert(
      fc.property(lifts, ({ absolute: { value, interval }, relative }) => {
        expect(interval.low).toBeLessThanOrEqual(value);
        expect(interval.high).toBeGreaterThanOrEqual(value);
        if (relative === null) return;
        expect(relative.interval.low).toBeLessThanOrEqual(relative.value);
        expect(relative.interval.high).toBeGreaterThanOrEqual(relative.value);
      }),
    );
  });

  it('is turned about by changing sides', () => {
    fc.assert(
      fc.property(samples, samples, (a, b) => {
        const [there, back] = [meanDifference(a, b)!, meanDifference(b, a)!];
        expect(there.absolute.interval.low).toBe(-back.absolute.interval.high);
        expect(there.pValue).toBe(back.pValue);
      }),
    );
  });
});

describe('where there is little to tell by', () => {
  it('adds to the counts of shares below 10, and only there', () => {
    expect(
      isThin([
        { count: 9, customers: 100 },
        { count: 50, customers: 100 },
      ]),
    ).toBe(true);
    expect(
      isThin([
        { count: 50, customers: 100 },
        { count: 91, customers: 100 },
      ]),
    ).toBe(true);
    expect(isThin([{ count: 10, customers: 20 }])).toBe(false);
  });

  it('has an interval with a width for shares of nobody and of everybody', () => {
    const { absolute, relative, pValue } = shareDifference({ count: 0, customers: 40 }, { count: 0, customers: 40 });
    expect(absolute.value).toBe(0);
    expect(absolute.interval.high).toBeGreaterThan(0.03);
    expect(pValue).toBe(1);
    expect(relative).toBeNull();
  });

  it('says nothing of means that do not vary, and of one customer', () => {
    const alike = { customers: 50, mean: 0, variance: 0 };
    expect(meanDifference(alike, alike)).toBeNull();
    expect(
      meanDifference({ customers: 1, mean: 3, variance: Number.NaN }, { customers: 9, mean: 1, variance: 1 }),
    ).toBeNull();
    expect(meanEstimate({ customers: 1, mean: 3, variance: Number.NaN })).toBeNull();
  });

  it('has no relative lift over a loss, nor over a mean whose own interval includes 0', () => {
    const gain = { customers: 100, mean: 3, variance: 1 };
    const over = (mean: number) => meanDifference(gain, { customers: 100, mean, variance: 1 })!.relative;
    expect(over(-1)).toBeNull();
    expect(over(0.1)).toBeNull();
    expect(over(0.19)).toBeNull();
    const { value, interval } = over(0.2)!;
    expect(value).toBeCloseTo(14, 9);
    expect(interval.low).toBeGreaterThan(6);
    expect(interval.high).toBeGreaterThan(500);
    expect(shareDifference({ count: 90, customers: 1000 }, { count: 2, customers: 1000 }).relative).toBeNull();
  });
});

describe('A/A tests of 4,000 experiments: intervals exclude 0 in 5%, give or take 1', () => {
  const RUNS = 4000;

  const excluded = (run: () => { readonly pValue: number } | null) => {
    let count = 0;
    for (let i = 0; i < RUNS; i++) if (run()!.pValue < 0.05) count++;
    return count / RUNS;
  };

  /** Spend of customers of whom one in a hundred buys, orders lognormal. */
  function spend(random: Random, customers: number): Sample {
    const buyers = random.poisson(customers / 100);
    let [sum, squares] = [0, 0];
    for (let i = 0; i < buyers; i++) {
      const value = Math.exp(3 + 0.8 * random.normal());
      sum += value;
      squares += value * value;
    }
    return { customers, mean: sum / customers, variance: (squares - (sum * sum) / customers) / (customers - 1) };
  }

  function sharesExcluded(customers: number, mean: number): number {
    const random = createRandom(5);
    /** Of two Poisson counts, each is binomial given their sum. */
    const draw = () => {
      const count = random.poisson(mean);
      return { count, customers: count + random.poisson(customers - mean) };
    };
    return excluded(() => shareDifference(draw(), draw()));
  }

  it.each([
    ['conversions of 1%', 10_000, 100],
    ['clicks of 15%', 4000, 600],
  ])('%s', (_, customers, mean) => {
    expect(sharesExcluded(customers, mean)).toBeGreaterThan(0.04);
    expect(sharesExcluded(customers, mean)).toBeLessThan(0.06);
  });

  it('fewer where there are 3 or 9 conversions on a side: with so few, counts are too coarse for 5%', () => {
    for (const mean of [3, 9]) expect(sharesExcluded(3000, mean)).toBeLessThan(0.05);
  });

  it('spend', () => {
    const random = createRandom(6);
    const rate = excluded(() => meanDifference(spend(random, 20_000), spend(random, 20_000)));
    expect(rate).toBeGreaterThan(0.04);
    expect(rate).toBeLessThan(0.06);
  });
});
