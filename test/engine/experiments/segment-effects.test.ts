import { describe, expect, it } from 'vitest';

import { campaignResults } from '../../../server/engine/experiments/campaign-results.ts';
import { segmentEffects } from '../../../server/engine/experiments/segment-effects.ts';
import type { CampaignCell, ResultsRequest } from '../../../server/engine/experiments/types.ts';

const variant = (id: string, isControl = false) => ({ id, name: id, weight: 1, isControl });
const campaign = {
  control: 'VARIANT',
  costPerMessage: '0.5',
  variants: [variant('none', true), variant('mail')],
} as const;

const REQUEST: ResultsRequest = {
  ...{ metric: 'MARGIN', windowDays: 14, by: [], covariate: 'NONE', winsorizeAt: null, withClv: false },
};
const NONE = { sum: 0, squares: 0, products: 0 };

/** Customers with these margins and nothing known from before. */
function cell(variantId: string, segment: string | null, margins: readonly number[], sent = 0): CampaignCell {
  const sums = {
    sum: margins.reduce((sum, each) => sum + each, 0),
    squares: margins.reduce((sum, each) => sum + each ** 2, 0),
    products: 0,
  };
  const steps = { delivered: 0, opened: 0, clicked: 0, converted: 0, unsubscribed: 0, bounced: 0, complained: 0 };
  return {
    ...{ variantId, group: [segment], half: null, customers: margins.length, steps: { sent, ...steps } },
    covariate: { sum: 0, squares: 0 },
    metrics: { CLICK: NONE, CONVERSION: NONE, ORDERS: NONE, REVENUE: NONE, MARGIN: sums, CLV: null },
  };
}

const counted = (cells: readonly CampaignCell[], assigned: Readonly<Record<string, number>> = {}) => ({
  cells,
  counts: campaign.variants.map(({ id }) => ({
    ...{ variantId: id, open: 0, contaminated: 0, convertedBeforeSend: 0 },
    assigned: assigned[id] ?? 100,
  })),
});

const repeated = (margins: readonly number[], times: number) => Array.from({ length: times }, () => margins).flat();

const CELLS = [
  cell('none', 'LOYAL', repeated([0, 2, 4], 50)),
  cell('mail', 'LOYAL', repeated([3, 5], 50), 50),
  cell('none', 'NEW', repeated([1], 50)),
  cell('mail', 'NEW', [9], 1),
  cell('mail', null, [7, 7], 2),
];

/** Squared standard error of the mean of customers with this sum and sum of squares. */
const squaredError = (n: number, sum: number, squares: number) => (squares - sum ** 2 / n) / (n - 1) / n;

it('returns what a customer of each segment added over the control group, and at what cost', () => {
  const effects = segmentEffects(campaign, counted(CELLS));
  expect(effects).toEqual([
    {
      ...{ variantId: 'mail', segment: null, customers: 103, controls: 200 },
      cost: expect.closeTo((0.5 * 53) / 103, 12),
      margin: expect.closeTo(423 / 103 - 350 / 200, 12),
      variance: expect.closeTo(squaredError(103, 423, 1879) + squaredError(200, 350, 1050), 12),
    },
    {
      ...{ variantId: 'mail', segment: 'LOYAL', customers: 100, controls: 150, cost: 0.25 },
      margin: expect.closeTo(2, 12),
      variance: expect.closeTo(squaredError(100, 400, 1700) + squaredError(150, 300, 1000), 12),
    },
  ]);
});

it('costs nothing where no cost of a message is known', () => {
  const effects = segmentEffects({ ...campaign, costPerMessage: null }, counted(CELLS));
  expect(effects.map(({ cost }) => cost)).toEqual([0, 0]);
});

describe('learns from just the campaigns that are compared in their own results', () => {
  const sized = (mail: number, none: number) => [
    cell('mail', 'LOYAL', repeated([3, 5], mail / 2)),
    cell('none', 'LOYAL', repeated([0, 2], none / 2)),
  ];

  it.each([
    ['NO_DATA', campaign, counted([])],
    ['NOT_CAUSAL', { ...campaign, variants: [variant('none'), variant('mail')] }, counted(sized(100, 100))],
    ['NOT_CAUSAL', { ...campaign, control: 'NONE' } as const, counted(sized(100, 100))],
    ['SAMPLE_RATIO_MISMATCH', campaign, counted(sized(100, 100), { none: 900 })],
    ['TOO_EARLY', campaign, counted(sized(98, 100))],
    ['TOO_EARLY', campaign, counted(sized(100, 98))],
    ['BETTER', campaign, counted(sized(100, 100))],
  ])('%s', (evidence, tested, known) => {
    const cells = { ...known, observedUntil: null, knownCostShare: null, cutAt: null };
    expect(campaignResults(tested, cells, REQUEST, 'EUR').evidence).toBe(evidence);
    expect(segmentEffects(tested, known)).toHaveLength(evidence === 'BETTER' ? 2 : 0);
  });
});
