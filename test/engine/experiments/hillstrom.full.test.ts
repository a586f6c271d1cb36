import { describe, expect, it } from 'vitest';

import type { CampaignMetric } from '../../../server/domain/campaigns.ts';
import { campaignResults } from '../../../server/engine/experiments/campaign-results.ts';
import type { CountedResult, Lift } from '../../../server/engine/experiments/result-types.ts';
import type { ResultsRequest } from '../../../server/engine/experiments/types.ts';
import { isMissing } from '../../support/files.ts';
import { HILLSTROM, hillstromCells, VARIANTS } from '../../support/hillstrom.ts';
import { expectNear } from '../../support/near.ts';
import fixture from './fixtures/hillstrom.json' with { type: 'json' };

const CAMPAIGN = { control: 'VARIANT', costPerMessage: '0.1', variants: VARIANTS } as const;
const REQUEST: ResultsRequest = {
  ...{ metric: 'REVENUE', windowDays: 14, by: [], covariate: 'NONE', winsorizeAt: null, withClv: false },
};

/** The entries hillstrom.counts and hillstrom.rates of the reference figures: customers, visits, conversions, spend, and rates. */
const RATES: Readonly<Record<string, readonly number[]>> = {
  'Mens E-Mail': [21307, 3894, 267, 30311.69, 0.182757, 0.012531, 1.422617],
  'Womens E-Mail': [21387, 3238, 189, 23038.11, 0.1514, 0.008837, 1.077202],
  'No E-Mail': [21306, 2262, 122, 13908.33, 0.106167, 0.005726, 0.652789],
};
/** The entry hillstrom.overall, as published: mean spend, visits and conversions. */
const OVERALL = [1.05091, 0.14678, 0.00903];

const METRIC: Readonly<Record<string, CampaignMetric>> = { visit: 'CLICK', conversion: 'CONVERSION', spend: 'REVENUE' };

/** Sums of 64,000 squares, added up in another order. */
const ROUNDING = 1e-8;

interface Expected {
  readonly value: number;
  readonly low: number;
  readonly high: number;
  readonly pValue: number;
  readonly relative: number;
  readonly relativeLow: number | null;
  readonly relativeHigh: number | null;
}

function expectLift({ absolute, relative, pValue }: Lift, expected: Expected, tolerance = ROUNDING): void {
  const { low, high } = absolute.interval;
  expectNear([absolute.value, low, high], [expected.value, expected.low, expected.high], tolerance);
  // A small p-value is as uncertain as ten times its statistic.
  expectNear([pValue], [expected.pValue], 1e3 * tolerance);
  // Null where Fieller's interval is unbounded: the control group's mean may be 0.
  if (expected.relativeLow === null) expect(relative).toBeNull();
  else
    expectNear(
      [relative!.value, relative!.interval.low, relative!.interval.high],
      [expected.relative, expected.relativeLow, expected.relativeHigh!],
      tolerance,
    );
}

const arm = (name: string, variants: readonly CountedResult[]) => variants.find(({ variantId }) => variantId === name)!;

describe.skipIf(isMissing(HILLSTROM))('the Hillstrom experiment (skipped without the data set)', () => {
  const bySegment = hillstromCells(({ historySegment }) => [historySegment]);
  const resultsOf = (request: Partial<ResultsRequest>) =>
    campaignResults(CAMPAIGN, bySegment, { ...REQUEST, ...request }, 'USD');
  const results = resultsOf({});

  it('has the customers, visits, conversions and spend that were published', () => {
    for (const { variantId, customers, steps, orders, revenue, means } of results.variants) {
      const expected = RATES[variantId]!;
      expect([customers, steps.clicked.count, steps.converted.count, orders]).toEqual([
        ...expected.slice(0, 3),
        expected[2],
      ]);
      const measured = [revenue, means.CLICK!.value, means.CONVERSION!.value, means.REVENUE!.value];
      expectNear(measured, expected.slice(3), 1e-4);
    }
    for (const [i, metric] of (['REVENUE', 'CLICK', 'CONVERSION'] as const).entries()) {
      const total = results.variants.reduce((sum, { means, customers }) => sum + means[metric]!.value * customers, 0);
      expect(Math.abs(total / 64_000 - OVERALL[i]!)).toBeLessThan(5e-6);
    }
  });

  it('has the lifts, intervals and p-values of an independent computation, by arm and metric', () => {
    for (const [name, metrics] of Object.entries(fixture.lifts))
      for (const [metric, expected] of Object.entries(metrics))
        expectLift(arm(name, results.variants).lifts.find((lift) => lift.metric === METRIC[metric])!, expected);
  });

  it('has the uplift of each segment as an independent computation has it', () => {
    for (const metric of ['visit', 'spend'] as const) {
      const { groups } = resultsOf({ metric: METRIC[metric]!, by: ['GROUP'] });
      for (const [name, segments] of Object.entries(fixture.segments)) {
        expect(groups.map(({ group }) => group[0]).toSorted()).toEqual(Object.keys(segments));
        for (const { group, variants } of groups)
          expectLift(arm(name, variants).lift!, segments[group[0] as keyof typeof segments][metric]);
      }
    }
  });

  it('adjusts by what was spent before as an independent computation does', () => {
    for (const metric of ['visit', 'conversion', 'spend'] as const) {
      const { variants, covariate, varianceReduction } = resultsOf({
        metric: METRIC[metric]!,
        covariate: 'PRIOR_REVENUE',
      });
      expect(covariate).toBe('PRIOR_REVENUE');
      for (const [name, metrics] of Object.entries(fixture.cuped)) {
        const expected = metrics[metric];
        expectNear([varianceReduction], [expected.varianceReduction], 1e-6);
        // The degree of freedom that theta takes, one in 64,000.
        const { absolute } = arm(name, variants).lift!;
        expectNear([absolute.value], [expected.value], ROUNDING);
        expectNear([absolute.interval.low, absolute.interval.high], [expected.low, expected.high], 1.6e-5);
      }
    }
  });

  it('is split soundly, and the e-mails beat none', () => {
    expect(results.sampleRatio).toMatchObject({ isMismatch: false });
    expect(results.evidence).toBe('BETTER');
    expect(results.winnerId).toBe('Mens E-Mail');
    expect(results.evidenceText).toMatch(/^Mens E-Mail earns 0\.77 USD more .* 98%/);
  });

  it('separates the e-mails from none at every look, those for men by what is spent and both by visits', () => {
    const excludes = ({ alwaysValid }: Lift) => alwaysValid!.low > 0;
    const [mens, womens] = ['Mens E-Mail', 'Womens E-Mail'].map((name) => arm(name, results.variants).lifts);
    const [ofMens, ofWomens] = [mens!, womens!].map((lifts) =>
      lifts.filter(({ metric }) => metric === 'CLICK' || metric === 'REVENUE'),
    );
    expect(ofMens!.map(excludes)).toEqual([true, true]);
    expect(ofWomens!.map(excludes)).toEqual([true, false]);
  });
});
