import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { openTable } from '../../../server/imports/reading/open-table.ts';
import { LONGEST_LINE } from '../../../server/imports/reading/split-lines.ts';
import { testFile } from '../../support/files.ts';
import { read } from './read.ts';

const places = async (text: string) => (await read(text)).rows.map(({ line, lines }) => [line, lines]);

describe('quotes', () => {
  it('hold delimiters, quotes and line breaks', async () => {
    const { first, fields } = await read('a,b,c\n"x, y","say ""hi""",1\n"two\nlines",z,2\n');
    expect(first).toEqual(['a', 'b', 'c']);
    expect(fields).toEqual([
      ['x, y', 'say "hi"', '1'],
      ['two\nlines', 'z', '2'],
    ]);
  });

  it('may be followed by blanks', async () => {
    expect((await read('a,b\n"x" ,"y"\n')).fields).toEqual([['x', 'y']]);
  });

  it('inside of a field without quotes are text', async () => {
    expect((await read('item,size,n\nmonitor,24" wide,1\nshelf,5\' 6",2\n')).fields).toEqual([
      ['monitor', '24" wide', '1'],
      ['shelf', '5\' 6"', '2'],
    ]);
  });

  it('hold line breaks in a header', async () => {
    expect((await read('"order\nnumber",b\n1,2\n')).first).toEqual(['order\nnumber', 'b']);
  });

  it('hold empty lines and many lines', async () => {
    const note = `one\n\n${'line of a note\n'.repeat(100)}end`;
    expect((await read(`a,b,c\n1,"${note}",2\n3,x,4\n`)).fields).toEqual([
      ['1', note, '2'],
      ['3', 'x', '4'],
    ]);
  });

  it('give back whatever a careful writer wrote', async () => {
    const text = fc.string({ unit: fc.constantFrom('a', '"', '\n', ' ', ';', '\t', 'é'), maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(text, text, text), { minLength: 1, maxLength: 12 }), async (table) => {
        const quoted = (value: string) => `"${value.replaceAll('"', '""')}"`;
        const written = table.map((row, i) => ['x', ...row, `${i}`].map(quoted).join(',')).join('\n');
        const { fields } = await read(`a,b,c,d,e\n${written}\n`);
        expect(fields).toEqual(table.map((row, i) => ['x', ...row, `${i}`]));
      }),
      { numRuns: 50 },
    );
  });
});

describe('a stray quote', () => {
  const broken = async (lines: readonly string[]) => {
    const { rows } = await read(`order,item,amount\n${lines.join('\n')}\n`);
    return rows.map(({ line, lines: count, fields }) => [line, count, fields?.[0] ?? null]);
  };

  it('that never closes costs its row alone', async () => {
    expect(await broken(['1,tea,5', '2,"tea,5', '3,tea,5', '4,tea,5'])).toEqual([
      [2, 1, '1'],
      [3, 1, null],
      [4, 1, '3'],
      [5, 1, '4'],
    ]);
  });

  it.each([
    ['in the same column', '2,"tea,5', '4,tea",5'],
    ['at the end of a line', '2,tea,"5', '4,tea,5"'],
    ['at the beginning of a line', '"2,tea,5', '4",tea,5'],
    ['in another column', '2,tea,"5', '4",tea,5'],
    ['within a word', '2,"tea,5', '4,t"ea,5'],
  ])('and another %s cost no row between them', async (_where, opening, closing) => {
    const rows = await broken(['1,tea,5', opening, '3,tea,5', closing, '5,tea,5']);
    expect(rows.map(([line, count]) => [line, count])).toEqual([2, 3, 4, 5, 6].map((line) => [line, 1]));
    expect(rows.map(([, , order]) => order)).toEqual(expect.arrayContaining(['1', '3', '5']));
    expect(rows[1]).toEqual([3, 1, null]);
  });

  it('and another on the next line do not make one row of two', async () => {
    expect(await broken(['2,"tea,5', '3,tea",5'])).toEqual([
      [2, 1, null],
      [3, 1, '3'],
    ]);
  });

  it('after a closing one costs its row alone', async () => {
    const { rows } = await read('a,b\n1,"x" y\n2,z\n');
    expect(rows.map(({ fields, raw }) => fields ?? raw)).toEqual(['1,"x" y', ['2', 'z']]);
  });

  it('costs no more than its row where the file ends in it', async () => {
    expect(await broken(['1,tea,5', '2,"tea'])).toEqual([
      [2, 1, '1'],
      [3, 1, null],
    ]);
  });
});

