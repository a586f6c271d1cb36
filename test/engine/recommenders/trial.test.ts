import { describe, expect, it } from 'vitest';

import { holdOut, judged } from '../../../server/engine/recommenders/evaluation/hold-out.ts';
import { joinTrials, listsOf, signalOf, tryOut } from '../../../server/engine/recommenders/evaluation/trial.ts';
import { historyOf, interactionsOf } from '../../../server/engine/recommenders/interactions.ts';
import { RECOMMENDER } from '../../../server/engine/recommenders/recommenders.ts';
import { scoresOf, simulatedShop } from '../../support/interactions.ts';

const { popularity, itemKnn, repeatPurchase } = RECOMMENDER;
const ITEMS = 40;
const NAMES = ['popularity', 'itemKnn', 'repeatPurchase'] as const;
const split = holdOut(interactionsOf(simulatedShop(9, { users: 120, items: ITEMS }), ITEMS), 60);
const users = judged(split);
const models = {
  popularity: popularity.fit(split.seen, popularity.defaults),
  itemKnn: itemKnn.fit(split.seen, itemKnn.defaults),
  repeatPurchase: repeatPurchase.fit(split.seen, repeatPurchase.defaults),
};
const trial = tryOut(models, NAMES, split, users);

describe('tryOut', () => {
  it('knows what of its candidates was bought afterwards', () => {
    expect(trial.bought).toEqual(users.map((user) => split.bought[user]));
    for (const [i, user] of users.entries()) {
      for (let row = trial.start[i]!; row < trial.start[i + 1]!; row++)
        expect(trial.isBought[row]).toBe(Number(split.bought[user]!.has(trial.item[row]!)));
    }
    expect([trial.item.length, trial.signal.length]).toEqual([trial.start.at(-1), 3 * trial.item.length]);
  });

  it('leaves out what a user has already where that is masked', () => {
    const masked = tryOut(models, NAMES, split, users, true);
    for (const [i, user] of users.entries()) {
      const own = new Set(historyOf(split.seen, user).item);
      expect([...masked.item.slice(masked.start[i], masked.start[i + 1])].some((item) => own.has(item))).toBe(false);
    }
    expect(Math.max(...signalOf(masked, 'repeatPurchase'))).toBe(0);
  });

  it('lists for each user what a recommender itself would put first', () => {
    const lists = listsOf(trial, signalOf(trial, 'itemKnn'), 5);
    for (const [i, user] of users.slice(0, 20).entries()) {
      const scores = scoresOf(itemKnn, models.itemKnn, split.seen, user);
      const best = [...scores.keys()]
        .filter((item) => scores[item]! > 0)
        .sort((a, b) => scores[b]! - scores[a]! || a - b);
      expect(lists[i]).toEqual(best.slice(0, 5));
    }
  });
});

describe('joinTrials', () => {
  it('makes the whole of its parts', () => {
    for (const cuts of [[50], [0, 1, 30], [users.length]]) {
      const edges = [0, ...cuts, users.length];
      const parts = edges.slice(1).map((to, i) => tryOut(models, NAMES, split, users.slice(edges[i], to)));
      expect(joinTrials(parts)).toEqual(trial);
    }
    expect(joinTrials([trial])).toEqual(trial);
  });
});
