import type { Entry } from 'yauzl';
import { DomainError } from '../../domain/errors.ts';
import { isDateFormat } from './cell-text.ts';
import { partsOf, watchXml, type XmlWatcher } from './zip-parts.ts';

export interface Sheet {
  readonly name: string;
  readonly entry: Entry;
}

export interface Workbook {
  readonly path: string;
  readonly sheets: readonly Sheet[];
  /** Texts that cells refer to by number. */
  readonly texts: readonly string[];
  /** By number of the style, whether it shows a number as a date. */
  readonly isDate: readonly boolean[];
  readonly is1904: boolean;
}

/** What a spreadsheet file (.xlsx) holds of its sheets. @throws DomainError when it is none, or too large. */
export async function openWorkbook(path: string): Promise<Workbook> {
  const parts = await partsOf(path);
  async function watch(name: string, watcher: XmlWatcher): Promise<void> {
    const entry = parts.get(name);
    if (entry !== undefined) for await (const _ of watchXml({ path, entry, isHeld: true }, watcher));
  }

  const targets = new Map<string, string>();
  await watch('xl/_rels/workbook.xml.rels', {
    open(name, { Id, Target }) {
      if (name === 'Relationship' && Id && Target) targets.set(Id, Target.replace(/^(\/xl\/|\.\/)?/, 'xl/'));
    },
  });

  const sheets: Sheet[] = [];
  let is1904 = false;
  await watch('xl/workbook.xml', {
    open(tag, attributes) {
      if (tag === 'workbookPr') is1904 = /^(1|true)$/.test(attributes.date1904 ?? '');
      if (tag !== 'sheet') return;
      const id = Object.entries(attributes).find(([name]) => name.endsWith(':id'))?.[1];
      const entry = parts.get(targets.get(id ?? '') ?? '');
      if (entry !== undefined) sheets.push({ name: attributes.name ?? '', entry });
    },
  });

  const texts: string[] = [];
  let text = '';
  let isText = false;
  let isReading = false;
  await watch('xl/sharedStrings.xml', {
    open(tag) {
      if (tag === 'si') text = '';
      if (tag === 'rPh') isReading = true;
      isText = tag === 't';
    },
    text(piece) {
      if (isText && !isReading) text += piece;
    },
    close(tag) {
      if (tag === 'rPh') isReading = false;
      if (tag === 'si') texts.push(text);
      isText = false;
    },
  });

  const formats = new Map<number, string>();
  const isDate: boolean[] = [];
  let isOfCells = false;
  await watch('xl/styles.xml', {
    open(tag, { numFmtId = '0', formatCode = '' }) {
      if (tag === 'numFmt') formats.set(Number(numFmtId), formatCode);
      if (tag === 'cellXfs') isOfCells = true;
      if (tag === 'xf' && isOfCells) isDate.push(isDateFormat(Number(numFmtId), formats.get(Number(numFmtId))));
    },
    close(tag) {
      if (tag === 'cellXfs') isOfCells = false;
    },
  });
  return { path, sheets, texts, isDate, is1904 };
}

/** @throws DomainError naming the sheets where there is none of this name. */
export function sheetNamed({ path, sheets }: Workbook, name: string): Sheet {
  const found = sheets.find((sheet) => sheet.name === name);
  if (found !== undefined) return found;
  const names = sheets.map((sheet) => `"${sheet.name}"`).join(', ');
  throw new DomainError('NO_SUCH_SHEET', `${path} has no sheet "${name}": it has ${names}`, ['sheet']);
}
