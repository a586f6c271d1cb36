import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { historyOf, interactionsOf, userItems } from '../../../server/engine/recommenders/interactions.ts';
import { itemKnn, joinNeighbors, type Neighbors, neighborsOf } from '../../../server/engine/recommenders/item-knn.ts';
import { transpose } from '../../../server/engine/recommenders/sparse.ts';
import { arbitraryUsers, scoresOf, shopOf, simulatedShop } from '../../support/interactions.ts';
import { expectNear } from '../../support/near.ts';

const ALL = { ...itemKnn.defaults, shrink: 0 };
const FLOAT = 2 ** -22;

const neighbors = (data: Parameters<typeof userItems>[0], options: { neighbors: number; shrink: number }) => {
  const users = userItems(data);
  return neighborsOf(users, transpose(users), 0, data.items, options);
};

const rowOf = ({ start, item, similarity, boughtBoth }: Neighbors, of: number) => {
  const [from, to] = [start[of]!, start[of + 1]!];
  return {
    item: [...item.slice(from, to)],
    similarity: [...similarity.slice(from, to)],
    both: [...boughtBoth.slice(from, to)],
  };
};

describe('as published', () => {
  // Buyers of item 0: a b c d; of 1: a b; of 2: b c d; of 3: e.
  const data = shopOf([[[0], [1]], [[0], [1], [2]], [[0], [2]], [[0], [2]], [[3]]], 4);

  it('has the cosines of who bought both, the nearest first', () => {
    const { item, similarity, both } = rowOf(neighbors(data, ALL), 0);
    expect([item, both]).toEqual([
      [2, 1],
      [3, 2],
    ]);
    expectNear(similarity, [3 / Math.sqrt(4 * 3), 2 / Math.sqrt(4 * 2)], FLOAT);
    expect(rowOf(neighbors(data, ALL), 3).item).toEqual([]);
  });

  it('holds back items that few have bought', () => {
    const { similarity } = rowOf(neighbors(data, { ...ALL, shrink: 10 }), 1);
    expectNear(similarity, [2 / (Math.sqrt(8) + 10), 1 / (Math.sqrt(6) + 10)], FLOAT);
  });

  it('keeps as many neighbours as asked, of equal ones those with smaller numbers', () => {
    const equal = shopOf([[[0], [1], [2], [3]]], 4);
    expect(rowOf(neighbors(equal, { ...ALL, neighbors: 2 }), 3).item).toEqual([0, 1]);
  });

  it('weighs views less than purchases, and counts as bought both only what was bought', () => {
    const viewed = shopOf([[[0], [1]], [[0], [1, 0, 0.5]], [[1]]], 2);
    const { similarity, both } = rowOf(neighbors(viewed, ALL), 0);
    expectNear(similarity, [1.5 / Math.sqrt(2 * 2.25)], FLOAT);
    expect(both).toEqual([1]);
  });

  it('scores an item by its likeness to what was bought, faded by age, and explains by the parts', () => {
    const model = itemKnn.fit(data, { ...ALL, halfLife: 10 });
    const faded = shopOf(
      [
        [
          [1, 10],
          [2, 0],
        ],
      ],
      4,
    );
    const [likeness1, likeness2] = [2 / Math.sqrt(8), 3 / Math.sqrt(12)];
    const scores = scoresOf(itemKnn, model, faded, 0);
    expectNear([scores[0]!], [likeness1 / 2 + likeness2], FLOAT);
    const causes = itemKnn.explain(model, historyOf(faded, 0), 0);
    expect(causes.map(({ item }) => item)).toEqual([2, 1]);
    expectNear(
      causes.map(({ part }) => part),
      [likeness2, likeness1 / 2],
      FLOAT,
    );
    expect(itemKnn.explain(model, historyOf(faded, 0), 3)).toEqual([]);
  });
});

describe('against an independent implementation', () => {
  const ITEMS = 15;
  const entries = simulatedShop(4, { users: 60, items: ITEMS });
  const data = interactionsOf(entries, ITEMS);
  const x = entries.map((own) => Array.from({ length: ITEMS }, (_, i) => Number(own.some(({ item }) => item === i))));
  const dot = (i: number, j: number) => x.reduce((sum, row) => sum + row[i]! * row[j]!, 0);
  const mean = (i: number) => dot(i, i) / x.length;

  it.each([
    [false, false],
    [true, false],
    [false, true],
    [true, true],
  ])(
    'has the scores of sum_j w_ij (x_uj - mean_j) + mean_i; normalised: %s, centred: %s',
    (isNormalised, isCentred) => {
      const options = { ...itemKnn.defaults, neighbors: 6, shrink: 3, isNormalised, isCentred };
      const model = itemKnn.fit(data, options);
      const weight = Array.from({ length: ITEMS }, (_, i) => {
        const all = Array.from({ length: ITEMS }, (_each, j) =>
          i === j ? 0 : dot(i, j) / (Math.sqrt(dot(i, i) * dot(j, j)) + 3),
        );
        const kept = [...all.keys()].sort((a, b) => all[b]! - all[a]! || a - b).slice(0, 6);
        const sum = isNormalised ? kept.reduce((total, j) => total + all[j]!, 0) : 1;
        return all.map((each, j) => (kept.includes(j) ? each / sum : 0));
      });
      for (let user = 0; user < data.users; user++) {
        const scores = scoresOf(itemKnn, model, data, user);
        for (let i = 0; i < ITEMS; i++) {
          const expected = weight[i]!.reduce(
            (sum, w, j) => sum + w * (x[user]![j]! - (isCentred ? mean(j) : 0)),
            isCentred ? mean(i) : 0,
          );
          expect(Math.abs(scores[i]! - expected)).toBeLessThan(1e-6);
        }
      }
    },
  );
});

describe('by property', () => {
  it('finds the same neighbours in ranges as in one', () => {
    const cuts = fc.uniqueArray(fc.integer({ min: 1, max: 8 }), { maxLength: 4 });
    fc.assert(
      fc.property(arbitraryUsers(9), cuts, fc.constantFrom(2, 100), (entries, inner, count) => {
        const users = userItems(interactionsOf(entries, 9));
        const items = transpose(users);
        const edges = [0, ...inner.sort((a, b) => a - b), 9];
        const options = { neighbors: count, shrink: 1 };
        const parts = edges.slice(1).map((to, i) => neighborsOf(users, items, edges[i]!, to, options));
        expect(joinNeighbors(parts)).toEqual(neighborsOf(users, items, 0, 9, options));
      }),
    );
  });

  it('has similarities in (0, 1], the same both ways, and counts of both no larger than of either', () => {
    fc.assert(
      fc.property(arbitraryUsers(6), (entries) => {
        const data = interactionsOf(entries, 6);
        const all = neighbors(data, { neighbors: 6, shrink: 0 });
        const buyers = (item: number) =>
          entries.filter((own) => own.some((e) => e.item === item && e.weight === 1)).length;
        for (let i = 0; i < 6; i++) {
          const { item, similarity, both } = rowOf(all, i);
          for (const [at, j] of item.entries()) {
            const back = rowOf(all, j);
            const there = back.item.indexOf(i);
            expect(similarity[at]).toBeGreaterThan(0);
            expect(similarity[at]).toBeLessThanOrEqual(1);
            expectNear([back.similarity[there]!], [similarity[at]!], FLOAT);
            expect(back.both[there]).toBe(both[at]);
            expect(both[at]).toBeLessThanOrEqual(Math.min(buyers(i), buyers(j)));
          }
        }
      }),
    );
  });
});
