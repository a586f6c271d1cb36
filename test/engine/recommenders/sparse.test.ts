import fc from 'fast-check';
import { expect, it } from 'vitest';

import { interactionsOf, userItems } from '../../../server/engine/recommenders/interactions.ts';
import { transpose } from '../../../server/engine/recommenders/sparse.ts';
import { arbitraryUsers, shopOf } from '../../support/interactions.ts';

it('has the entries by columns', () => {
  const { rows, columns, start, column, value } = transpose(
    userItems(shopOf([[[0], [2, 0, 0.5]], [], [[2], [3, 0, 0.25]]], 4)),
  );
  expect([rows, columns]).toEqual([4, 3]);
  expect([...start]).toEqual([0, 1, 1, 3, 4]);
  expect([...column]).toEqual([0, 0, 2, 2]);
  expect([...value]).toEqual([1, 0.5, 1, 0.25]);
});

it('is the same again when transposed twice', () => {
  fc.assert(
    fc.property(arbitraryUsers(7, { minLength: 0, maxLength: 12 }), (users) => {
      const matrix = userItems(interactionsOf(users, 7));
      expect(transpose(transpose(matrix))).toEqual(matrix);
    }),
  );
});
