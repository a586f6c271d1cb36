import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';

import { gammaGamma } from '../../../server/engine/models/gamma-gamma.ts';
import {
  groupInterval,
  type Moments,
  sharedDeviation,
  spreadParts,
  type ValueInterval,
} from '../../../server/engine/models/group-interval.ts';
import { mbgNbd } from '../../../server/engine/models/mbg-nbd.ts';
import { pooledRate, pooledSpend } from '../../../server/engine/models/pooled-rate.ts';
import { scorer } from '../../../server/engine/models/score.ts';
import type { Fit, History, Spend } from '../../../server/engine/models/types.ts';
import { SEED, valueIntervals, valueSimulator } from '../../../server/engine/models/value-intervals.ts';
import { quantiles } from '../../../server/engine/numerics/quantile.ts';
import { createRandom } from '../../../server/engine/numerics/random.ts';
import { historyGroups } from '../../support/cdnow.ts';
import { everywhere } from '../../support/horizons.ts';

interface Customer {
  readonly history: History;
  readonly spend: Spend;
}

const settings = { marginRate: 1, annualDiscountRate: 0 };
const YEAR = { index: 2, weeks: 365.25 / 7 };

/** Customers drawn from the models, each with a history or a spend that no other has: equal ones would draw equal futures. */
function simulatedBase(size: number): Customer[] {
  const random = createRandom(17);
  return Array.from({ length: size }, (_, i) => {
    const T = 20 + (i % 20);
    const times = mbgNbd.simulate({ r: 0.6, alpha: 6, a: 0.8, b: 1.6 }, T, random);
    const x = times.length;
    const m = x === 0 ? i : random.gamma(6 * x, random.gamma(3.7, 15)) / x;
    return { history: { x, tx: times.at(-1) ?? 0, T }, spend: { x, m } };
  });
}

