import { describe, expect, it } from 'vitest';

import type { CampaignMetric } from '../../server/domain/campaigns.ts';
import { campaignResults } from '../../server/experiments/campaign-results.ts';
import type { Lift, VariantResult } from '../../server/experiments/result-types.ts';
import type { ResultsRequest } from '../../server/experiments/types.ts';
import { isMissing } from '../support/files.ts';
import { ARMS, HILLSTROM, hillstromCells, VARIANTS } from '../support/hillstrom.ts';
import { expectNear } from '../support/near.ts';
import fixture from './fixtures/hillstrom.json' with { type: 'json' };

const CAMPAIGN = { control: 'VARIANT', costPerMessage: '0.1', variants: VARIANTS } as const;
const REQUEST: ResultsRequest = {
  ...{ metric: 'REVENUE', windowDays: 14, by: [], covariate: 'NONE', winsorizeAt: null, withClv: false },
};

/** Published and counted: hillstrom.counts, hillstrom.rates and hillstrom.overall of the reference figures. */
const RATES: Readonly<Record<string, readonly number[]>> = {
  'Mens E-Mail': [21307, 3894, 267, 30311.69, 0.182757, 0.012531, 1.422617],
  'Womens E-Mail': [21387, 3238, 189, 23038.11, 0.1514, 0.008837, 1.077202],
  'No E-Mail': [21306, 2262, 122, 13908.33, 0.106167, 0.005726, 0.652789],
};

const METRIC: Readonly<Record<string, CampaignMetric>> = { visit: 'CLICK', conversion: 'CONVERSION', spend: 'REVENUE' };

interface Expected {
  readonly value: number;
  readonly low: number;
  readonly high: number;
  readonly relative: number;
  readonly relativeLow: number | null;
  readonly relativeHigh: number | null;
}

function expectLift({ absolute, relative }: Lift, expected: Expected): void {
  // Student's quantile of 40,000 degrees is 1e-5 above the normal one of the fixture.
  expectNear([absolute.value], [expected.value], 1e-8);
  expectNear([absolute.interval.low, absolute.interval.high], [expected.low, expected.high], 3e-4);
  expectNear([relative!.value], [expected.relative], 1e-8);
  if (expected.relativeLow === null || expected.relativeHigh === null) expect(relative!.interval).toBe(null);
  else {
    expectNear(
      [relative!.interval!.low, relative!.interval!.high],
      [expected.relativeLow, expected.relativeHigh],
      3e-4,
    );
  }
}

describe.skipIf(isMissing(HILLSTROM))('the Hillstrom experiment (skipped without the data set)', () => {
  const results = campaignResults(CAMPAIGN, hillstromCells(), REQUEST, 'USD');
  const arm = (name: string, variants: readonly VariantResult[] = results.variants) =>
    variants.find(({ variantId }) => variantId === name)!;

  it('has the customers, visits, conversions and spend that were published', () => {
    for (const [name, expected] of Object.entries(RATES)) {
      const { customers, steps, orders, revenue, means } = arm(name);
      expect([customers, steps.clicked.count, orders]).toEqual(expected.slice(0, 3));
      expectNear([revenue], [expected[3]!], 1e-9);
      expectNear([means.CLICK!.value, means.CONVERSION!.value, means.REVENUE!.value], expected.slice(4), 1e-4);
    }
    const overall = ['CLICK', 'CONVERSION', 'REVENUE'].map((metric) =>
      results.variants.reduce((sum, row) => sum + row.means[metric as CampaignMetric]!.value * row.customers, 0),
    );
    expectNear(
      overall.map((sum) => sum / 64_000),
      [0.14678, 0.00903, 1.05091],
      5e-4,
    );
  });

  it('has the lifts and intervals of an independent computation, per arm and metric', () => {
    for (const [name, expected] of Object.entries(fixture.lifts))
      for (const [metric, figures] of Object.entries(expected))
        expectLift(arm(name).lifts.find((lift) => lift.metric === METRIC[metric])!, figures);
  });

  it('has the uplift of each segment as an independent computation has it', () => {
    const bySegment = campaignResults(
      CAMPAIGN,
      hillstromCells(({ historySegment }) => [historySegment]),
      { ...REQUEST, metric: 'CLICK', by: ['GROUP'] },
      'USD',
    );
    expect(bySegment.groups).toHaveLength(7);
    for (const [name, segments] of Object.entries(fixture.segments))
      for (const [segment, expected] of Object.entries(segments)) {
        const group = bySegment.groups.find((each) => each.group[0] === segment)!;
        expectLift(arm(name, group.variants).lift!, expected);
      }
    // What is split is still the whole.
    expect(bySegment.variants.map(({ customers }) => customers)).toEqual(ARMS.map((name) => RATES[name]![0]));
  });

  it('adjusts spend by what was spent before as an independent computation does', () => {
    const adjusted = campaignResults(CAMPAIGN, hillstromCells(), { ...REQUEST, covariate: 'PRIOR_REVENUE' }, 'USD');
    expect(adjusted.covariate).toBe('PRIOR_REVENUE');
    for (const [name, expected] of Object.entries(fixture.cuped)) {
      const { absolute } = arm(name, adjusted.variants).lift!;
      expectNear([absolute.value], [expected.value], 1e-6);
      expectNear([absolute.interval.low, absolute.interval.high], [expected.low, expected.high], 3e-4);
    }
  });

  it('is split soundly, and the e-mails beat none', () => {
    expect(results.sampleRatio).toMatchObject({ isMismatch: false });
    expect(results.evidence).toBe('BETTER');
    expect(results.winnerId).toBe('Mens E-Mail');
    expect(results.evidenceText).toBe(
      'Mens E-Mail earns 0.77 USD more per customer than the control group (95% interval 0.49 to 1.05), and is the best of all with a probability of 98%.',
    );
    expect(arm('Mens E-Mail').probabilityBest).toBeGreaterThan(0.95);
    expect(arm('No E-Mail').expectedLoss).toBeCloseTo(0.77, 1);
  });
});
