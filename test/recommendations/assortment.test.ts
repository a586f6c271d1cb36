import { expect, it } from 'vitest';
import { assortmentOf } from '../../server/recommendations/assortment.ts';
import type { SoldProduct } from '../../server/recommendations/data/interactions.ts';

/** Sold on ten order days, two at a time for 5 each, costs unknown. */
const sold = (known: Partial<SoldProduct> = {}): SoldProduct => ({
  id: '',
  category: null,
  price: null,
  unitCost: null,
  isOpen: true,
  revenue: 100,
  quantity: 20,
  purchases: 10,
  costedRevenue: 0,
  cost: 0,
  buyers: 8,
  repeatBuyers: 2,
  ...known,
});

const UNSOLD = { revenue: 0, quantity: 0, purchases: 0, buyers: 0, repeatBuyers: 0 };

const marginsOf = (...products: SoldProduct[]) => [...assortmentOf(products).margin];

it('takes the price of the catalogue before what was paid', () =>
  expect([...assortmentOf([sold(), sold({ price: 7 }), sold(UNSOLD)]).price]).toEqual([5, 7, Number.NaN]));

it('takes costs of order lines before those of the catalogue', () =>
  expect(marginsOf(sold({ costedRevenue: 50, cost: 20, unitCost: 4 }), sold({ unitCost: 4 }))).toEqual([
    expect.closeTo(6, 12),
    expect.closeTo(2, 12),
  ]));

it('knows no margin where no cost is known', () =>
  expect(marginsOf(sold(), sold({ price: 7 }))).toEqual([Number.NaN, Number.NaN]));

it('gives every product a margin where some cost is known, also one that is free or has no price', () => {
  const margins = marginsOf(sold({ unitCost: 3 }), sold(), sold(UNSOLD), sold({ price: 0, unitCost: 1, revenue: 0 }));
  expect(margins).toEqual([4, 4, 0.4 * (200 / 30), 0].map((margin) => expect.closeTo(margin, 12)));
});

it('numbers categories, and those of unknown category not', () =>
  expect([
    ...assortmentOf([sold({ category: 'Tea' }), sold(), sold({ category: 'Ware' }), sold({ category: 'Tea' })])
      .category,
  ]).toEqual([0, -1, 1, 0]));
