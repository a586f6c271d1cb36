import { dateText, numberText, unescaped } from './cell-text.ts';
import type { OnRead } from './first-row.ts';
import { LONGEST_LINE, tooLongLine } from './split-lines.ts';
import type { Row } from './table.ts';
import type { Sheet, Workbook } from './workbook.ts';
import { watchXml } from './zip-parts.ts';

/**
 * Rows of a sheet that have a value, the header included. A formula counts by its last result, a merged cell by its first.
 * @param onRead Is given about how many bytes were read from disk.
 * @param skip Rows before the header.
 */
export async function* sheetRows(
  book: Workbook,
  sheet: Sheet,
  { onRead, skip = 0 }: { readonly onRead?: OnRead | undefined; readonly skip?: number } = {},
): AsyncGenerator<readonly Row[]> {
  let skipped = 0;
  let rows: Row[] = [];
  let width = 0;
  let line = 0;
  let fields: string[] = [];
  let fault: string | undefined;
  let column = 0;
  let type = '';
  let style = 0;
  let value = '';
  let isValue = false;
  /** Whether the cell has a formula whose result is not in the file. */
  let isOpenFormula = false;
  /** Characters of values since the last row. */
  let length = 0;

  function open(tag: string, attributes: Readonly<Record<string, string>>): void {
    if (tag === 'row') {
      line = Math.max(line + 1, Number(attributes.r) || 0);
      fields = [];
      fault = undefined;
      column = 0;
    } else if (tag === 'c') {
      if (attributes.r !== undefined) column = columnOf(attributes.r);
      type = attributes.t ?? 'n';
      style = Number(attributes.s ?? 0);
      value = '';
      isOpenFormula = false;
    }
    isValue = tag === 'v' || tag === 't';
    if (tag === 'f') isOpenFormula = true;
    if (isValue) isOpenFormula = false;
  }

  function text(piece: string): void {
    length += piece.length;
    if (length > LONGEST_LINE) throw tooLongLine(book.path, line - 1);
    if (isValue) value += piece;
  }

  function close(tag: string): void {
    isValue = false;
    if (tag === 'c') {
      const cell = cellText();
      if (cell !== '') {
        while (fields.length < column) fields.push('');
        fields[column] = cell;
      }
      column++;
    } else if (tag === 'row') {
      length = 0;
      if (fields.length === 0 && fault === undefined) return;
      if (skipped < skip) {
        skipped++;
        return;
      }
      if (width === 0) width = fields.length;
      while (fields.length < width) fields.push('');
      const row = { line, lines: 1, raw: fields.join('\t') };
      rows.push(fault === undefined ? { ...row, fields } : { ...row, fields: null, fault });
    }
  }

  function cellText(): string {
    if (isOpenFormula)
      fault = `column ${column + 1} holds a formula without its result: save the file in a spreadsheet`;
    if (value === '') return '';
    if (type === 's') return unescaped(book.texts[Number(value)] ?? '');
    if (type === 'str' || type === 'inlineStr' || type === 'd') return unescaped(value);
    if (type === 'b') return value === '1' ? 'true' : 'false';
    const number = Number(value);
    if (type === 'e' || Number.isNaN(number)) fault = `column ${column + 1} holds the error ${value}`;
    else if (book.isDate[style]) return dateText(number, book.is1904);
    else if (Number.isInteger(number) && !Number.isSafeInteger(number)) fault = `column ${column + 1}: ${INEXACT}`;
    else return numberText(number);
    return value;
  }

  for await (const bytes of watchXml({ path: book.path, entry: sheet.entry, isHeld: false }, { open, text, close })) {
    onRead?.(bytes);
    yield rows;
    rows = [];
  }
  yield rows;
}

const INEXACT = 'a whole number beyond 2^53 is not what it was: write it as text';

/** Of the reference of a cell such as AB12, from 0. */
function columnOf(reference: string): number {
  let column = 0;
  for (const letter of reference.match(/^[A-Z]{1,3}/)?.[0] ?? 'A') column = column * 26 + letter.charCodeAt(0) - 64;
  return column - 1;
}
