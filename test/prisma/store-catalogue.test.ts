import { expect, it } from 'vitest';

import { type CatalogueProduct, PRODUCTS } from '../../prisma/store-catalogue.ts';
import { GOES_WITH, HOUSEHOLDS } from '../../prisma/store-tastes.ts';

const needs = new Map<string, CatalogueProduct[]>();
for (const product of PRODUCTS) needs.set(product.need, [...(needs.get(product.need) ?? []), product]);

it('has about a hundred products in nine categories, each with an id of its own', () => {
  expect(PRODUCTS.length).toBeGreaterThan(90);
  expect(PRODUCTS.length).toBeLessThan(125);
  expect(new Set(PRODUCTS.map(({ id }) => id)).size).toBe(PRODUCTS.length);
  expect(new Set(PRODUCTS.map(({ name }) => name)).size).toBe(PRODUCTS.length);
  expect(new Set(PRODUCTS.map(({ category }) => category)).size).toBe(9);
});

it('offers cheap and dear goods for every need, the dearest at least 1.2 times the cheapest', () => {
  for (const [need, goods] of needs) {
    if (need === 'wrapping') continue;
    const prices = goods.map(({ unitPrice }) => unitPrice);
    expect(prices).toEqual(prices.toSorted((a, b) => a - b));
    expect(prices.at(-1)! / prices[0]!, need).toBeGreaterThan(1.2);
    expect([goods[0]!.tier, goods.at(-1)!.tier]).toEqual([-1, 1]);
  }
});

it('keeps one pace and one category for a need, and a margin on everything', () => {
  for (const goods of needs.values()) {
    expect(new Set(goods.map(({ pace }) => pace)).size).toBe(1);
    expect(new Set(goods.map(({ category }) => category)).size).toBe(1);
  }
  for (const { unitPrice, unitCost } of PRODUCTS) expect(unitCost / unitPrice).toBeLessThan(0.7);
});

it('is out of stock of a few products, and never recommends gift card and carrier bag', () => {
  const names = (of: (product: CatalogueProduct) => boolean) => PRODUCTS.filter(of).map(({ name }) => name);
  expect(names(({ isSoldOut }) => isSoldOut)).toHaveLength(3);
  expect(names(({ isExcluded }) => isExcluded)).toEqual(['Gift card', 'Carrier bag, cotton']);
});

it('knows every need that a household wants or that goes with something', () => {
  const named = [...HOUSEHOLDS.map(({ wants }) => wants), GOES_WITH, ...Object.values(GOES_WITH)].flatMap(Object.keys);
  expect(named.filter((need) => !needs.has(need))).toEqual([]);
  expect(HOUSEHOLDS.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1);
});
