import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import {
  type Filterable,
  firstPassing,
  type ListFilter,
  readFirst,
} from '../../server/recommendations/recommendation-filter.ts';

const OPEN: ListFilter = {
  categories: null,
  minimumPrice: null,
  maximumPrice: null,
  notBoughtWithinDays: null,
  mostPerCategory: null,
};

const maybe = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: null });
const category = fc.constantFrom('Tea', 'Ware', 'Odd');
const price = fc.integer({ min: 0, max: 20 });
const item: fc.Arbitrary<Filterable> = fc.record({
  category: maybe(category),
  price: maybe(price),
  daysSinceLastBought: maybe(fc.integer({ min: -5, max: 60 })),
});
const filter: fc.Arbitrary<ListFilter> = fc.record({
  categories: maybe(fc.uniqueArray(category, { minLength: 1 })),
  minimumPrice: maybe(price),
  maximumPrice: maybe(price),
  notBoughtWithinDays: maybe(fc.integer({ min: 1, max: 60 })),
  mostPerCategory: maybe(fc.integer({ min: 1, max: 3 })),
});

const itself = (item: Filterable) => item;

describe('a filtered list', () => {
  it('has nothing that the filter does not let pass, in the order it had', () => {
    fc.assert(
      fc.property(fc.array(item), filter, fc.integer({ min: 1, max: 24 }), (items, filter, first) => {
        const list = firstPassing(items, filter, first, itself);
        expect(list.length).toBeLessThanOrEqual(first);
        expect(list).toEqual(items.filter((item) => list.includes(item)));
        for (const { category, price, daysSinceLastBought } of list) {
          if (filter.categories !== null) expect(filter.categories).toContain(category);
          if (filter.minimumPrice !== null) expect(price).toBeGreaterThanOrEqual(filter.minimumPrice);
          if (filter.maximumPrice !== null) expect(price).toBeLessThanOrEqual(filter.maximumPrice);
          if (filter.notBoughtWithinDays !== null && daysSinceLastBought !== null)
            expect(daysSinceLastBought).toBeGreaterThan(filter.notBoughtWithinDays);
        }
        for (const name of ['Tea', 'Ware', 'Odd']) {
          const count = list.filter(({ category }) => category === name).length;
          expect(count).toBeLessThanOrEqual(filter.mostPerCategory ?? items.length);
        }
      }),
    );
  });

  it('leaves out nothing else', () => {
    fc.assert(
      fc.property(fc.array(item, { maxLength: 24 }), filter, (items, filter) => {
        const uncapped = firstPassing(items, { ...filter, mostPerCategory: null }, 24, itself);
        const alone = items.filter((item) => firstPassing([item], filter, 1, itself).length === 1);
        expect(uncapped).toEqual(alone);
        expect(firstPassing(items, OPEN, 24, itself)).toEqual(items);
      }),
    );
  });

  it('does not count products without a category against each other', () => {
    const bare = { category: null, price: 1, daysSinceLastBought: null };
    expect(firstPassing([bare, bare, bare], { ...OPEN, mostPerCategory: 1 }, 24, itself)).toHaveLength(3);
  });
});

it('is five rows long by default, and 24 at most', () => {
  expect([undefined, null, 1, 24].map(readFirst)).toEqual([5, 5, 1, 24]);
  for (const first of [0, 25, -1]) expect(() => readFirst(first)).toThrow(`must be 1 to 24, got ${first}`);
});
