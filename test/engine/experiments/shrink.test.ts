import { describe, expect, it } from 'vitest';

import { effectPosteriors, type PairEffect } from '../../../server/engine/experiments/effect-posterior.ts';
import { moderatedVariances } from '../../../server/engine/experiments/moderate.ts';
import {
  mixtureEstimate,
  mixtureMean,
  type NormalMixture,
  probabilityAbove,
} from '../../../server/engine/experiments/normal-mixture.ts';
import { type Measured, shrink } from '../../../server/engine/experiments/shrink.ts';
import { createRandom } from '../../../server/engine/numerics/random.ts';
import figures from './fixtures/shrinkage.json' with { type: 'json' };

interface Figures {
  readonly mean: number;
  readonly low: number;
  readonly high: number;
  readonly above: number;
}

describe('as published', () => {
  it('draws the eight schools together as Bayesian Data Analysis does (table 5.3)', () => {
    const effects = [28, 8, -3, 7, -1, 1, 18, 12].map((value, i) => ({
      value,
      variance: [15, 10, 16, 11, 9, 11, 10, 18][i]! ** 2,
    }));
    const { groups, betweenGroups, heterogeneityPValue } = shrink(effects);
    const { interval } = mixtureEstimate(groups[0]!);
    expect(interval.low).toBeCloseTo(-2, 0);
    expect(Math.abs(interval.high - 31)).toBeLessThan(1);
    expect(betweenGroups).toBe(0);
    expect(heterogeneityPValue).toBeCloseTo(0.7, 1);
  });
});

describe('against an independent implementation', () => {
  /** Within so much of the width of the interval: what is left is the grid. */
  function expectFigures(mixture: NormalMixture, { mean, low, high, above }: Figures, cost: number, tolerance: number) {
    const width = high - low;
    expect(Math.abs(mixtureMean(mixture) - mean) / width).toBeLessThan(tolerance);
    const { interval } = mixtureEstimate(mixture);
    expect(Math.abs(interval.low - low) / width).toBeLessThan(tolerance);
    expect(Math.abs(interval.high - high) / width).toBeLessThan(tolerance);
    expect(Math.abs(probabilityAbove(mixture, cost) - above)).toBeLessThan(tolerance);
  }

  it.each(figures.oneLevel)(
    'shrinks $measured as matrix algebra on a fine grid does',
    ({ measured, cost, ...expected }) => {
      const { groups, unseen, betweenGroups, heterogeneityPValue } = shrink(measured);
      expect(betweenGroups).toBeCloseTo(expected.between, 6);
      expect(heterogeneityPValue! / expected.p).toBeCloseTo(1, 6);
      for (const [i, group] of groups.entries()) expectFigures(group, expected.groups[i]!, cost, 5e-4);
      expectFigures(unseen, expected.unseen, cost, 3e-3);
    },
  );

  it('believes of kinds of campaigns and segments what matrix algebra on a fine grid does', () => {
    const { effects, pairs, posteriors } = figures.twoLevels;
    const sampling = { draws: 20_000, random: createRandom(4) };
    const found = effectPosteriors(effects as PairEffect[], pairs as PairEffect[], sampling);
    for (const [i, { mean, draws }] of found.entries()) {
      const expected = posteriors[i]!;
      const width = expected.high - expected.low;
      const sorted = draws.toSorted();
      expect(Math.abs(mean - expected.mean) / width).toBeLessThan(3e-3);
      // Of 20,000 draws: 4 standard errors of a quantile and of a share.
      expect(Math.abs(sorted[500]! - expected.low) / width).toBeLessThan(0.025);
      expect(Math.abs(sorted[19_500]! - expected.high) / width).toBeLessThan(0.025);
      expect(Math.abs(draws.filter((value) => value > 0).length / 20_000 - expected.above)).toBeLessThan(0.015);
    }
  });
});

