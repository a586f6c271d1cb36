import { describe, expect, it } from 'vitest';

import type { CampaignCovariate, CampaignMetric } from '../../../server/domain/campaigns.ts';
import { qini } from '../../../server/engine/experiments/qini.ts';
import type { Uplift } from '../../../server/engine/experiments/result-types.ts';
import type { CampaignCell, MetricSums } from '../../../server/engine/experiments/types.ts';
import { campaignUplift } from '../../../server/engine/experiments/uplift.ts';
import { createRandom, type Random } from '../../../server/engine/numerics/random.ts';
import { isMissing } from '../../support/files.ts';
import { HILLSTROM, hillstromCells, VARIANTS } from '../../support/hillstrom.ts';
import figures from './fixtures/uplift.json' with { type: 'json' };

const CAMPAIGN = {
  costPerMessage: null,
  variants: [
    { id: 'mail', name: 'mail', weight: 1, isControl: false },
    { id: 'none', name: 'none', weight: 1, isControl: true },
  ],
};

/** A cell whose customers have y, and x as the covariate. */
function cellOf(
  variantId: string,
  group: string,
  half: 0 | 1 | null,
  customers: readonly (readonly [y: number, x: number])[],
  sent = 0,
): CampaignCell {
  const sums = (of: (y: number, x: number) => number) => customers.reduce((sum, [y, x]) => sum + of(y, x), 0);
  const metric: MetricSums = { sum: sums((y) => y), squares: sums((y) => y * y), products: sums((y, x) => x * y) };
  const none = { delivered: 0, opened: 0, clicked: 0, converted: 0, unsubscribed: 0, bounced: 0, complained: 0 };
  return {
    ...{ variantId, group: [group], half, customers: customers.length, steps: { sent, ...none } },
    covariate: { sum: sums((_, x) => x), squares: sums((_, x) => x * x) },
    metrics: { CLICK: metric, CONVERSION: metric, ORDERS: metric, REVENUE: metric, MARGIN: metric, CLV: null },
  };
}

/** 1,000 customers of each group in each half of each variant, with a standard deviation of 3, of which x explains the share given. */
function cellsOf(uplifts: readonly number[], random: Random, explained = 0, customers = 1000): CampaignCell[] {
  const customer = (mean: number) => {
    const x = random.normal();
    const y = Math.sqrt(explained) * x + Math.sqrt(1 - explained) * random.normal();
    return [mean + 3 * y, x] as const;
  };
  return uplifts.flatMap((uplift, i) =>
    ([0, 1] as const).flatMap((half) =>
      CAMPAIGN.variants.map(({ id, isControl }) =>
        cellOf(
          id,
          `g${i}`,
          half,
          Array.from({ length: customers }, () => customer(10 + (isControl ? 0 : uplift))),
        ),
      ),
    ),
  );
}

const upliftOf = (
  cells: readonly CampaignCell[],
  {
    metric = 'REVENUE' as CampaignMetric,
    covariate = 'NONE' as CampaignCovariate,
    costPerMessage = null as string | null,
  } = {},
) => campaignUplift({ ...CAMPAIGN, costPerMessage }, { cells }, { metric, covariate }, 'mail');

const rowOf = ({ groups }: Uplift, group: string) => groups.find((row) => row.group[0] === group)!;

describe('where groups differ', () => {
  const truth = [-1, -0.5, 0, 0, 0.5, 1, 1.5, 2];
  const uplift = upliftOf(cellsOf(truth, createRandom(31)));

  it('ranks them as they are, with TARGET and LEAVE_ALONE', () => {
    const errors = uplift.groups.map(({ group, shrunken }) => shrunken.value - truth[Number(group[0]!.slice(1))]!);
    expect(Math.max(...errors.map(Math.abs))).toBeLessThan(0.3);
    const values = uplift.groups.map(({ shrunken }) => shrunken.value);
    expect(values).toEqual(values.toSorted((a, b) => b - a));
    expect([0, 1, 5, 6, 7].map((i) => rowOf(uplift, `g${i}`).verdict)).toEqual([
      ...['LEAVE_ALONE', 'LEAVE_ALONE', 'TARGET', 'TARGET', 'TARGET'],
    ]);
  });

  it('sees how much they differ, and that this is no chance', () => {
    // The standard deviation of the truth is 1.02.
    expect(Math.abs(uplift.betweenGroups - 1.02)).toBeLessThan(0.25);
    expect(uplift.heterogeneityPValue).toBeLessThan(1e-6);
  });

  it('gains far more by going by the other half than by chance', () => {
    const { points, coefficient } = uplift.qini!;
    expect(points).toHaveLength(9);
    expect(points[0]).toEqual({ share: 0, gain: 0, random: 0 });
    expect(points.at(-1)!.share).toBe(1);
    expect(points.at(-1)!.gain).toBeCloseTo(points.at(-1)!.random, 12);
    expect(points.at(-1)!.gain).toBeCloseTo(0.44, 0);
    // By the truth: the five groups that gain give 5/8 against 3.5/8 of all eight.
    expect(Math.max(...points.map(({ gain }) => gain))).toBeGreaterThan(0.55);
    expect(coefficient).toBeGreaterThan(0.8);
  });
});

