import { expect, it } from 'vitest';

import { nearNames } from '../../server/customers/near-names.ts';

it.each([
  ['de', ['DE', 'FR'], ['DE']],
  ['de', ['BE', 'DE', 'DK'], ['DE']],
  ['GB', ['DE', 'FR', 'BG', 'GR', 'IT', 'SB', 'G'], ['G', 'GR', 'SB']],
  ['serach', ['search', 'social', 'e-mail'], ['search']],
  ['coffee', ['tea', 'pot'], []],
  ['', [], []],
])('like "%s" are, of %o, %o', (name, known, near) => {
  expect(nearNames(name, known)).toEqual(near);
});
