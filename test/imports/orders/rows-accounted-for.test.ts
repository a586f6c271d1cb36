import fc from 'fast-check';
import { expect, it } from 'vitest';

import { countFile } from '../../support/order-file.ts';
import { fileOf, HEADERS, type Source } from '../profiles/headers.ts';

/** Cells that are right in some column and wrong in others. */
const CELLS = ['', '0', '1', '-2', '12.50', '1.234,50', 'x', '2026-04-01 09:00:00', '31.12.2025', 'paid', 'Refunded'];
const MORE_CELLS = [
  'voided',
  'eva@example.com',
  'EUR',
  'usd',
  '#1001',
  '2.3E+12',
  '1× Cap, 2× Mug',
  'Grüße',
  '\u200e',
  'a'.repeat(300),
];

it.each(Object.keys(HEADERS) as Source[])('accounts for every row of %s, whatever its cells hold', async (source) => {
  const titles = HEADERS[source].split(',');
  const row = fc.tuple(...titles.map(() => fc.constantFrom(...CELLS, ...MORE_CELLS)));
  // The first row makes every file one that is read.
  const good = Object.fromEntries(titles.map((title) => [title, goodCell(title)]));
  await fc.assert(
    fc.asyncProperty(fc.array(row, { maxLength: 12 }), async (rows) => {
      const file = fileOf(source, [
        good,
        ...rows.map((cells) => Object.fromEntries(cells.map((cell, i) => [titles[i]!, cell]))),
      ]);
      const {
        rows: read,
        accepted,
        rejected,
        excluded,
      } = await countFile(file, { decimal: '.', dateFormat: undefined, states: STATES });
      const left = [...Object.values(rejected), ...Object.values(excluded)].reduce((sum, count) => sum + count, 0);
      expect(accepted + left).toBe(read);
      expect(read).toBe(rows.length + 1);
    }),
    { numRuns: Number(process.env.PROPERTY_RUNS) },
  );
});

/** No cell is an unknown state, for which the whole file would be refused. */
const STATES = Object.fromEntries([...CELLS, ...MORE_CELLS].map((cell) => [cell, 'COUNTS'] as const));

function goodCell(title: string): string {
  if (/date|created|placed at/i.test(title)) return '2026-04-01 09:00:00';
  if (/price|amount|total|revenue|sales|gross|value|sold for/i.test(title)) return '12.50';
  return /status|mode|type/i.test(title) ? 'paid' : '';
}
