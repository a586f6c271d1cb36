import { describe, expect, it } from 'vitest';

import { ease, easeBytes } from '../../../server/engine/recommenders/ease.ts';
import { historyOf, interactionsOf } from '../../../server/engine/recommenders/interactions.ts';
import { scoresOf, shopOf, simulatedShop } from '../../support/interactions.ts';
import figures from './fixtures/ease.json' with { type: 'json' };

const { items, lambda } = figures;
const data = shopOf(
  figures.users.map((entries) => entries.map(([item, weight]) => [item!, 0, weight!] as const)),
  items,
);
const model = ease.fit(data, { ...ease.defaults, lambda });

describe('as published', () => {
  it('splits the likeness of two items by hand', () => {
    // Three users have both, one the first only: G = [[4 + 1, 3], [3, 3 + 1]], P = G^-1 in proportion to [[4, -3], [-3, 5]].
    const pair = shopOf([[[0], [1]], [[0], [1]], [[0], [1]], [[0]]], 2);
    const { weights } = ease.fit(pair, { ...ease.defaults, lambda: 1 });
    expect(weights[0 * 2 + 1]).toBeCloseTo(3 / 5, 6);
    expect(weights[1 * 2 + 0]).toBeCloseTo(3 / 4, 6);
  });
});

describe('against an independent implementation', () => {
  it('has the weights that numpy finds in closed form', () => {
    for (const [bought, row] of figures.weights.entries())
      for (const [item, weight] of row.entries())
        expect(Math.abs(model.weights[bought * items + item]! - weight)).toBeLessThan(1e-6);
  });

  it('has its scores of every user', () => {
    for (const [user, expected] of figures.scores.entries()) {
      const scores = scoresOf(ease, model, data, user);
      for (const [item, score] of expected.entries()) expect(Math.abs(scores[item]! - score)).toBeLessThan(1e-5);
    }
  });
});

describe('by property', () => {
  it('never speaks for an item by itself', () => {
    for (let item = 0; item < items; item++) expect(model.weights[item * items + item]).toBe(0);
  });

  it('explains a score by parts that sum to it where all speak for the item', () => {
    const pair = shopOf(
      [
        [[0], [1]],
        [[0], [1], [2]],
        [[1], [2]],
      ],
      3,
    );
    const fitted = ease.fit(pair, { ...ease.defaults, lambda: 1, halfLife: 10 });
    const own = shopOf(
      [
        [
          [0, 10],
          [2, 0],
        ],
      ],
      3,
    );
    const causes = ease.explain(fitted, historyOf(own, 0), 1);
    expect(causes.map(({ item }) => item)).toEqual([2, 0]);
    expect(causes[0]!.part + causes[1]!.part).toBeCloseTo(scoresOf(ease, fitted, own, 0)[1]!, 12);
  });

  it('says less with more regularisation, and nothing of items that nobody bought', () => {
    const shop = interactionsOf(simulatedShop(2, { users: 80, items: 20 }), 21);
    const weightAt = (each: number) =>
      ease.fit(shop, { ...ease.defaults, lambda: each }).weights.reduce((sum, weight) => sum + Math.abs(weight), 0);
    expect(weightAt(10)).toBeGreaterThan(weightAt(100));
    expect(weightAt(100)).toBeGreaterThan(weightAt(1000));
    const { weights } = ease.fit(shop, ease.defaults);
    for (let item = 0; item < 21; item++)
      expect([Math.abs(weights[20 * 21 + item]!), Math.abs(weights[item * 21 + 20]!)]).toEqual([0, 0]);
  });

  it('returns the bytes that a fit takes', () => {
    expect(easeBytes(12_800) / 12_800 ** 2).toBeCloseTo(6, 0);
  });
});
