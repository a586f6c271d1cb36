import { describe, expect, it } from 'vitest';

import { groupShares, popularity } from '../../../server/engine/recommenders/popularity.ts';
import { scoresOf, shopOf } from '../../support/interactions.ts';
import { expectNear } from '../../support/near.ts';

const FOREVER = { halfLife: Number.POSITIVE_INFINITY, prior: 0 };

describe('popularity', () => {
  it('is the share of purchases, the same for everybody', () => {
    const data = shopOf([[[0], [1]], [[1], [1, 5]], []], 3);
    const model = popularity.fit(data, FOREVER);
    for (const user of [0, 1, 2]) expect([...scoresOf(popularity, model, data, user)]).toEqual([1 / 4, 3 / 4, 0]);
    expect(popularity.explain(model, { item: data.item, age: data.age, weight: data.weight, group: 0 }, 1)).toEqual([]);
  });

  it('counts a purchase half after the half-life, and a view less than a purchase', () => {
    const data = shopOf(
      [
        [
          [0, 0],
          [1, 30],
          [2, 60],
          [3, 0, 0.5],
        ],
      ],
      4,
    );
    const shares = groupShares(popularity.fit(data, { halfLife: 30, prior: 0 }), 0);
    expectNear(
      [...shares],
      [1, 0.5, 0.25, 0.5].map((each) => each / 2.25),
      1e-15,
    );
  });

  it('gives each group what sells best there, the smaller it is the nearer to the whole', () => {
    const entries = [[[0], [0], [1]] as const, [[1], [1], [1], [2]] as const, [[0]] as const];
    const data = shopOf([...entries], 3, [1, 2, 0]);
    const whole = [3 / 8, 4 / 8, 1 / 8];
    const own = [
      [2 / 3, 1 / 3, 0],
      [0, 3 / 4, 1 / 4],
    ];
    for (const prior of [0, 5, 1e9]) {
      const model = popularity.fit(data, { ...FOREVER, prior });
      expectNear([...groupShares(model, 0)], whole, 1e-15);
      for (const [i, count] of [3, 4].entries()) {
        const mixed = whole.map((share, item) => (count * own[i]![item]! + prior * share) / (count + prior));
        expectNear([...groupShares(model, i + 1)], mixed, 1e-14);
      }
    }
    expectNear([...scoresOf(popularity, popularity.fit(data, FOREVER), data, 0)], own[0]!, 1e-15);
  });

  it('gives a group that it has not seen the whole', () => {
    const model = popularity.fit(shopOf([[[0]], [[1]]], 2, [0, 1]), FOREVER);
    expect([...groupShares(model, 9)]).toEqual([...groupShares(model, 0)]);
  });

  it('gives shares that sum to 1 in every group, also in one that bought nothing', () => {
    const model = popularity.fit(
      shopOf(
        [
          [
            [0, 3],
            [1, 700],
          ],
          [],
          [[2, 9]],
        ],
        3,
        [1, 2, 3],
      ),
      { halfLife: 20, prior: 10 },
    );
    for (const group of [0, 1, 2, 3]) expect(groupShares(model, group).reduce((a, b) => a + b, 0)).toBeCloseTo(1, 14);
    expectNear([...groupShares(model, 2)], [...groupShares(model, 0)], 1e-14);
  });
});
