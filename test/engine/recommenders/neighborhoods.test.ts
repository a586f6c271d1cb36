import { expect, it } from 'vitest';

import { userItems } from '../../../server/engine/recommenders/interactions.ts';
import { neighborsOf } from '../../../server/engine/recommenders/item-knn.ts';
import { boughtTogether, similarItems } from '../../../server/engine/recommenders/neighborhoods.ts';
import { transpose } from '../../../server/engine/recommenders/sparse.ts';
import { shopOf } from '../../support/interactions.ts';

/** Two buy 0 and 1 on one day, a third on two days; a fourth buys 2. */
const SHOP = shopOf(
  [
    [
      [0, 5],
      [1, 5],
    ],
    [
      [0, 3],
      [1, 3],
    ],
    [
      [0, 9],
      [1, 2],
    ],
    [[2, 4]],
  ],
  3,
);

it('returns what is bought in the same basket, with the customers who bought both at any time and the lift', () => {
  const rows = boughtTogether(SHOP, 5).filter(({ item }) => item === 0);
  // Two baskets of both of three with each: 2 / (sqrt(3) sqrt(3) + 5).
  expect(rows).toEqual([{ item: 0, neighbor: 1, score: expect.closeTo(2 / 8, 6), customers: 3, lift: 4 / 3 }]);
});

it('returns what is bought by the same customers, be it on other days', () => {
  const users = userItems(SHOP);
  const nearest = neighborsOf(users, transpose(users), 0, 3, { neighbors: 5, shrink: 0 });
  const rows = similarItems(SHOP, nearest, 5);
  expect(rows).toEqual([
    { item: 0, neighbor: 1, score: 1, customers: 3, lift: 4 / 3 },
    { item: 1, neighbor: 0, score: 1, customers: 3, lift: 4 / 3 },
  ]);
});

it('does not count who only looked', () => {
  const looked = shopOf(
    [
      [[0], [1]],
      [[0], [1, 0, 0.1]],
    ],
    2,
  );
  expect(boughtTogether(looked, 5).map(({ customers }) => customers)).toEqual([1, 1]);
});