describe('the interval of a group', () => {
  const base = simulatedBase(1000);
  const histories = historyGroups(base.map(({ history }) => history));
  const repeatSpend = base.filter(({ spend }) => spend.x > 0).map(({ spend }) => ({ ...spend, count: 1 }));
  let fits: { readonly transactions: Fit<unknown>; readonly spend: Fit<unknown> };
  beforeAll(() => {
    fits = { transactions: mbgNbd.fit(histories), spend: gammaGamma.fit(repeatSpend) };
  });

  const shared = (drift: number) =>
    sharedDeviation({ ...fits, histories, repeatSpend, settings, deviations: everywhere(drift) })[YEAR.index]!;

  /** By adding up the customers' draws. */
  function drawn(
    group: readonly Customer[],
    drift: number,
  ): { readonly interval: ValueInterval; readonly deviation: number } {
    const draws = 600;
    const question = {
      ...fits,
      deviations: everywhere(drift),
      seed: SEED + 1,
      weeks: [YEAR.weeks],
      delta: 0,
      marginRate: 1,
      draws,
    };
    const simulate = valueSimulator(question);
    const totals = new Float64Array(draws);
    for (const { history, spend } of group) {
      const [values] = simulate(history, spend) as [Float64Array];
      for (let d = 0; d < draws; d++) totals[d]! += values[d]!;
    }
    const mean = totals.reduce((sum, total) => sum + total, 0) / draws;
    const deviation = Math.sqrt(totals.reduce((sum, total) => sum + (total - mean) ** 2, 0) / draws) / mean;
    const [p10, p50, p90] = quantiles(totals, [0.1, 0.5, 0.9]) as [number, number, number];
    return { interval: { p10, p50, p90 }, deviation };
  }

  function byMoments(group: readonly Customer[], drift: number) {
    const score = scorer(fits.transactions, fits.spend, settings);
    const intervals = valueIntervals({ ...fits, deviations: everywhere(drift), seed: SEED }, settings);
    const sum = (of: (customer: Customer) => Float64Array) =>
      group.reduce((total, customer) => total + of(customer)[YEAR.index]!, 0);
    const mean = sum(({ history, spend }) => score(history, spend).clv);
    const variance = sum(({ history, spend }) => intervals(history, spend).variance);
    return { mean, interval: groupInterval([{ mean, variance }], shared(drift)) };
  }

  // In parts of the mean. The gamma distribution knows no lump at zero, which one customer has and ten still feel; a p10 or
  // p90 from 600 draws has a standard error of 7% of the standard deviation.
  it.each([
    ['a thousand customers', base, 0.03],
    ['a hundred', base.slice(450, 550), 0.06],
    ['ten', base.filter(({ spend }) => spend.x > 0).slice(0, 10), 0.15],
    ['one', base.filter(({ history }) => history.x > 5).slice(0, 1), 0.3],
  ])('agrees with the added draws of %s', (_, group, tolerance) => {
    for (const drift of [0, 0.15]) {
      const { mean, interval } = byMoments(group, drift);
      const { interval: expected } = drawn(group, drift);
      for (const at of ['p10', 'p50', 'p90'] as const)
        expect(Math.abs(interval[at] - expected[at]) / mean).toBeLessThan(tolerance);
      expect(interval.p10).toBeLessThan(interval.p50);
      expect(interval.p50).toBeLessThan(mean);
      expect(interval.p90).toBeGreaterThan(mean);
    }
  });

  it('shares as much as the draws of the whole base show beyond the customers’ own chances', () => {
    const { deviation } = drawn(base, 0.15);
    const { mean } = byMoments(base, 0.15);
    const intervals = valueIntervals({ ...fits, deviations: everywhere(0.15), seed: SEED }, settings);
    const own = base.reduce((sum, { history, spend }) => sum + intervals(history, spend).variance[YEAR.index]!, 0);
    expect(Math.abs(Math.sqrt(deviation ** 2 - own / mean ** 2) / shared(0.15) - 1)).toBeLessThan(0.15);
  });

  it('shares more over longer horizons, and the drift at least', () => {
    const deviations = sharedDeviation({ ...fits, histories, repeatSpend, settings, deviations: everywhere(0.2) });
    expect(deviations).toHaveLength(5);
    for (const [i, deviation] of deviations.entries())
      expect(deviation).toBeGreaterThan(deviations[i - 1] ?? Math.sqrt(Math.expm1(0.04)));
  });

  it('shares only the drift where the fits have no covariance', () => {
    const certain = (fit: Fit<unknown>) => ({ ...fit, covariance: null });
    const { transactions, spend } = fits;
    const question = { transactions: certain(transactions), spend: certain(spend), histories, repeatSpend, settings };
    for (const deviation of sharedDeviation({ ...question, deviations: everywhere(0.3) }))
      expect(deviation).toBeCloseTo(Math.sqrt(Math.expm1(0.09)), 12);
    for (const deviation of sharedDeviation({ ...question, deviations: everywhere(0) }))
      expect(deviation).toBeCloseTo(0, 6);
  });
});

describe('the interval of a pooled rate', () => {
  const intervalOf = (repeats: number) => {
    const histories = [
      { x: 1, tx: 4, T: 26, count: repeats },
      { x: 0, tx: 0, T: 26, count: 500 },
    ];
    const [shared] = sharedDeviation({
      transactions: pooledRate.fit(histories),
      spend: pooledSpend.fit([{ x: 1, m: 20, count: 500 }]),
      histories,
      repeatSpend: [{ x: 1, m: 20, count: repeats }],
      settings,
      deviations: [0, 0, 0, 0, 0],
    });
    return groupInterval([{ mean: 1, variance: 0 }], shared!);
  };

  it('reaches down to about nothing where next to nobody has come back', () => {
    for (const repeats of [1, 5, 9]) expect(intervalOf(repeats).p10).toBeLessThan(0.1);
  });

  it('narrows as more come back', () => {
    expect(intervalOf(300).p10).toBeGreaterThan(0.7);
  });
});

