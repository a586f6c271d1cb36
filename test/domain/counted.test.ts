import { expect, it } from 'vitest';

import { counted } from '../../server/domain/counted.ts';

it.each([
  [0, '0 days'],
  [1, '1 day'],
  [1.4, '1 day'],
  [0.7, '1 day'],
  [1.6, '2 days'],
  [1234, '1,234 days'],
])('counts %f as "%s"', (count, text) => {
  expect(counted(count, 'day')).toBe(text);
});

it('takes the plural of a noun that has its own', () => {
  expect([1, 2].map((count) => counted(count, 'country', 'countries'))).toEqual(['1 country', '2 countries']);
});
