import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { RECOMMENDERS } from '../../../server/engine/recommenders/evaluation/findings.ts';
import { optionsFor } from '../../../server/engine/recommenders/evaluation/setup.ts';
import { type Entry, historyOf, interactionsOf } from '../../../server/engine/recommenders/interactions.ts';
import { RECOMMENDER, recommender } from '../../../server/engine/recommenders/recommenders.ts';
import { topK } from '../../../server/engine/recommenders/top-k.ts';
import { arbitraryUsers, scoresOf, simulatedShop } from '../../support/interactions.ts';

const ITEMS = 8;
const OPTIONS = { ...optionsFor('days', 28), ials: { ...RECOMMENDER.ials.defaults, dimensions: 4, sweeps: 4 } };

/** Scores of every item for every user, after a fit to all. */
function scores(name: (typeof RECOMMENDERS)[number], users: readonly (readonly Entry[])[], items: number) {
  const data = interactionsOf(users, items);
  const model = recommender(name).fit(data, OPTIONS[name]);
  return users.map((_, user) => scoresOf(recommender(name), model, data, user));
}

/** Sums in another order differ by rounding, which must not decide between items that are alike. */
const listOf = (of: Float64Array) =>
  topK(
    of.map((each) => Math.round(each * 1e9) / 1e9),
    ITEMS,
  );

it('knows every recommender by its name', () => {
  for (const name of RECOMMENDERS) expect(recommender(name).name).toBe(name);
  expect(Object.keys(RECOMMENDER).sort()).toEqual([...RECOMMENDERS].sort());
});

describe.each(RECOMMENDERS)('%s', (name) => {
  it('has finite scores for arbitrary histories, empty ones too, and finite parts of them', () => {
    fc.assert(
      fc.property(arbitraryUsers(ITEMS, { minLength: 0, maxLength: 12 }), (users) => {
        const data = interactionsOf([...users, []], ITEMS);
        const each = recommender(name);
        const model = each.fit(data, OPTIONS[name]);
        for (let user = 0; user < data.users; user++) {
          expect(scoresOf(each, model, data, user).every(Number.isFinite)).toBe(true);
          for (const { item, part } of each.explain(model, historyOf(data, user), 3)) {
            expect(historyOf(data, user).item).toContain(item);
            expect(part > 0 && Number.isFinite(part)).toBe(true);
          }
        }
      }),
      { numRuns: 50 },
    );
  });

  it('gives each user the same list however users and entries are ordered', () => {
    const shuffled = arbitraryUsers(ITEMS).chain((users) => {
      const order = fc.shuffledSubarray([...users.keys()], { minLength: users.length });
      const entries = users.map((own) => fc.shuffledSubarray(own, { minLength: own.length }));
      return fc.tuple(fc.constant(users), order, fc.tuple(...entries));
    });
    fc.assert(
      fc.property(shuffled, ([users, order, entries]) => {
        const before = scores(name, users, ITEMS);
        const after = scores(
          name,
          order.map((user) => entries[user]!),
          ITEMS,
        );
        for (const [place, user] of order.entries()) {
          for (const [item, score] of before[user]!.entries()) expect(after[place]![item]).toBeCloseTo(score, 9);
          expect(listOf(after[place]!)).toEqual(listOf(before[user]!));
        }
      }),
      { numRuns: 50 },
    );
  });

  it('writes every score anew', () => {
    const users = simulatedShop(3, { users: 20, items: ITEMS });
    const data = interactionsOf(users, ITEMS);
    const model = recommender(name).fit(data, OPTIONS[name]);
    const [used, fresh] = [new Float64Array(ITEMS), new Float64Array(ITEMS)];
    recommender(name).score(model, historyOf(data, 0), used);
    recommender(name).score(model, historyOf(data, 1), used);
    recommender(name).score(model, historyOf(data, 1), fresh);
    expect(used).toEqual(fresh);
  });
});

describe('one user more, whose items nobody else has', () => {
  const users = simulatedShop(11, { users: 150, items: 30 });
  const oddOne: Entry[] = [30, 31, 31, 32].map((item, i) => ({ item, age: 20 * i, weight: 1 }));
  const [before, after] = [users, [...users, oddOne]].map(
    (all) => new Map(RECOMMENDERS.map((name) => [name, scores(name, all, 33).slice(0, users.length)])),
  );
  /** Those of the items that others know. */
  const known = (of: Float64Array | undefined) => [...of!.slice(0, 30)];

  it.each(['itemKnn', 'ease'] as const)('changes no score of %s', (name) => {
    for (const user of users.keys()) expect(after!.get(name)![user]).toEqual(before!.get(name)![user]);
  });

  it('changes no rank by popularity', () => {
    for (const user of users.keys())
      expect(topK(known(after!.get('popularity')![user]), 30)).toEqual(
        topK(known(before!.get('popularity')![user]), 30),
      );
  });

  it.each(['repeatPurchase', 'ials'] as const)('hardly moves those of %s, where all share a little', (name) => {
    let [moved, all] = [0, 0];
    for (const user of users.keys()) {
      const [was, is] = [known(before!.get(name)![user]), known(after!.get(name)![user])];
      for (const [item, score] of was.entries()) {
        moved += Math.abs(is[item]! - score);
        all += Math.abs(score);
      }
    }
    expect(moved / all).toBeLessThan(0.02);
  });
});
