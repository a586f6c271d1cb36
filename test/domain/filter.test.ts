import { expect, it } from 'vitest';

import { withoutEmptyLists } from '../../server/domain/filter.ts';

it('has no condition in place of an empty list, and leaves the others alone', () => {
  const filter = { bought: [], segments: ['NEW'], search: '', minimumClv: null, countries: undefined };
  expect(withoutEmptyLists(filter)).toEqual({ ...filter, bought: null });
});
