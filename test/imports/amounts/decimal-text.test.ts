import Decimal from 'decimal.js';
import { expect, test } from 'vitest';
import { createRandom } from '../../../server/engine/numerics/random.ts';
import { minus, shortest, sum, times } from '../../../server/imports/amounts/decimal-text.ts';

/** Up to nine digits before the decimals, which are sometimes more than amounts have. */
function decimalTexts(count: number): string[] {
  const random = createRandom(7);
  const below = (most: number) => Math.floor(random.uniform() * most);
  return Array.from({ length: count }, () => {
    const decimals = Array.from({ length: below(8) }, () => below(10)).join('');
    return `${below(3) === 0 ? '-' : ''}${below(10 ** below(10))}${decimals === '' ? '' : `.${decimals}`}`;
  });
}

test('sums, differences and products are those of exact decimals', () => {
  const texts = decimalTexts(5_000);
  for (const [i, text] of texts.entries()) {
    const other = texts.at(i - 1)!;
    const [a, b] = [new Decimal(text), new Decimal(other)];
    expect([times(text, other), minus(text, other), sum([text, other, text])].map(withoutSign)).toEqual(
      [a.times(b), a.minus(b), Decimal.sum(a, b, a)].map((exact) => withoutSign(exact.toFixed())),
    );
  }
});

/** Decimal knows a negative zero. */
const withoutSign = (text: string) => (Number(text) === 0 ? '0' : text);

test.each([
  ['2.50', '2.5'],
  ['10', '10'],
  ['0.0000', '0'],
  ['0.0000001', '0.0000001'],
  ['-0.0001', '-0.0001'],
  ['123456789012345678.9', '123456789012345678.9'],
])('%s is %s', (text, expected) => {
  expect(shortest(text)).toBe(expected);
});

test('a sum that passes what a number holds exactly is exact', () => {
  expect(sum(['900000000', '900000000.0001', '-900000000', '-900000000'])).toBe('0.0001');
  expect(times('999999.999', '999999.9999')).toBe('999999998900.0000001');
});
