import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';

import { assertPlacement, isControl, type PlacementRules } from '../../server/recommendations/placement.ts';

const OPEN: PlacementRules = {
  name: 'cart',
  kinds: null,
  categories: null,
  minimumPrice: null,
  maximumPrice: null,
  notBoughtWithinDays: null,
  mostPerCategory: null,
  fallback: 'TRENDING',
  controlShare: 0,
};

describe('the rules of a placement', () => {
  it.each<[Partial<PlacementRules>]>([
    [{}],
    [{ name: 'x'.repeat(60), kinds: ['UP_SELL'], categories: Array(50).fill('c'.repeat(200)) }],
    [{ minimumPrice: '0', maximumPrice: '9999999999.9999', notBoughtWithinDays: 3650, mostPerCategory: 24 }],
    [{ minimumPrice: '5.50', maximumPrice: '5.5', notBoughtWithinDays: 1, mostPerCategory: 1, controlShare: 1 }],
  ])('accept %o', (rules) => {
    expect(() => assertPlacement({ ...OPEN, ...rules })).not.toThrow();
  });

  it.each<[Partial<PlacementRules>, string, string]>([
    [{ name: '' }, 'BAD_NAME', 'name'],
    [{ name: 'x'.repeat(61) }, 'BAD_NAME', 'name'],
    [{ name: 'the cart' }, 'BAD_NAME', 'name'],
    [{ name: 'käse' }, 'BAD_NAME', 'name'],
    [{ name: 'cart\n' }, 'BAD_NAME', 'name'],
    [{ categories: Array(51).fill('c') }, 'BAD_CATEGORIES', 'categories'],
    [{ categories: ['c'.repeat(201)] }, 'BAD_CATEGORIES', 'categories'],
    [{ minimumPrice: '-1' }, 'BAD_PRICE', 'minimumPrice'],
    [{ maximumPrice: '10000000000' }, 'BAD_PRICE', 'maximumPrice'],
    [{ maximumPrice: '1.00001' }, 'BAD_PRICE', 'maximumPrice'],
    [{ minimumPrice: '5.01', maximumPrice: '5' }, 'BAD_PRICE', 'minimumPrice'],
    [{ notBoughtWithinDays: 0 }, 'BAD_COUNT', 'notBoughtWithinDays'],
    [{ notBoughtWithinDays: 3651 }, 'BAD_COUNT', 'notBoughtWithinDays'],
    [{ mostPerCategory: 0 }, 'BAD_COUNT', 'mostPerCategory'],
    [{ mostPerCategory: 25 }, 'BAD_COUNT', 'mostPerCategory'],
    [{ controlShare: -0.1 }, 'BAD_SHARE', 'controlShare'],
    [{ controlShare: 1.1 }, 'BAD_SHARE', 'controlShare'],
    [{ controlShare: Number.NaN }, 'BAD_SHARE', 'controlShare'],
  ])('refuse %o', (rules, code, field) => {
    expect(() => assertPlacement({ ...OPEN, ...rules })).toThrow(expect.objectContaining({ code, field: [field] }));
  });
});

describe('the control group', () => {
  const workspace = '6e0f6f0e-52f5-4a5f-9a63-7c8ba1d8fd4a';
  const customers = Array.from({ length: 2000 }, (_, n) => `customer ${n}`);
  const group = (controlShare: number, name = 'cart', of = workspace) =>
    customers.filter((id) => isControl(of, { ...OPEN, name, controlShare }, id));

  it.each([0.05, 0.1, 0.5, 0.9])('has a share of %f of 2,000 customers, within four standard deviations', (share) => {
    const deviation = Math.sqrt(2000 * share * (1 - share));
    expect(Math.abs(group(share).length - 2000 * share)).toBeLessThan(4 * deviation);
  });

  it('has nobody at a share of 0 and everybody at 1', () => {
    expect(group(0)).toEqual([]);
    expect(group(1)).toEqual(customers);
  });

  it('is the same each time, and keeps its members as its share grows', () => {
    const small = group(0.2);
    expect(group(0.2)).toEqual(small);
    expect(group(0.3)).toEqual(expect.arrayContaining(small));
  });

  it('is drawn anew for every placement and workspace', () => {
    const shared = (other: readonly string[]) => group(0.5).filter((id) => other.includes(id)).length;
    // 500 of about 1,000 are expected in both, standard deviation 16.
    for (const other of [group(0.5, 'mail'), group(0.5, 'cart', randomUUID())]) {
      expect(Math.abs(shared(other) - 500)).toBeLessThan(120);
    }
  });
});
