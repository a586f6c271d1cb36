import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import iconv from 'iconv-lite';
import { expect, it } from 'vitest';

import { DomainError } from '../../server/domain/errors.ts';
import { countFile } from '../support/order-file.ts';
import { fileOf, HEADERS, type Source } from './profiles/headers.ts';
import { textRow, workbookFile } from './reading/workbook-file.ts';

const OTHERS = [
  'product,name,category,price,currency\np1,Tea,Drinks,4.50,EUR\np2,Pot,Ware,"20,00",EUR\n',
  'customer,product,kind,at\nann,p1,view,2026-04-01 10:00:00\nbob,p2,cart,2026-04-02 10:00:00\n',
  'campaign,customer,variant,assigned at\nspring,ann,mail,2026-04-01\nspring,bob,control,2026-04-01\n',
  'day,currency,rate\n2026-04-01,USD,1.08\n2026-04-02,USD,1.09\n',
];

/** What cells of a column hold, roughly. */
function cellOf(title: string, row: number): string {
  if (/date|created|placed at|paid at/i.test(title)) return `2026-04-0${row + 1} 09:00:00`;
  if (/price|amount|total|revenue|sales|gross|value|sold for|subtotal/i.test(title)) return `${10 + row}.50`;
  if (/status|mode/i.test(title)) return 'paid';
  if (/e-?mail/i.test(title)) return `ann${row % 2}@example.com`;
  if (/quantity|qty/i.test(title)) return '2';
  if (/currency/i.test(title)) return 'EUR';
  return /order|invoice|^name$|^id$|transaction id/i.test(title) ? `N${Math.floor(row / 2)}` : `text; "${row}"`;
}

const ROWS = [0, 1, 2, 3, 4, 5];

const texts = [
  ...(Object.keys(HEADERS) as Source[]).map((source) => {
    const titles = HEADERS[source].split(',');
    return fileOf(
      source,
      ROWS.map((row) => Object.fromEntries(titles.map((title) => [title, cellOf(title, row)]))),
    );
  }),
  ...OTHERS,
];

/** Each text in the encodings and containers that shops' tools write. */
const containers: readonly ((text: string) => Uint8Array)[] = [
  (text) => Buffer.from(text),
  (text) => Buffer.from(`\uFEFFsep=,\n${text}`),
  (text) => iconv.encode(text, 'utf-16le', { addBOM: true }),
  (text) => iconv.encode(text.replaceAll('text', 'Grüße'), 'windows-1252'),
  (text) => gzipSync(text),
  (text) =>
    workbookFile({
      Orders: cells(text)
        .map((row) => textRow(...row))
        .join(''),
    }),
  (text) => {
    const [titles, ...rows] = cells(text);
    const objects = rows.map((row) => Object.fromEntries(row.map((cell, i) => [titles![i]!, cell])));
    return Buffer.from(objects.map((row) => JSON.stringify(row)).join('\n'));
  },
];

const cells = (text: string) =>
  text
    .trim()
    .split('\n')
    .map((line) => line.split(',').map((cell) => cell.replaceAll('"', '')));

it('every row of 5,000 mutated files of all kinds is accepted, rejected or left out, unless the file is refused', async () => {
  const change = fc.record({ at: fc.nat(), cut: fc.nat(3), put: fc.uint8Array({ maxLength: 3 }) });
  const file = fc.tuple(fc.constantFrom(...texts), fc.constantFrom(...containers), fc.array(change, { maxLength: 4 }));
  const outcome = { imported: 0, refused: 0, sources: new Set<string>() };
  await fc.assert(
    fc.asyncProperty(file, async ([text, contain, changes]) => {
      let bytes = Buffer.from(contain(text));
      for (const { at, cut, put } of changes) {
        const from = at % (bytes.length + 1);
        bytes = Buffer.concat([bytes.subarray(0, from), put, bytes.subarray(from + cut)]);
      }
      try {
        const { source, rows, accepted, rejected, excluded } = await countFile(bytes, { kind: 'WIN_BACK' });
        const left = [...Object.values(rejected), ...Object.values(excluded)].reduce((sum, count) => sum + count, 0);
        expect(accepted + left).toBe(rows);
        outcome.imported++;
        outcome.sources.add(source);
      } catch (error) {
        if (!(error instanceof DomainError)) throw error;
        outcome.refused++;
      }
    }),
    { numRuns: 5_000 },
  );
  expect(outcome.imported).toBeGreaterThan(2_000);
  expect(outcome.refused).toBeGreaterThan(200);
  expect(outcome.sources.size).toBeGreaterThan(15);
});