describe('groupInterval', () => {
  it('is nothing for a group that is expected to bring nothing', () => {
    expect(groupInterval([{ mean: 0, variance: 0 }], 0.2)).toEqual({ p10: 0, p50: 0, p90: 0 });
  });

  it('goes over into the normal distribution where the chances of many level out', () => {
    const { p10, p50, p90 } = groupInterval([{ mean: 1e6, variance: 1e8 }], 0);
    expect((p10 - 1e6) / 1e4).toBeCloseTo(-1.2816, 2);
    expect((p50 - 1e6) / 1e4).toBeCloseTo(0, 2);
    expect((p90 - 1e6) / 1e4).toBeCloseTo(1.2816, 2);
  });

  it('narrows to the mean without any variance', () => {
    const { p10, p90 } = groupInterval([{ mean: 500, variance: 0 }], 0);
    expect(p10 / 500).toBeCloseTo(1, 3);
    expect(p90 / 500).toBeCloseTo(1, 3);
  });

  it('is wider the more the customers share, and in order, for any group', () => {
    const positive = fc.double({ min: 1e-3, max: 1e9, noNaN: true });
    fc.assert(
      fc.property(positive, positive, fc.double({ min: 0, max: 2, noNaN: true }), (mean, variance, shared) => {
        const { p10, p50, p90 } = groupInterval([{ mean, variance }], shared);
        expect(p10).toBeGreaterThanOrEqual(0);
        expect(p50).toBeGreaterThanOrEqual(p10);
        expect(p90).toBeGreaterThanOrEqual(p50);
        expect(p50).toBeLessThanOrEqual(mean * (1 + 1e-12));
      }),
    );
    const width = (sharedDeviation: number) => {
      const { p10, p90 } = groupInterval([{ mean: 100, variance: 50 }], sharedDeviation);
      return p90 - p10;
    };
    expect(width(0.2)).toBeGreaterThan(width(0.1));
  });
});

describe('a whole and its parts', () => {
  const spread = fc.double({ min: 1e-4, max: 1e9, noNaN: true });
  const part = fc.record({ mean: fc.double({ min: 1e-3, max: 1e6, noNaN: true }), spread });
  const parts = fc
    .array(part, { minLength: 1, maxLength: 12 })
    .map((list): Moments[] => list.map(({ mean, spread }) => ({ mean, variance: spread * mean })));
  const shared = fc.oneof(fc.constant(0), fc.double({ min: 0, max: 1.4, noNaN: true }));
  const QUANTILES = ['p10', 'p50', 'p90'] as const;
  /** No interval is computed narrower than 1.2816 of a ten-thousandth of the mean. */
  const NARROWEST = 1.3e-4;

  it('agree that no quantile of the whole is below that of a part, however noisy the rest is', () => {
    fc.assert(
      fc.property(
        parts,
        parts,
        fc.double({ min: 0, max: 1, noNaN: true }),
        shared,
        (some, others, share, deviation) => {
          // Also a share of a part is one: the customers of it who belong to some smaller group.
          const of = groupInterval([...some.slice(1), scaled(some[0]!, share)], deviation);
          const whole = groupInterval([...some, ...others], deviation);
          for (const at of QUANTILES) expect(of[at]).toBeLessThanOrEqual(whole[at] * (1 + NARROWEST));
        },
      ),
      { numRuns: 2000 },
    );
  });

  it('have their quantiles in order, whatever the parts', () => {
    fc.assert(
      fc.property(parts, shared, (some, deviation) => {
        const { p10, p50, p90 } = groupInterval(some, deviation);
        expect(p10).toBeLessThanOrEqual(p50);
        expect(p50).toBeLessThanOrEqual(p90);
      }),
    );
  });

  it('are one gamma distribution where nobody stands out', () => {
    const some = [10, 20, 40].map((spread) => ({ mean: 1000, variance: 1000 * spread }));
    expect(groupInterval(some, 0.2)).toEqual(groupInterval([{ mean: 3000, variance: 70_000 }], 0.2));
  });

  it('keep the uncertainty of one customer above the lower end of all others', () => {
    const others = { mean: 60_000, variance: 60_000 * 300 };
    const outlier = { mean: 200_000, variance: 200_000 * 900_000 };
    const [rest, whole] = [groupInterval([others], 0.2), groupInterval([others, outlier], 0.2)];
    expect(whole.p10).toBe(rest.p10);
    expect(whole.p90).toBeGreaterThan(rest.p90 + outlier.mean);
  });

  const scaled = ({ mean, variance }: Moments, share: number): Moments => ({
    mean: share * mean,
    variance: share * variance,
  });
});

describe('spreadParts', () => {
  it('puts customers of about the same variance / mean together, and adds them up', () => {
    expect(spreadParts([10, 30, 10, 0], [100, 570, 10, 0]).filter(({ mean }) => mean > 0)).toEqual([
      { mean: 10, variance: 100 },
      { mean: 30, variance: 570 },
      { mean: 10, variance: 10 },
    ]);
    expect(spreadParts([10, 30], [100, 400])).toEqual([{ mean: 40, variance: 500 }]);
  });
});
