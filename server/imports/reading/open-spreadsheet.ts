import { DomainError } from '../../domain/errors.ts';
import type { Source } from './file-bytes.ts';
import { afterFirst } from './first-row.ts';
import { sheetRows } from './sheet-rows.ts';
import type { Row, Table } from './table.ts';
import { MOST_TITLES, titlesAbove } from './titles.ts';
import { openWorkbook, type Sheet, sheetNamed, type Workbook } from './workbook.ts';

/** @throws DomainError when there is no such sheet, or none has a header and rows. */
export async function openSpreadsheet({ path, bytes }: Source, name: string | undefined): Promise<Table> {
  const book = await openWorkbook(path);
  const filled: Sheet[] = [];
  for (const sheet of book.sheets) if (await hasRows(book, sheet)) filled.push(sheet);
  const sheet = name === undefined ? filled[0] : sheetNamed(book, name);
  if (sheet === undefined) {
    throw new DomainError('EMPTY_FILE', `${path} is empty: no sheet has a header and rows`, ['file']);
  }
  const titleRows = titlesAbove((await firstRows(book, sheet)).map(({ fields }) => fields ?? []));
  const otherSheets = filled.filter((each) => each !== sheet).map((each) => each.name);
  return {
    path,
    bytes,
    layout: {
      kind: 'SPREADSHEET',
      encoding: null,
      delimiter: null,
      isCompressed: false,
      sheet: sheet.name,
      otherSheets,
      titleRows,
    },
    ...(await afterFirst((onRead) => sheetRows(book, sheet, { onRead, skip: titleRows }))),
  };
}

async function firstRows(book: Workbook, sheet: Sheet): Promise<Row[]> {
  const found: Row[] = [];
  for await (const rows of sheetRows(book, sheet)) {
    found.push(...rows);
    if (found.length > MOST_TITLES) break;
  }
  return found;
}

async function hasRows(book: Workbook, sheet: Sheet): Promise<boolean> {
  let count = 0;
  for await (const rows of sheetRows(book, sheet)) {
    count += rows.length;
    if (count > 1) return true;
  }
  return false;
}
