import fc from 'fast-check';
import { expect, it } from 'vitest';

import { csvRows } from '../../../server/imports/formats/csv-rows.ts';

async function read(text: string) {
  async function* lines() {
    yield* text.split(/\r?\n/);
  }
  const rows = [];
  for await (const row of csvRows(lines())) rows.push(row);
  return rows;
}

const fields = async (text: string) => (await read(text)).map((row) => row.fields);

it('reads quoted fields with delimiters, quotes and line breaks in them', async () => {
  expect(await fields('a,b\n"x, y","say ""hi"""\n"two\nlines",z\n')).toEqual([
    ['a', 'b'],
    ['x, y', 'say "hi"'],
    ['two\nlines', 'z'],
  ]);
});

it('takes the delimiter that parts the header into most columns, and leaves a byte order mark aside', async () => {
  expect(await fields('\ufeffa;b,c;d\n1;2;3\n')).toEqual([
    ['a', 'b,c', 'd'],
    ['1', '2', '3'],
  ]);
});

it('loses one row, not those after it, to a quote that never closes', async () => {
  const rows = await read('a,b\n1,"open\n2,x\n3,y');
  expect(rows.map(({ line, fields }) => [line, fields])).toEqual([
    [1, ['a', 'b']],
    [2, null],
    [3, ['2', 'x']],
    [4, ['3', 'y']],
  ]);
});

it('gives each row the number of the line it begins on, blank lines counted', async () => {
  expect((await read('a\n\n"x\ny"\nz')).map(({ line }) => line)).toEqual([1, 3, 5]);
});

it('reads back whatever a careful writer wrote', async () => {
  const text = fc.string({ maxLength: 8 }).map((value) => value.replace(/\r/g, ''));
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(text, text), { minLength: 1, maxLength: 12 }), async (table) => {
      const quoted = (value: string) => `"${value.replaceAll('"', '""')}"`;
      const written = [['head', 'er'], ...table].map((row) => row.map(quoted).join(',')).join('\n');
      expect(await fields(written)).toEqual([['head', 'er'], ...table]);
    }),
  );
});
