import { strToU8, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';

import { read } from './read.ts';
import { textRow, workbookFile } from './workbook-file.ts';

/** What the cells of a column are read as. */
async function column(cells: readonly string[], extras: Parameters<typeof workbookFile>[1] = {}) {
  const rows = cells.map((cell) => `<row>${cell}<c t="inlineStr"><is><t>x</t></is></c></row>`).join('');
  const { fields } = await read(workbookFile({ Orders: `${textRow('value', 'x')}${rows}` }, extras));
  return fields.map((row) => row?.[0] ?? null);
}

describe('a cell', () => {
  it('gives its text, wherever it is written', async () => {
    const texts = ['<t>tea</t>', '<r><t>green </t></r><r><t>tea</t></r>', '<t>茶</t><rPh><t>チャ</t></rPh>'];
    const cells = ['<c t="s"><v>0</v></c>', '<c t="s"><v>1</v></c>', '<c t="s"><v>2</v></c>'];
    expect(await column([...cells, '<c t="inlineStr"><is><t>a &amp; b_x000D_</t></is></c>'], { texts })).toEqual([
      'tea',
      'green tea',
      '茶',
      'a & b\r',
    ]);
  });

  it('with a formula gives its last result', async () => {
    expect(await column(['<c><f>A1*2</f><v>5</v></c>', '<c t="str"><f>A1&amp;"x"</f><v>tea</v></c>'])).toEqual([
      '5',
      'tea',
    ]);
  });

  it('with a formula whose result is not in the file costs its row', async () => {
    expect(await column(['<c><f>A1*2</f></c>', '<c t="str"><f>""</f><v></v></c>'])).toEqual([null, '']);
  });

  it('with a number gives the shortest decimal text', async () => {
    const numbers = ['0.1', '12', '-3.50', '1E-7', '2300000000000', '4.0999999999999996'];
    expect(await column(numbers.map((number) => `<c><v>${number}</v></c>`))).toEqual([
      '0.1',
      '12',
      '-3.5',
      '0.0000001',
      '2300000000000',
      '4.1',
    ]);
  });

  it('with a date gives ISO text, by the format of the cell', async () => {
    const formats = ['dd/mm/yyyy', 'yyyy-mm-dd\\ hh:mm', 'h:mm AM/PM', '[$-409]mmm\\ d'];
    const cell = (style: number, value: string) => `<c s="${style}"><v>${value}</v></c>`;
    expect(
      await column([cell(1, '46145'), cell(2, '46145.4166666667'), cell(3, '0.75'), cell(4, '46145.5')], { formats }),
    ).toEqual(['2026-05-03', '2026-05-03T10:00:00', '18:00:00', '2026-05-03T12:00:00']);
  });

  it('with a date counts from 1904 where the workbook does', async () => {
    expect(await column(['<c s="1"><v>44683</v></c>'], { formats: ['yyyy-mm-dd'], is1904: true })).toEqual([
      '2026-05-03',
    ]);
  });

  it.each(['#,##0.00 &quot;days&quot;', '[Red]0.00', '0.00E+00', '0.00 CHF', 'General', '@'])(
    'in the format %s is no date',
    async (format) => expect(await column(['<c s="1"><v>12.5</v></c>'], { formats: [format] })).toEqual(['12.5']),
  );

  it('with an error costs its row, and names the column', async () => {
    const { rows } = await read(
      workbookFile({
        Orders: `${textRow('a', 'b')}<row><c><v>1</v></c><c t="e"><v>#N/A</v></c></row>${textRow('2', '3')}`,
      }),
    );
    expect(rows).toMatchObject([
      { line: 2, fields: null, fault: expect.stringContaining('column 2') },
      { line: 3, fields: ['2', '3'] },
    ]);
  });

  it('with a whole number that a spreadsheet has rounded costs its row', async () => {
    expect(await column(['<c><v>12345678901234567890</v></c>'])).toEqual([null]);
  });

  it('stands in the column that it names, empty ones before and after it', async () => {
    const { fields } = await read(
      workbookFile({ Orders: `${textRow('a', 'b', 'c', 'd')}<row r="2"><c r="C2"><v>1</v></c></row>` }),
    );
    expect(fields).toEqual([['', '', '1', '']]);
  });

  it('merged with others counts by its first', async () => {
    const rows = `${textRow('order', 'item')}<row><c r="A2"><v>1</v></c><c r="B2"><v>5</v></c></row><row><c r="A3" s="0"/><c r="B3"><v>6</v></c></row>`;
    expect((await read(workbookFile({ Orders: rows }))).fields).toEqual([
      ['1', '5'],
      ['', '6'],
    ]);
  });
});

describe('a row', () => {
  it('has the number that the spreadsheet shows, and is none without a value', async () => {
    const { rows } = await read(
      workbookFile({ Orders: `${textRow('a')}<row r="3"/><row r="5"><c><v>1</v></c></row><row><c s="0"/></row>` }),
    );
    expect(rows.map(({ line, lines }) => [line, lines])).toEqual([[5, 1]]);
  });

  it('with more than a row can hold is refused', async () => {
    const huge = workbookFile({ Orders: `${textRow('a')}${textRow('x'.repeat(2 ** 21))}` });
    await expect(read(huge)).rejects.toMatchObject({ code: 'TOO_LONG_LINE' });
  });
});

describe('the sheet', () => {
  const sheets = {
    Notes: textRow('made by hand'),
    Orders: textRow('order') + textRow('1'),
    Returns: textRow('return') + textRow('2'),
  };

  it('is the first with a header and rows, and others with rows are named', async () => {
    const { layout, first } = await read(workbookFile(sheets));
    expect(layout).toMatchObject({ kind: 'SPREADSHEET', encoding: null, sheet: 'Orders', otherSheets: ['Returns'] });
    expect(first).toEqual(['order']);
  });

  it('is the one that is asked for', async () => {
    expect((await read(workbookFile(sheets), { sheet: 'Returns' })).first).toEqual(['return']);
  });

  it('that is asked for and does not exist is refused with those that do', async () => {
    await expect(read(workbookFile(sheets), { sheet: 'returns' })).rejects.toMatchObject({
      code: 'NO_SUCH_SHEET',
      message: expect.stringContaining('"Orders"'),
    });
  });
});

describe('a zip archive is refused that', () => {
  it.each([
    ['is no spreadsheet', zipSync({ 'word/document.xml': strToU8('<x/>') }), 'BINARY_FILE'],
    ['ends early', workbookFile({ Orders: textRow('a') + textRow('1') }).subarray(0, -30), 'BINARY_FILE'],
    ['has no rows', workbookFile({ Orders: textRow('a') }), 'EMPTY_FILE'],
    ['has XML that breaks off', workbookFile({ Orders: `${textRow('a')}<row><c>` }), 'DAMAGED_SPREADSHEET'],
  ])('%s', async (_what, bytes, code) => {
    await expect(read(bytes)).rejects.toMatchObject({ code });
  });

  it('unpacks to far more than its size', async () => {
    const bomb = workbookFile({ Orders: textRow('a') + ' '.repeat(2 ** 26) });
    expect(bomb.length).toBeLessThan(2 ** 18);
    await expect(read(bomb)).rejects.toMatchObject({ code: 'TOO_LARGE_SPREADSHEET' });
  });
});
