import { describe, expect, it } from 'vitest';

import type { Segment } from '../../../server/domain/segments.ts';
import { NEXT_BEST_DEFAULTS, nextBest } from '../../../server/engine/experiments/next-best.ts';
import type { CustomerTraits, PastEffect, SegmentCounts } from '../../../server/engine/experiments/next-best-types.ts';
import { proposalFor } from '../../../server/engine/experiments/proposal.ts';

const segment = (name: Segment, more: Partial<SegmentCounts> = {}): SegmentCounts => ({
  ...{ segment: name, customers: 1000, clv: 50, replenishmentDue: 300, crossSell: 700 },
  ...more,
});
const customer = (name: Segment, more: Partial<CustomerTraits> = {}): CustomerTraits => ({
  ...{ segment: name, churn90: 0.2, orderDays: 5, hasReplenishmentDue: false, hasCrossSell: false, clv12: 50 },
  ...more,
});
const effect = (kind: PastEffect['kind'], name: Segment, margin: number): PastEffect => ({
  ...{ campaign: 'Spring', variantId: kind, kind, channel: 'EMAIL', segment: name, customers: 5000, controls: 5000 },
  ...{ margin, variance: 0.01, cost: 0.5 },
});
const planOf = (effects: readonly PastEffect[], ...segments: SegmentCounts[]) =>
  nextBest({ ...NEXT_BEST_DEFAULTS, effects, segments }).rows;

describe('before there are experiments', () => {
  const plan = planOf([], segment('LOYAL'), segment('AT_RISK'), segment('NEW'), segment('LOST'));

  it.each<[string, CustomerTraits, string]>([
    ['what is due', customer('LOYAL', { hasReplenishmentDue: true, hasCrossSell: true }), 'REPLENISHMENT'],
    ['what goes with what was bought', customer('LOYAL', { hasCrossSell: true }), 'CROSS_SELL'],
    ['loyalty to the loyal', customer('LOYAL'), 'LOYALTY'],
    ['to win back who is likely gone', customer('AT_RISK', { churn90: 0.8 }), 'WIN_BACK'],
    ['to win back at risk where churn is not known', customer('AT_RISK', { churn90: null }), 'WIN_BACK'],
    ['cross-sell where winning back is early', customer('AT_RISK', { hasCrossSell: true }), 'CROSS_SELL'],
    ['nothing where nothing suits', customer('AT_RISK'), 'DO_NOTHING'],
    ['a second order to those with one', customer('NEW', { orderDays: 1 }), 'REPEAT_PURCHASE'],
    ['no second order to those with two', customer('NEW', { orderDays: 2 }), 'DO_NOTHING'],
    ['nothing to the lost', customer('LOST', { churn90: 1, hasCrossSell: true }), 'DO_NOTHING'],
    ['nothing where nothing is planned', customer('CHAMPION'), 'DO_NOTHING'],
  ])('proposes %s', (_what, facts, kind) => {
    const proposal = proposalFor(facts, plan);
    expect(proposal.kind).toBe(kind);
    expect(proposal.evidence).toBe(kind === 'DO_NOTHING' ? null : 'UNTESTED');
    expect(proposal.expectedNetValue?.value ?? null).toBe(kind === 'DO_NOTHING' ? 0 : null);
    expect(proposal.reason).toMatch(/^[A-Z].*\.$/);
  });
});

it('puts nothing before a campaign for one customer of rounding only', () => {
  const facts = segment('CHAMPION', { customers: 1001, replenishmentDue: 0, crossSell: 0 });
  const plan = planOf([], facts);
  expect(plan.map(({ customers }) => customers).sort()).toEqual([500, 501]);
  expect(proposalFor(customer('CHAMPION'), plan).kind).toBe('LOYALTY');
  const swapped = plan.map((row) => ({ ...row, customers: 1001 - row.customers }));
  expect(proposalFor(customer('CHAMPION'), swapped).kind).toBe('LOYALTY');
});

describe('with experiments', () => {
  it('proposes what most of those get who can get it, and else the next', () => {
    const plan = planOf([effect('CROSS_SELL', 'LOYAL', 4), effect('SEASONAL', 'LOYAL', 2)], segment('LOYAL'));
    expect(proposalFor(customer('LOYAL', { hasCrossSell: true }), plan).kind).toBe('CROSS_SELL');
    expect(proposalFor(customer('LOYAL'), plan)).toMatchObject({ kind: 'SEASONAL', evidence: 'TESTED' });
    expect(proposalFor(customer('LOYAL'), plan).reason).toContain('Spring');
  });

  it('proposes nothing where what was tested is harmful', () => {
    const plan = planOf([effect('SEASONAL', 'LOYAL', -2)], segment('LOYAL', { replenishmentDue: 0, crossSell: 0 }));
    expect(proposalFor(customer('LOYAL'), plan).kind).toBe('DO_NOTHING');
  });

  it('leaves alone who is expected to be worth less in a year than the message costs', () => {
    const plan = planOf([effect('SEASONAL', 'LOYAL', 2)], segment('LOYAL'));
    expect(proposalFor(customer('LOYAL', { clv12: 0.4 }), plan).kind).toBe('DO_NOTHING');
    expect(proposalFor(customer('LOYAL', { clv12: null }), plan).kind).toBe('SEASONAL');
  });
});