describe('by simulation', () => {
  /** Groups whose true effects differ so much, measured with standard errors of 0.7 to 2. */
  function simulated(groups: number, between: number, runs: number) {
    const random = createRandom(100 * groups + between);
    return Array.from({ length: runs }, () => {
      const effects = Array.from({ length: groups }, () => 0.5 + between * random.normal());
      const measured = effects.map((effect): Measured => {
        const error = 0.7 + 1.3 * random.uniform();
        return { value: effect + error * random.normal(), variance: error ** 2 };
      });
      return { effects, measured, shrunken: shrink(measured) };
    });
  }

  it.each([
    [2, 0],
    [2, 2],
    [6, 1],
    [12, 1],
  ])(
    'holds 93 percent or more of the true effects of %d groups that differ by %d in 95 percent intervals',
    (groups, between) => {
      const inside = simulated(groups, between, 1200 / groups).flatMap(({ effects, shrunken }) =>
        effects.map((effect, i) => {
          const above = probabilityAbove(shrunken.groups[i]!, effect);
          return above > 0.025 && above < 0.975;
        }),
      );
      expect(inside.filter(Boolean).length / inside.length).toBeGreaterThan(0.93);
    },
  );

  it('is nearer to the truth than what was measured, and the more so the less groups differ', () => {
    const [alike, apart] = [0.3, 2].map((between) => {
      const runs = simulated(8, between, 60);
      const errorOf = (of: (run: (typeof runs)[number], i: number) => number) =>
        runs.reduce((sum, run) => sum + run.effects.reduce((own, effect, i) => own + (of(run, i) - effect) ** 2, 0), 0);
      const shrunkenError = errorOf(({ shrunken }, i) => mixtureMean(shrunken.groups[i]!));
      return shrunkenError / errorOf(({ measured }, i) => measured[i]!.value);
    });
    expect(alike).toBeLessThan(0.4);
    expect(apart).toBeLessThan(0.9);
    expect(apart).toBeGreaterThan(alike!);
  });

  it('finds that groups are alike where they are, and how much they differ where they do', () => {
    const alike = simulated(10, 0, 200).map(({ shrunken }) => shrunken);
    const fired = alike.filter(({ heterogeneityPValue }) => heterogeneityPValue! < 0.05).length;
    expect(Math.abs(fired / 200 - 0.05)).toBeLessThan(0.046);
    const deviations = alike.map(({ betweenGroups }) => betweenGroups).sort((a, b) => a - b);
    expect(deviations[80]).toBe(0);
    const apart = simulated(40, 3, 20).map(({ shrunken }) => shrunken.betweenGroups);
    expect(apart.reduce((sum, each) => sum + each, 0) / 20).toBeCloseTo(3, 0);
  });
});

describe('shrinkage', () => {
  it('leaves a single group as it was measured', () => {
    const { groups, heterogeneityPValue, betweenGroups } = shrink([{ value: 3, variance: 4 }]);
    const { value, interval } = mixtureEstimate(groups[0]!);
    expect(value).toBeCloseTo(3, 9);
    expect(interval.low).toBeCloseTo(3 - 1.959964 * 2, 5);
    expect([heterogeneityPValue, betweenGroups]).toEqual([null, 0]);
  });

  it('does not depend on the unit', () => {
    const measured = [1, 4, -2].map((value, i) => ({ value, variance: 1 + i }));
    const cents = measured.map(({ value, variance }) => ({ value: 100 * value, variance: 1e4 * variance }));
    const [a, b] = [measured, cents].map((of) => mixtureEstimate(shrink(of).groups[0]!));
    expect(b!.value / a!.value).toBeCloseTo(100, 8);
    expect(b!.interval.low / a!.interval.low).toBeCloseTo(100, 6);
  });
});

describe('moderated variances', () => {
  it('do not take a few customers without an order for certain', () => {
    const [none, many] = moderatedVariances([
      { variance: 0, customers: 50, controls: 50 },
      { variance: 4 * (2 / 10_000), customers: 10_000, controls: 10_000 },
    ]);
    // 200 customers of a variance near 4, with 100 of none.
    expect(none! / (2 / 50)).toBeCloseTo((200 * 4 * (20_000 / 20_100)) / 300, 9);
    expect(many! / (4 * (2 / 10_000))).toBeCloseTo(1, 3);
  });
});
