import { expect, it } from 'vitest';

import { candidateFinder } from '../../../server/engine/recommenders/candidates.ts';
import { historyOf, interactionsOf } from '../../../server/engine/recommenders/interactions.ts';
import { groupShares } from '../../../server/engine/recommenders/popularity.ts';
import { RECOMMENDER } from '../../../server/engine/recommenders/recommenders.ts';
import { topK } from '../../../server/engine/recommenders/top-k.ts';
import { scoresOf, simulatedShop } from '../../support/interactions.ts';

const { popularity, itemKnn } = RECOMMENDER;
const ITEMS = 90;
const data = interactionsOf(simulatedShop(5, { users: 200, items: ITEMS }), ITEMS);
const models = {
  popularity: popularity.fit(data, popularity.defaults),
  itemKnn: itemKnn.fit(data, { ...itemKnn.defaults, neighbors: 3 }),
};

it('finds the best of each recommender, ascending, with their scores over the largest', () => {
  const most = candidateFinder(models, ['popularity'], ITEMS)(historyOf(data, 0)).item.length;
  expect(most).toBeGreaterThan(20);
  expect(most).toBeLessThan(ITEMS / 2);
  const find = candidateFinder(models, ['popularity', 'itemKnn'], ITEMS);
  for (const user of [0, 1, 2, 3]) {
    const [popular, similar] = [
      scoresOf(popularity, models.popularity, data, user),
      scoresOf(itemKnn, models.itemKnn, data, user),
    ];
    const { item, signal } = find(historyOf(data, user));
    const expected = [...new Set([...topK(popular, most), ...topK(similar, most)])].sort((a, b) => a - b);
    expect(item).toEqual(expected);
    const ratios = expected.flatMap((each) => [
      popular[each]! / Math.max(...popular),
      similar[each]! / (Math.max(...similar) || 1),
    ]);
    expect([...signal]).toEqual(ratios);
  }
});

it('takes open items only, and the largest score of these', () => {
  const find = candidateFinder(models, ['popularity'], ITEMS);
  const { item, signal } = find(historyOf(data, 0), (each) => each % 9 === 4);
  const open = [...groupShares(models.popularity, 0).keys()].filter((each) => each % 9 === 4);
  expect(item).toEqual(open.filter((each) => groupShares(models.popularity, 0)[each]! > 0));
  expect(Math.max(...signal)).toBe(1);
  expect(find(historyOf(data, 0), () => false)).toEqual({ item: [], signal: new Float64Array(0) });
});

it('says 0 where a recommender has nothing to say, or speaks against an item', () => {
  const bias = Float64Array.from({ length: ITEMS }, (_, item) => (item < 3 ? -1 : 0));
  const find = candidateFinder({ ...models, itemKnn: { ...models.itemKnn, bias } }, ['popularity', 'itemKnn'], ITEMS);
  const { item, signal } = find({ ...historyOf(data, 0), item: new Uint32Array(0), age: new Float32Array(0) });
  expect(item.length).toBeGreaterThan(20);
  for (const row of item.keys()) expect(signal[2 * row + 1]).toBe(0);
});