describe('where groups do not differ', () => {
  const random = createRandom(32);
  const runs = Array.from({ length: 40 }, () => upliftOf(cellsOf([1, 1, 1, 1, 1], random, 0, 200)));

  it('finds that they do not, mostly', () => {
    expect(runs.filter(({ betweenGroups }) => betweenGroups === 0).length).toBeGreaterThan(16);
    expect(runs.filter(({ heterogeneityPValue }) => heterogeneityPValue! < 0.05).length).toBeLessThan(7);
  });

  it('gains nothing by ranking them, on average', () => {
    const coefficients = runs.map(({ qini }) => qini!.coefficient!);
    const mean = coefficients.reduce((sum, each) => sum + each, 0) / runs.length;
    const variance = coefficients.reduce((sum, each) => sum + (each - mean) ** 2, 0) / (runs.length - 1);
    expect(Math.abs(mean)).toBeLessThan(4 * Math.sqrt(variance / runs.length));
    expect(Math.abs(mean)).toBeLessThan(0.1);
  });
});

describe('a group', () => {
  const random = createRandom(33);
  const customers = (mean: number, count = 1000) =>
    Array.from({ length: count }, () => [mean + random.normal(), 0] as const);
  const cells = [
    cellOf('mail', 'a', null, customers(2), 500),
    cellOf('none', 'a', null, customers(1)),
    cellOf('mail', 'b', null, customers(2.2), 1000),
    cellOf('none', 'b', null, customers(1)),
    cellOf('mail', 'c', null, customers(2, 1), 1),
    cellOf('none', 'c', null, customers(1, 30)),
    cellOf('mail', 'd', null, customers(2, 30), 30),
  ];

  it('with nobody to compare is believed to be like the others, less surely', () => {
    const uplift = upliftOf(cells);
    const width = ({ shrunken: { interval } }: Uplift['groups'][number]) => interval.high - interval.low;
    for (const group of ['c', 'd']) {
      expect(rowOf(uplift, group).measured).toBeNull();
      expect(rowOf(uplift, group).shrunken.value).toBeCloseTo(1.1, 0);
      expect(width(rowOf(uplift, group))).toBeGreaterThan(2 * width(rowOf(uplift, 'a')));
    }
    expect(rowOf(uplift, 'c').customers).toBe(31);
  });

  it('pays where it adds more than its messages cost, money only', () => {
    // Every second customer of a got one: 0.75 a customer; of b all did.
    const dear = upliftOf(cells, { costPerMessage: '1.5' });
    expect(rowOf(dear, 'a')).toMatchObject({ verdict: 'TARGET' });
    expect(rowOf(dear, 'b')).toMatchObject({ verdict: 'LEAVE_ALONE' });
    expect(rowOf(upliftOf(cells, { costPerMessage: '1.5', metric: 'ORDERS' }), 'b').verdict).toBe('TARGET');
    const unsent = cells.map((cell) => ({ ...cell, steps: { ...cell.steps, sent: 0 } }));
    expect(rowOf(upliftOf(unsent, { costPerMessage: '1.5' }), 'a').verdict).toBe('LEAVE_ALONE');
  });

  it('is null where the metric is unknown, and no curve where there are no halves', () => {
    expect(upliftOf(cells, { metric: 'CLV' })).toMatchObject({
      groups: [],
      qini: null,
      betweenGroups: 0,
      heterogeneityPValue: null,
    });
    expect(upliftOf(cells).qini).toBeNull();
  });

  it('is an error without a control group', () => {
    const alone = { ...CAMPAIGN, variants: [CAMPAIGN.variants[0]!] };
    expect(() => campaignUplift(alone, { cells }, { metric: 'REVENUE', covariate: 'NONE' }, 'mail')).toThrow(
      expect.objectContaining({ code: 'NO_CONTROL' }),
    );
  });
});

