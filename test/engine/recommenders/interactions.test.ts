import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import {
  decayed,
  FEEDBACK_WEIGHT,
  historyOf,
  interactionsOf,
  tasteOf,
  userItems,
} from '../../../server/engine/recommenders/interactions.ts';
import { arbitraryUsers, shopOf } from '../../support/interactions.ts';

const { VIEWED, ADDED_TO_CART } = FEEDBACK_WEIGHT;

describe('interactionsOf', () => {
  it('keeps the entries of each user by item, from the oldest to the newest', () => {
    const data = shopOf(
      [
        [
          [3, 1],
          [1, 4],
          [1, 9],
        ],
        [],
        [[0, 2]],
      ],
      4,
      [0, 0, 7],
    );
    expect([...data.start]).toEqual([0, 3, 3, 4]);
    expect([...data.item]).toEqual([1, 1, 3, 0]);
    expect([...data.age]).toEqual([9, 4, 1, 2]);
    expect(historyOf(data, 2)).toEqual({
      item: Uint32Array.of(0),
      age: Float32Array.of(2),
      weight: Float32Array.of(1),
      group: 7,
    });
    expect(historyOf(data, 1).item).toHaveLength(0);
  });

  it('does not depend on the order in which entries came', () => {
    const shuffled = arbitraryUsers(5).chain((users) =>
      fc.tuple(
        fc.constant(users),
        fc.tuple(...users.map((entries) => fc.shuffledSubarray(entries, { minLength: entries.length }))),
      ),
    );
    fc.assert(
      fc.property(shuffled, ([users, again]) => {
        expect(interactionsOf(again, 5)).toEqual(interactionsOf(users, 5));
      }),
    );
  });
});

describe('tasteOf', () => {
  it('takes the strongest sign of interest in each item, faded by its age', () => {
    const data = shopOf(
      [
        [
          [2, 20],
          [2, 0, ADDED_TO_CART],
          [5, 10],
          [5, 30],
        ],
      ],
      6,
    );
    const { item, value } = tasteOf(historyOf(data, 0), 10);
    expect(item).toEqual([2, 5]);
    expect(value[0]).toBeCloseTo(0.3, 7);
    expect(value[1]).toBe(0.5);
  });

  it('does not fade without a half-life', () => {
    const data = shopOf(
      [
        [
          [0, 5000],
          [1, 3, VIEWED],
        ],
      ],
      2,
    );
    const { value } = tasteOf(historyOf(data, 0), Number.POSITIVE_INFINITY);
    expect(value[0]).toBe(1);
    expect(value[1]).toBeCloseTo(0.1, 8);
    expect([decayed(0.8, 10, 10), decayed(0.8, 20, 10), decayed(0.8, 0, 10)]).toEqual([0.4, 0.2, 0.8]);
  });

  it('names distinct items, ascending, with values in (0, 1]', () => {
    fc.assert(
      fc.property(arbitraryUsers(6), fc.double({ min: 2, max: 1e4, noNaN: true }), (users, halfLife) => {
        const { item, value } = tasteOf(historyOf(interactionsOf(users, 6), 0), halfLife);
        expect(item).toEqual([...new Set(users[0]!.map((entry) => entry.item))].sort((a, b) => a - b));
        expect(value.every((each) => each > 0 && each <= 1)).toBe(true);
      }),
    );
  });
});

it('makes one entry of a user’s purchases and views of an item', () => {
  const { rows, columns, start, column, value } = userItems(
    shopOf(
      [
        [
          [1, 3],
          [1, 8, VIEWED],
          [2, 1, VIEWED],
          [2, 5, ADDED_TO_CART],
        ],
        [[2, 4]],
      ],
      3,
    ),
  );
  expect([rows, columns]).toEqual([2, 3]);
  expect([...start]).toEqual([0, 2, 3]);
  expect([...column]).toEqual([1, 2, 2]);
  expect([...value]).toEqual([1, Math.fround(0.3), 1]);
});
