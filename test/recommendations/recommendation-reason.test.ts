import { describe, expect, it } from 'vitest';

import { type Grounds, listReason, reasonText } from '../../server/recommendations/recommendation-reason.ts';

const named = (name: string) => ({ externalId: `id of ${name}`, name, category: null });

const BARE: Grounds = {
  kind: 'CROSS_SELL',
  product: named('Oolong'),
  because: [],
  boughtBoth: null,
  usualGapDays: null,
  daysSinceLastBought: null,
  priceRatio: null,
  country: '',
};

describe('why something goes with what was bought', () => {
  it.each<[string, Partial<Grounds>]>([
    ['because you bought Teapot: 41 customers bought both', { because: [named('Teapot')], boughtBoth: 41 }],
    // Customers are counted with the first product alone.
    [
      'because you bought Teapot and Green tea: 1,204 customers bought this and Teapot',
      { because: [named('Teapot'), named('Green tea')], boughtBoth: 1204 },
    ],
    [
      'because you bought A, B and C: 1 customer bought this and A',
      { because: ['A', 'B', 'C', 'D'].map(named), boughtBoth: 1 },
    ],
    ['because you looked at Teapot', { because: [named('Teapot')] }],
    ['because you looked at sku-1', { because: [{ externalId: 'sku-1', name: null, category: null }] }],
    ['goes with what was bought before', { boughtBoth: 3 }],
  ])('is told as "%s"', (text, grounds) => {
    expect(reasonText({ ...BARE, ...grounds })).toBe(text);
  });
});

describe('why something is due again', () => {
  it.each<[string, Partial<Grounds>]>([
    ['usually bought again after 34 days, last bought 31 days ago', { usualGapDays: 33.6, daysSinceLastBought: 31 }],
    ['usually bought again after 1 day, last bought 1 day ago', { usualGapDays: 1.2, daysSinceLastBought: 1 }],
    ['usually bought again after 7 days', { usualGapDays: 7 }],
    ['bought before, last bought 0 days ago', { daysSinceLastBought: 0 }],
  ])('is told as "%s"', (text, grounds) => {
    expect(reasonText({ ...BARE, kind: 'REPLENISH', ...grounds })).toBe(text);
  });
});

describe('why something is a step up', () => {
  const tea = { ...named('Oolong'), category: 'Tea' };
  it.each<[string, Partial<Grounds>]>([
    [
      'a step up from Green tea: 1.4 times what they usually pay in Tea',
      { product: tea, because: [named('Green tea')], priceRatio: 1.42 },
    ],
    ['a step up: 2.0 times what they usually pay', { priceRatio: 2 }],
    ['a step up from Green tea', { product: tea, because: [named('Green tea')] }],
  ])('is told as "%s"', (text, grounds) => {
    expect(reasonText({ ...BARE, kind: 'UP_SELL', ...grounds })).toBe(text);
  });
});

it('says where a trending product sells', () => {
  expect(reasonText({ ...BARE, kind: 'TRENDING', country: 'DE' })).toBe('among the best-selling products in DE');
  expect(reasonText({ ...BARE, kind: 'TRENDING' })).toBe('among the best-selling products');
});

it('says why a list is not the customer’s own, and what it is instead', () => {
  expect(listReason('NO_PURCHASES', 'DE')).toBe('no purchases yet: these are the best-selling products in DE');
  expect(listReason('CONTROL', '')).toBe('control group of this placement: these are the best-selling products');
  expect(listReason('NO_KIND', null)).toBe('no products of these kinds: the list is empty');
});
