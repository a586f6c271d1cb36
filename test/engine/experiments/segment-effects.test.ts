import { expect, it } from 'vitest';

import { segmentEffects } from '../../../server/engine/experiments/segment-effects.ts';
import type { CampaignCell } from '../../../server/engine/experiments/types.ts';

const variant = (id: string, isControl = false) => ({ id, name: id, weight: 1, isControl });
const campaign = { variants: [variant('none', true), variant('mail')], costPerMessage: '0.5' };
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

const CELLS = [
  cell('none', 'LOYAL', [0, 2, 4]),
  cell('mail', 'LOYAL', [3, 5], 1),
  cell('none', 'NEW', [1, 1]),
  cell('mail', 'NEW', [9], 1),
  cell('mail', null, [7, 7], 2),
];

it('tells what a customer of each segment added over the control group, and at what cost', () => {
  const effects = segmentEffects(campaign, counted(CELLS));
  expect(effects).toEqual([
    {
      ...{ variantId: 'mail', segment: null, customers: 5, controls: 5, cost: 0.4 },
      margin: expect.closeTo(31 / 5 - 8 / 5, 12),
      variance: expect.closeTo(5.2 / 5 + 2.3 / 5, 12),
    },
    {
      ...{ variantId: 'mail', segment: 'LOYAL', customers: 2, controls: 3, cost: 0.25 },
      margin: expect.closeTo(2, 12),
      variance: expect.closeTo(2 / 2 + 4 / 3, 12),
    },
  ]);
});

it('costs nothing where no cost of a message is known', () => {
  const effects = segmentEffects({ ...campaign, costPerMessage: null }, counted(CELLS));
  expect(effects.map(({ cost }) => cost)).toEqual([0, 0]);
});

it('learns nothing of a broken split, nor without a control group', () => {
  expect(segmentEffects(campaign, counted(CELLS, { none: 900 }))).toEqual([]);
  expect(segmentEffects({ ...campaign, variants: [variant('none'), variant('mail')] }, counted(CELLS))).toEqual([]);
});
