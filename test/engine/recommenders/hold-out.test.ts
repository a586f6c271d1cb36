import fc from 'fast-check';
import { expect, it } from 'vitest';

import { holdOut, judged } from '../../../server/engine/recommenders/evaluation/hold-out.ts';
import { historyOf, interactionsOf } from '../../../server/engine/recommenders/interactions.ts';
import { arbitraryUsers, shopOf } from '../../support/interactions.ts';

const data = shopOf(
  [
    [
      [0, 50],
      [1, 28],
      [2, 27],
      [0, 3],
    ],
    [
      [1, 27],
      [1, 2],
      [2, 5, 0.3],
    ],
    [[2, 100]],
    [
      [0, 90],
      [1, 4, 0.1],
    ],
    [],
  ],
  3,
  [0, 4, 0, 0, 1],
);

it('holds out what is younger than the horizon, and counts ages from there', () => {
  const { seen, bought } = holdOut(data, 28);
  expect(historyOf(seen, 0)).toMatchObject({ item: Uint32Array.of(0, 1), age: Float32Array.of(22, 0) });
  expect(historyOf(seen, 2).age).toEqual(Float32Array.of(72));
  expect(bought.map((items) => [...items])).toEqual([[0, 2], [1], [], [], []]);
  expect([seen.users, seen.items, [...seen.group]]).toEqual([5, 3, [0, 4, 0, 0, 1]]);
});

it('judges by users with something seen who bought something afterwards', () => {
  expect(judged(holdOut(data, 28))).toEqual([0]);
  expect(judged(holdOut(data, 5))).toEqual([0, 1]);
  expect(judged(holdOut(data, 0))).toEqual([]);
});

it('leaves every purchase on one of the two sides', () => {
  fc.assert(
    fc.property(arbitraryUsers(5), fc.integer({ min: 0, max: 2100 }), (users, horizon) => {
      const { seen, bought } = holdOut(interactionsOf(users, 5), horizon);
      for (const [user, entries] of users.entries()) {
        const before = entries.filter(({ age }) => age >= horizon);
        const after = entries.filter(({ age, weight }) => age < horizon && weight === 1);
        expect(historyOf(seen, user).item).toHaveLength(before.length);
        expect(bought[user]).toEqual(new Set(after.map(({ item }) => item).sort((a, b) => a - b)));
        expect(historyOf(seen, user).age.every((age) => age >= 0)).toBe(true);
      }
    }),
  );
});
