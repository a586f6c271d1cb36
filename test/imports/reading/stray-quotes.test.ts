import fc from 'fast-check';
import { expect, it } from 'vitest';

import { csvRows } from '../../../server/imports/reading/csv-rows.ts';
import type { Row } from '../../../server/imports/reading/table.ts';

async function rowsOf(lines: readonly string[], batch: number): Promise<Row[]> {
  async function* batches() {
    for (let at = 0; at < lines.length; at += batch) yield lines.slice(at, at + batch);
  }
  const all: Row[] = [];
  for await (const rows of csvRows(batches(), ',')) all.push(...rows);
  return all;
}

const item = fc.constantFrom('tea', '"tea"', '"tea, green"', '"a ""pot"""', '24" shelf', '""', '');
const stray = fc.record({ line: fc.nat(), at: fc.nat(), text: fc.constantFrom('"', '""') });

it('cost no order of 1,000 files that is not told', async () => {
  const files = fc.tuple(
    fc.array(item, { minLength: 5, maxLength: 30 }),
    fc.array(stray, { minLength: 1, maxLength: 4 }),
  );
  await fc.assert(
    fc.asyncProperty(files, fc.integer({ min: 1, max: 8 }), async ([items, strays], batch) => {
      const end = batch % 2 === 0 ? ',' : '';
      const lines = [`order,item,amount${end}`, ...items.map((name, i) => `${i + 1},${name},5.00${end}`)];
      for (const { line, at, text } of strays) {
        const index = 1 + (line % items.length);
        const cut = at % (lines[index]!.length + 1);
        lines[index] = lines[index]!.slice(0, cut) + text + lines[index]!.slice(cut);
      }
      const rows = await rowsOf(lines, batch);
      expect(rows.filter(({ lines: count }) => count !== 1)).toEqual([]);
      expect(rows.map(({ line }) => line)).toEqual(lines.map((_, i) => i + 1));
    }),
    { numRuns: 1_000 },
  );
});

it.each([['a,b,c,', '1,tea,5.00,', '2,"","5.00,""', '3,,5.00",', '4,tea,5.00,']])(
  'tie no rows together that end in one',
  async (...lines) => {
    expect((await rowsOf(lines, 8)).map(({ line }) => line)).toEqual([1, 2, 3, 4, 5]);
  },
);

it('leave each line in one row, or blank', async () => {
  const piece = fc.constantFrom('"', '""', ',', 'a', '1', ' ', '\n', '\n\n', 'x,y,z\n', '"p\nq",r,s\n');
  await fc.assert(
    fc.asyncProperty(fc.array(piece, { maxLength: 60 }), fc.integer({ min: 1, max: 8 }), async (pieces, batch) => {
      const lines = `a,b,c\n${pieces.join('')}`.split('\n');
      let next = 1;
      for (const { line, lines: count, raw } of await rowsOf(lines, batch)) {
        for (; next < line; next++) expect(lines[next - 1]!.replaceAll(/[\s",]/g, '')).toBe('');
        expect(raw).toBe(lines.slice(line - 1, line - 1 + count).join('\n'));
        next += count;
      }
      for (; next <= lines.length; next++) expect(lines[next - 1]!.replaceAll(/[\s",]/g, '')).toBe('');
    }),
    { numRuns: 500 },
  );
});
