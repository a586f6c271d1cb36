import { describe, expect, it } from 'vitest';

import { type Sequential, sequentialDifference } from '../../../server/engine/experiments/always-valid.ts';
import { meanDifference } from '../../../server/engine/experiments/lift.ts';
import { type Moments, sampleOf } from '../../../server/engine/experiments/moments.ts';
import { createRandom, type Random } from '../../../server/engine/numerics/random.ts';
import { expectNear } from '../../support/near.ts';
import figures from './fixtures/statistics.json' with { type: 'json' };

const moments = (customers: number, y: number, yy: number): Moments => ({ customers, y, yy, x: 0, xx: 0, xy: 0 });
/** Of values that are alike enough. */
const MANY = [moments(100, 100, 150), moments(100, 100, 150)] as const;

it.each(figures.sequential)(
  'is the interval of the published formula at $treated and $control',
  ({ value, treated, control, interval }) => {
    const side = ([customers, variance]: readonly number[], mean: number) => ({
      customers: customers!,
      mean,
      variance: variance!,
    });
    const found = sequentialDifference(side(treated, value), side(control, 0), MANY)!;
    expectNear([found.interval.low, found.interval.high], interval, 1e-12);
  },
);

it('has a p-value of .05 where the interval just reaches 0', () => {
  const at = (mean: number) =>
    sequentialDifference({ customers: 700, mean, variance: 4 }, { customers: 900, mean: 0, variance: 5 }, MANY)!;
  const halfWidth = at(0).interval.high;
  expect(at(halfWidth).pValue).toBeCloseTo(0.05, 12);
  expect(at(0).pValue).toBe(1);
});

it('says nothing of fewer than 100 customers or 10 values on a side', () => {
  const side = (customers: number) => ({ customers, mean: 1, variance: 1 });
  expect(sequentialDifference(side(99), side(5000), MANY)).toBeNull();
  // One order of 90 beside twenty of 1 counts for 1.5.
  const uneven = moments(500, 110, 8120);
  expect(sequentialDifference(side(500), side(500), [MANY[0], uneven])).toBeNull();
  expect(sequentialDifference(side(500), side(500), [MANY[0], moments(500, 9, 9)])).toBeNull();
  expect(sequentialDifference(side(500), side(500), [MANY[0], moments(500, 10, 10)])).not.toBeNull();
});

describe('A/A tests watched all the time', () => {
  interface Watched {
    readonly buyers: number;
    /** Of the logarithm of an order; 0 for orders of one size. */
    readonly sigma: number;
    readonly shareTreated: number;
    readonly customers: number;
  }

  const LOOKS = 150;

  /** Share of experiments in which the interval excludes 0 at any look. */
  function alarms({ buyers, sigma, shareTreated, customers }: Watched, runs: number, isFixed = false): number {
    const random = createRandom(17);
    let count = 0;
    for (let run = 0; run < runs; run++) {
      let sums = [moments(0, 0, 0), moments(0, 0, 0)] as const;
      for (let look = 0; look < LOOKS; look++) {
        sums = [
          more(random, sums[0], (customers * shareTreated) / LOOKS, buyers, sigma),
          more(random, sums[1], (customers * (1 - shareTreated)) / LOOKS, buyers, sigma),
        ];
        if (excludes(sums, isFixed)) {
          count++;
          break;
        }
      }
    }
    return count / runs;
  }

  function more(random: Random, sums: Moments, customers: number, buyers: number, sigma: number): Moments {
    const bought = random.poisson(customers * buyers);
    let { y, yy } = sums;
    for (let i = 0; i < bought; i++) {
      const value = sigma === 0 ? 1 : Math.exp(sigma * random.normal());
      y += value;
      yy += value * value;
    }
    // Of two Poisson counts, each is binomial given their sum.
    return moments(sums.customers + bought + random.poisson(customers * (1 - buyers)), y, yy);
  }

  function excludes(sums: readonly [Moments, Moments], isFixed: boolean): boolean {
    const [treated, control] = [sampleOf(sums[0]), sampleOf(sums[1])];
    if (isFixed) return (meanDifference(treated, control)?.pValue ?? 1) < 0.05;
    const found: Sequential | null = sequentialDifference(treated, control, sums);
    return found !== null && (found.interval.low > 0 || found.interval.high < 0);
  }

  const SPEND: Watched = { buyers: 0.01, sigma: 1, shareTreated: 0.5, customers: 30_000 };

  it.each<[string, Watched]>([
    ['spend of 1% buyers', SPEND],
    [
      'spend of 5% buyers, a tenth in the variant, orders of very different size',
      { ...SPEND, buyers: 0.05, sigma: 1.5, shareTreated: 0.1, customers: 10_000 },
    ],
    ['conversions of 1%, a twentieth in the variant', { ...SPEND, sigma: 0, shareTreated: 0.05 }],
    ['clicks of a third of all', { buyers: 0.3, sigma: 0, shareTreated: 0.3, customers: 5000 }],
  ])('are false alarms in at most 5%%: %s', (_, watched) => {
    expect(alarms(watched, 500)).toBeLessThanOrEqual(0.05);
  });

  it('are false alarms in many more by the interval for one look', () => {
    expect(alarms(SPEND, 200, true)).toBeGreaterThan(0.25);
  });

  it('finds what is there', () => {
    const side = (mean: number) => ({ customers: 5000, mean, variance: 9 });
    expect(sequentialDifference(side(1.25), side(1), MANY)!.interval.low).toBeGreaterThan(0);
  });
});