describe('lines', () => {
  it.each([
    ['LF', '\n'],
    ['CRLF', '\r\n'],
    ['CR', '\r'],
    ['CR CR LF', '\r\r\n'],
  ])('end with %s', async (_name, end) => {
    expect((await read(['a,b', '1,2', '"x y",4', ''].join(end))).fields).toEqual([
      ['1', '2'],
      ['x y', '4'],
    ]);
  });

  it('that are blank, or have delimiters alone, are no rows and are counted', async () => {
    expect(await places('\na,b,c\n\n  \n1,2,3\n,,\n"x\ny",5,6\n\n7,8,9')).toEqual([
      [5, 1],
      [7, 2],
      [10, 1],
    ]);
  });

  it('need no end at the end of the file', async () => {
    expect((await read('a,b\n1,2')).fields).toEqual([['1', '2']]);
  });

  it('longer than the limit are refused', async () => {
    await expect(read(`a,b\n1,${'x'.repeat(LONGEST_LINE)}\n`)).rejects.toMatchObject({ code: 'TOO_LONG_LINE' });
  });

  it('longer than the limit are refused in a file that never ends its first line', async () => {
    await expect(read('x'.repeat(3 * LONGEST_LINE))).rejects.toMatchObject({ code: 'TOO_LONG_LINE' });
  });
});

describe('the delimiter', () => {
  it.each([
    ['a comma', ','],
    ['a semicolon', ';'],
    ['a tab', '\t'],
    ['a pipe', '|'],
  ])('is found where it is %s', async (_name, delimiter) => {
    const { layout, fields } = await read(
      ['a', 'b', 'c'].join(delimiter).concat('\n', ['1', '2', '3'].join(delimiter)),
    );
    expect([layout.kind, layout.delimiter, fields]).toEqual(['CSV', delimiter, [['1', '2', '3']]]);
  });

  it('is not taken from quoted names', async () => {
    expect((await read('"a;b;c;d",e\n1,2\n')).layout.delimiter).toBe(',');
  });

  it('that a first line "sep=" names is used, and the line is no header', async () => {
    const { first, rows } = await read('sep=^\r\na^b, c\r\n1^2,50\r\n');
    expect(first).toEqual(['a', 'b, c']);
    expect(rows).toMatchObject([{ line: 3, fields: ['1', '2,50'] }]);
  });

  it('at the end of every line leaves quoted line breaks alone', async () => {
    expect((await read('a,b,c,\n1,"two\nlines",2,\n')).fields).toEqual([['1', 'two\nlines', '2']]);
  });

  it('at the end of every line adds no column', async () => {
    const { first, fields } = await read('a;b;\n1;2;\n3;;\n4;5;6\n');
    expect(first).toEqual(['a', 'b']);
    expect(fields).toEqual([
      ['1', '2'],
      ['3', ''],
      ['4', '5', '6'],
    ]);
  });
});

it('reads the rows anew each time', async () => {
  const table = await openTable(testFile('a\n1\n2\n'));
  let bytes = 0;
  for (const isFirstData of [false, true]) {
    let count = 0;
    const onRead = (size: number) => {
      bytes += size;
    };
    for await (const _ of table.rows(onRead, isFirstData)) count++;
    expect(count).toBe(isFirstData ? 3 : 2);
  }
  expect(bytes).toBe(2 * table.bytes);
});