it('is sharper by a covariate, by the share that it explains', () => {
  const cells = cellsOf([0, 1, 2], createRandom(34), 0.75);
  const width = (covariate: CampaignCovariate) => {
    const { interval } = rowOf(upliftOf(cells, { covariate }), 'g0').measured!;
    return interval.high - interval.low;
  };
  expect(width('PRIOR_REVENUE') / width('NONE')).toBeCloseTo(0.5, 1);
});

describe('the Qini curve', () => {
  const group = (predicted: number, treated: [number, number], control: [number, number]) => ({
    predicted,
    treated: { customers: treated[0], sum: treated[1] },
    control: { customers: control[0], sum: control[1] },
  });

  it('walks down from the highest prediction, the control group scaled to the treated', () => {
    const found = qini([group(0.1, [100, 10], [50, 10]), group(0.5, [100, 50], [50, 5])]);
    // First 50/100 - 5/50 = 0.4 for half of the customers, then 60/200 - 15/100 = 0.15 for all.
    expect(
      found!.points.map(({ share, gain, random }) => [share, gain, random].map((each) => each.toFixed(6))),
    ).toEqual([
      ['0.000000', '0.000000', '0.000000'],
      ['0.500000', '0.200000', '0.075000'],
      ['1.000000', '0.150000', '0.150000'],
    ]);
    expect(found!.coefficient).toBeCloseTo((0.05 + 0.0875 - 0.075) / 0.075, 12);
  });

  it('takes groups with the same prediction at once, in whatever order', () => {
    const groups = [group(1, [10, 5], [10, 1]), group(1, [10, 2], [10, 3]), group(0, [10, 1], [10, 1])];
    expect(qini(groups)!.points).toHaveLength(3);
    expect(qini(groups.toReversed())).toEqual(qini(groups));
  });

  it('waits for somebody to compare with', () => {
    const points = qini([group(2, [10, 5], [0, 0]), group(1, [10, 2], [10, 3])])!.points;
    expect(points.map(({ share }) => share)).toEqual([0, 1]);
    expect(qini([group(2, [10, 5], [0, 0])])).toBeNull();
  });

  it('has no coefficient where there is no uplift to share out', () => {
    expect(qini([group(1, [10, 1], [10, 2])])!.coefficient).toBeNull();
  });
});

describe.skipIf(isMissing(HILLSTROM))('the Hillstrom experiment (skipped without the data set)', () => {
  const { cells } = hillstromCells(({ historySegment, channel }) => [historySegment, channel], true);

  it.each(figures)('has for $metric of $arm the uplifts and the curve of numpy', (expected) => {
    const uplift = campaignUplift(
      { costPerMessage: String(expected.cost), variants: VARIANTS },
      { cells },
      {
        metric: expected.metric === 'visit' ? 'CLICK' : 'REVENUE',
        covariate: expected.isAdjusted ? 'PRIOR_REVENUE' : 'NONE',
      },
      expected.arm,
    );
    expect(uplift.betweenGroups).toBeCloseTo(expected.betweenGroups, 4);
    expect(uplift.heterogeneityPValue).toBeCloseTo(expected.heterogeneityPValue, 4);
    expect(uplift.groups).toHaveLength(expected.groups.length);
    for (const { group, value, mean, low, high, above } of expected.groups) {
      const found = uplift.groups.find((row) => String(row.group) === String(group))!;
      expect(found.measured!.value).toBeCloseTo(value, 9);
      // What is left is the grid of standard deviations.
      for (const [is, should] of [
        [found.shrunken.value, mean],
        [found.shrunken.interval.low, low],
        [found.shrunken.interval.high, high],
      ] as const)
        expect(Math.abs(is - should) / (high - low)).toBeLessThan(1e-3);
      expect(Math.abs(found.probabilityPays - above)).toBeLessThan(1e-3);
    }
    const { points, coefficient } = uplift.qini!;
    expect(points.map(({ share }) => share.toFixed(9))).toEqual(expected.curve.map(([share]) => share!.toFixed(9)));
    for (const [i, { gain }] of points.entries()) expect(gain).toBeCloseTo(expected.curve[i]![1]!, 6);
    expect(coefficient).toBeCloseTo(expected.coefficient, 5);
  });
});
