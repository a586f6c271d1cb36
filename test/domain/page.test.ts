import fc from 'fast-check';
import { expect, it } from 'vitest';

import { cursorOf, type Page, readPage, sliceOf } from '../../server/domain/page.ts';

it('is twenty rows from the start by default', () => {
  expect(readPage({}, 'list')).toEqual({ size: 20, backward: false, position: null });
  expect(readPage({ last: 3 }, 'list')).toEqual({ size: 3, backward: true, position: null });
  expect(readPage({ before: cursorOf('list', ['a', 'b']) }, 'list')).toEqual({
    size: 20,
    backward: true,
    position: ['a', 'b'],
  });
});

it('reads any position back from its cursor, in its own list alone', () => {
  fc.assert(
    fc.property(fc.array(fc.string(), { maxLength: 3 }), fc.string(), fc.string(), (position, list, other) => {
      const after = cursorOf(list, position);
      expect(readPage({ after }, list).position).toEqual(position);
      if (other !== list) expect(() => readPage({ after }, other)).toThrow('not a cursor of this list');
    }),
  );
});

it('refuses any text that is no cursor', () => {
  fc.assert(
    fc.property(fc.string(), (after) => void expect(() => readPage({ after }, 'list')).toThrow('not a cursor')),
  );
});

it('knows what lies beyond by the row too many, and what lies behind by the cursor', () => {
  const page = (partial: Partial<Page>): Page => ({ size: 2, backward: false, position: null, ...partial });
  const slice = (partial: Partial<Page>, rows: number[], behind?: boolean) => {
    const { items, hasNextPage, hasPreviousPage } = sliceOf(page(partial), rows, (row) => [String(row)], behind);
    return [items.map(({ node }) => node), hasPreviousPage, hasNextPage];
  };
  expect(slice({}, [1, 2, 3])).toEqual([[1, 2], false, true]);
  expect(slice({ position: ['0'] }, [1, 2])).toEqual([[1, 2], true, false]);
  expect(slice({ backward: true }, [3, 2, 1])).toEqual([[2, 3], true, false]);
  expect(slice({ backward: true, position: ['4'] }, [3, 2])).toEqual([[2, 3], false, true]);
  expect(slice({ position: ['0'] }, [1], false)).toEqual([[1], false, false]);
});
