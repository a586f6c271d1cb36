import { describe, expect, it } from 'vitest';

import {
  choiceComplaint,
  dueOf,
  figuresOf,
  lackOf,
  parseKinds,
  type RecommendationList,
  recommendationVariables,
} from '../../widgets/recommendations/recommendations.data.ts';

import { recommendationsAnswer } from './stub-server.ts';

const answer = (changes: Partial<RecommendationList> = {}) => recommendationsAnswer({ externalId: 'C-1' }, changes);
const list = () => answer().customer!.recommendations!;

describe('variables', () => {
  it('ask for nothing while no customer is chosen', () => {
    expect(recommendationVariables({ first: 5 })).toBeNull();
    expect(recommendationVariables({ first: 5, customer: '' })).toBeNull();
  });

  it('leave kinds and placement open where none is named', () => {
    const open = { id: null, externalId: 'a', kinds: null, first: 5, placement: null };
    expect(recommendationVariables({ customer: 'a', first: 5 })).toEqual(open);
    expect(recommendationVariables({ customer: 'a', first: 5, kinds: [], placement: '' })).toEqual(open);
  });

  it('hand on kinds and placement', () => {
    const chosen = { customer: 'a', kinds: ['UP_SELL' as const], first: 3, placement: 'checkout' };
    const { customer: externalId, ...rest } = chosen;
    expect(recommendationVariables(chosen)).toEqual({ id: null, externalId, ...rest });
  });

  it('name the customer by the id that the API gave, or by the shop’s own', () => {
    const idsOf = (customer: string) => {
      const { id, externalId } = recommendationVariables({ customer, first: 5 })!;
      return [id, externalId];
    };
    const given = btoa('Customer:6f0c');
    expect(idsOf(given)).toEqual([given, null]);
    for (const own of ['C-1', '1042', 'anna@shop.example', btoa('Product:6f0c')])
      expect(idsOf(own)).toEqual([null, own]);
  });
});

it('takes 1 to 24 whole rows, and says so of any other number', () => {
  const accepts = (first: number | string) => choiceComplaint({ first }) === undefined;
  expect([1, '7', 24].filter(accepts)).toEqual([1, '7', 24]);
  expect([-1, 0, 7.9, '25', 'many'].filter(accepts)).toEqual([]);
  expect(choiceComplaint({ first: '25' })).toEqual({ attribute: 'first', value: '25', accepted: ['1–24'] });
});

it('reads kinds from an attribute, and does not take a name that is no kind for no choice', () => {
  expect(parseKinds('cross-sell, REPLENISH\n up_sell')).toEqual(['CROSS_SELL', 'REPLENISH', 'UP_SELL']);
  expect(choiceComplaint({ kinds: parseKinds('cross-sell'), first: 5 })).toBeUndefined();
  expect(choiceComplaint({ first: 5 })).toBeUndefined();
  expect(choiceComplaint({ kinds: parseKinds('trending gifts'), first: 5 })).toEqual({
    attribute: 'kinds',
    value: 'gifts',
    accepted: ['cross-sell', 'up-sell', 'replenish', 'trending'],
  });
});

it('distinguishes an unknown customer, no published recommendations and an empty list', () => {
  const unpublished = { customer: { ...answer().customer!, recommendations: null } };
  expect([{ customer: null }, unpublished, answer({ nodes: [] }), answer()].map(lackOf)).toEqual([
    'customer',
    'run',
    'recommendations',
    undefined,
  ]);
});

describe('figures', () => {
  it('are shown where any recommendation has one, in units that suit the largest margin', () => {
    expect(figuresOf(list())).toEqual({ hasChance: true, hasMargin: true, largestMargin: 2.1 });
  });

  it('tell an absent margin apart from one of nothing', () => {
    const [first] = list().nodes;
    const nothing = { ...first!, probability: 0, expectedMargin: { amount: '0.00', currency: 'EUR' } };
    expect(figuresOf({ ...list(), nodes: [nothing] })).toEqual({
      hasChance: true,
      hasMargin: true,
      largestMargin: 0,
    });
    const unknown = { ...first!, probability: null, expectedMargin: null };
    expect(figuresOf({ ...list(), nodes: [unknown] })).toMatchObject({ hasChance: false, hasMargin: false });
  });
});

it('takes a product for overdue from the day after it was expected', () => {
  const [first] = list().nodes;
  const due = (expectedOn: string | null) => dueOf({ ...first!, expectedOn }, '2026-10-31');
  expect(due('2026-10-30')).toEqual({ daysAgo: 1 });
  expect(due('2025-10-31')).toEqual({ daysAgo: 365 });
  expect(due('2026-10-31')).toEqual({ on: '2026-10-31' });
  expect(due('2026-11-12')).toEqual({ on: '2026-11-12' });
  expect(due(null)).toBeUndefined();
});
