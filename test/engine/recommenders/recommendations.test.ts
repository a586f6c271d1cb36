import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import type { Blend } from '../../../server/engine/recommenders/evaluation/blend.ts';
import { historyOf, type Interactions, interactionsOf } from '../../../server/engine/recommenders/interactions.ts';
import { itemKnn } from '../../../server/engine/recommenders/item-knn.ts';
import { popularity } from '../../../server/engine/recommenders/popularity.ts';
import {
  type Assortment,
  listMaker,
  type Recommendation,
} from '../../../server/engine/recommenders/recommendations.ts';
import { repeatPurchase } from '../../../server/engine/recommenders/repeat-purchase.ts';
import { arbitraryUsers, shopOf, simulatedShop } from '../../support/interactions.ts';

const BLEND: Blend = {
  names: ['popularity', 'itemKnn', 'repeatPurchase'],
  intercept: -3,
  weights: [0.2, 1, 2],
  activityWeights: [0, 0],
};

const assortment = (items: number, known: Partial<Assortment> = {}): Assortment => ({
  category: new Int32Array(items).fill(-1),
  price: new Float64Array(items).fill(Number.NaN),
  margin: new Float64Array(items).fill(Number.NaN),
  isOpen: new Uint8Array(items).fill(1),
  ...known,
});

function recommendationsTo(
  data: Interactions,
  user: number,
  known: Partial<Assortment> = {},
): readonly Recommendation[] {
  const models = {
    popularity: popularity.fit(data, popularity.defaults),
    itemKnn: itemKnn.fit(data, { ...itemKnn.defaults, shrink: 0 }),
    repeatPurchase: repeatPurchase.fit(data, repeatPurchase.defaults),
  };
  const maker = { models, blend: BLEND, isMeasured: true, assortment: assortment(data.items, known) };
  return listMaker(maker)(historyOf(data, user)).recommendations;
}

const find = (recommendations: readonly Recommendation[], item: number) =>
  recommendations.find((recommendation) => recommendation.item === item);

describe('kinds', () => {
  // 0 is bought again and again, 1 goes with 0, 2 and 3 are bought by nobody who is like the first user.
  const shop = shopOf(
    [
      [
        [0, 60],
        [0, 30],
        [0, 0],
      ],
      [
        [0, 70],
        [0, 40],
        [1, 5],
      ],
      [
        [0, 50],
        [0, 20],
        [1, 1],
      ],
      [
        [2, 3],
        [3, 4],
      ],
    ],
    4,
  );

  it('replenishes what is bought by habit, with its gaps', () => {
    const recommendation = find(recommendationsTo(shop, 0), 0);
    expect(recommendation).toMatchObject({
      kind: 'REPLENISH',
      because: [],
      due: { times: 3, elapsed: 0, gaps: [30, 30] },
    });
  });

  it('does not recommend again what nobody buys twice', () => {
    expect(find(recommendationsTo(shop, 1), 1)).toBeUndefined();
  });

  it('cross-sells what buyers of the same bought, with the customers who bought both', () => {
    expect(find(recommendationsTo(shop, 0), 1)).toMatchObject({
      kind: 'CROSS_SELL',
      because: [0],
      boughtBoth: 2,
      due: null,
    });
  });

  it('names as trending what only its popularity speaks for', () => {
    expect(find(recommendationsTo(shop, 0), 2)).toMatchObject({ kind: 'TRENDING', because: [], boughtBoth: null });
  });

  it('steps up to a dearer one of the category within reach, and not beyond', () => {
    const category = Int32Array.of(0, 0, 0, 1);
    const recommendations = (price: number[]) =>
      recommendationsTo(shop, 0, { category, price: Float64Array.from(price) });
    expect(find(recommendations([10, 15, 10, 10]), 1)).toMatchObject({
      kind: 'UP_SELL',
      priceRatio: 1.5,
      because: [0],
    });
    expect(find(recommendations([10, 11, 10, 10]), 1)).toMatchObject({ kind: 'CROSS_SELL', priceRatio: null });
    expect(find(recommendations([10, 21, 10, 10]), 1)).toMatchObject({ kind: 'CROSS_SELL', priceRatio: null });
  });

  it('says what was looked at where nothing bought speaks for an item', () => {
    const looking = shopOf(
      [
        [[0, 1, 0.1]],
        [
          [0, 5],
          [1, 5],
        ],
        [
          [0, 7],
          [1, 2],
        ],
      ],
      2,
    );
    expect(find(recommendationsTo(looking, 0), 1)).toMatchObject({
      kind: 'CROSS_SELL',
      because: [0],
      boughtBoth: null,
    });
  });
});

const SHOP = interactionsOf(simulatedShop(5, { users: 60, items: 30 }), 30);
const users = Array.from({ length: SHOP.users }, (_, user) => user);

it('ranks by probability times margin where costs are known', () => {
  const margin = Float64Array.from({ length: 30 }, (_, item) => 1 + (item % 7));
  const worth = recommendationsTo(SHOP, 3, { margin }).map(({ item, probability, value }) => [
    value,
    probability * margin[item]!,
  ]);
  for (const [value, expected] of worth) expect(value).toBeCloseTo(expected!, 12);
  const cross = recommendationsTo(SHOP, 3, { margin }).filter(({ kind }) => kind === 'CROSS_SELL');
  expect(cross.map(({ value }) => value)).toEqual(cross.map(({ value }) => value).sort((a, b) => b - a));
});

it('shows no more than two of a kind in a row while there is another', () => {
  for (const user of users) {
    const kinds = recommendationsTo(SHOP, user).map(({ kind }) => kind);
    for (let at = 2; at < kinds.length; at++) {
      const rest = kinds.slice(at);
      const others = rest.some((kind) => kind !== kinds[at - 1] && kind !== 'TRENDING');
      if (kinds[at - 1] === kinds[at - 2] && others) expect(kinds[at]).not.toBe(kinds[at - 1]);
    }
  }
});

it('lists no more than four of a category within a kind', () => {
  const category = Int32Array.from({ length: 30 }, (_, item) => item % 2);
  for (const user of users) {
    const places = recommendationsTo(SHOP, user, { category }).map(({ item, kind }) => `${kind} ${category[item]}`);
    for (const place of new Set(places)) expect(places.filter((each) => each === place).length).toBeLessThanOrEqual(4);
  }
});

it('never recommends what is not open, whatever was bought', () =>
  fc.assert(
    fc.property(arbitraryUsers(8), fc.array(fc.boolean(), { minLength: 8, maxLength: 8 }), (entries, open) => {
      const data = interactionsOf(entries, 8);
      const isOpen = Uint8Array.from(open, Number);
      for (let user = 0; user < data.users; user++)
        for (const { item } of recommendationsTo(data, user, { isOpen })) expect(open[item]).toBe(true);
    }),
    { numRuns: 50 },
  ));

it('gives the same list whatever the order of entries and of other users', () =>
  fc.assert(
    fc.property(arbitraryUsers(8, { minLength: 2, maxLength: 8 }), (entries) => {
      const there = recommendationsTo(interactionsOf(entries, 8), 0);
      const back = [...entries].reverse().map((own) => [...own].reverse());
      const again = recommendationsTo(interactionsOf(back, 8), entries.length - 1);
      expect(again.map(({ item, kind }) => [item, kind])).toEqual(there.map(({ item, kind }) => [item, kind]));
    }),
    { numRuns: 50 },
  ));
