import { describe, expect, it } from 'vitest';

import { openTable } from '../../../server/imports/reading/open-table.ts';
import { testFile } from '../../support/files.ts';
import { textRow, workbookFile } from './workbook-file.ts';

async function opened(content: string | Uint8Array) {
  const { first, layout, rows } = await openTable(testFile(content));
  const all = [];
  for await (const { line, fields } of rows()) all.push([line, ...(fields ?? [])]);
  return { first, titleRows: layout.titleRows, rows: all };
}

describe('rows above the header', () => {
  it('are passed over, whatever parts the columns, and lines keep their numbers', async () => {
    const report = 'Orders of May\n\n"Printed 2026-06-01"\norder;item;amount\n1;tea;5,00\n2;;3,00\n';
    expect(await opened(report)).toEqual({
      first: ['order', 'item', 'amount'],
      titleRows: 2,
      rows: [
        [5, '1', 'tea', '5,00'],
        [6, '2', '', '3,00'],
      ],
    });
  });

  it('may have the delimiters of empty cells, or stand in a sheet', async () => {
    expect(await opened('Sales,,\n,,\norder,item,amount\n1,tea,5\n')).toMatchObject({
      titleRows: 2,
      rows: [[4, '1', 'tea', '5']],
    });
    const book = workbookFile({
      Orders: textRow('Sales of May') + textRow('order', 'item', 'amount') + textRow('1', 'tea', '5'),
    });
    expect(await opened(book)).toMatchObject({ first: ['order', 'item', 'amount'], titleRows: 1 });
  });

  it.each(['email\nann@example.com\nbob@example.com\n', 'sep=;\norder;item\n1;tea\n', 'order,item\n1,tea\n'])(
    'are none in %j',
    async (content) => {
      expect(await opened(content)).toMatchObject({ titleRows: 0 });
    },
  );
});
