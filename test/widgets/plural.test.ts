import { expect, it } from 'vitest';

import { counted } from '../../widgets/shared/words/plural.ts';
import { ar } from '../../widgets/shared/words/terms-ar.ts';
import { de } from '../../widgets/shared/words/terms-de.ts';
import { en } from '../../widgets/shared/words/terms-en.ts';
import { valueChartTerms } from '../../widgets/value-chart/value-chart.terms.ts';

it('counts customers in the form that each language asks for', () => {
  const count = (terms: typeof en, counts: number[]) => counts.map((one) => terms.customers(one, String(one)));
  expect(count(en, [0, 1, 2])).toEqual(['0 customers', '1 customer', '2 customers']);
  expect(count(de, [1, 2])).toEqual(['1 Kunde', '2 Kunden']);
  const arabic = count(ar, [0, 1, 2, 3, 11, 100]);
  expect(new Set(arabic.map((phrase) => phrase.replace(/\d+ /, ''))).size).toBe(6);
  expect(arabic.slice(3)).toEqual(['3 عملاء', '11 عميلًا', '100 عميل']);
});

it('counts a number with decimals as it is written', () => {
  expect(valueChartTerms.en.expectedOrderDays(1, '1.0')).toBe('1.0 order days expected');
  expect(valueChartTerms.ar!.expectedOrderDays(3, '3.0')).toContain('3.0 أيام');
});

it('falls back to the form for other numbers', () => {
  expect(counted('ar', { other: '# x' })(2, '2')).toBe('2 x');
});
