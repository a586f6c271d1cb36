import { DomainError } from '../../domain/errors.ts';
import { csvRows, likelyDelimiter, namedDelimiter } from './csv-rows.ts';
import { decode, encodingOf } from './encoding.ts';
import { identify, readBytes } from './file-bytes.ts';
import { afterFirst, type OnRead, rowsOf } from './first-row.ts';
import { jsonRows, keysOf, parseObject } from './json-rows.ts';
import { openSpreadsheet } from './open-spreadsheet.ts';
import { splitLines } from './split-lines.ts';
import type { Layout, Row, Table } from './table.ts';
import { MOST_TITLES, titlesAbove } from './titles.ts';

/** Lines at the top of a file among which the header is looked for, blank ones included. */
const MOST_LINES = 1_000;

export interface TableOptions {
  /** `words` are parted by runs of blanks; where it is absent the content decides the syntax. */
  readonly syntax?: 'words' | undefined;
  /** Name of the sheet of a spreadsheet; where it is absent, the first that has a header and rows. */
  readonly sheet?: string | undefined;
}

/**
 * Opens a file of any kind, encoding and syntax that its content shows.
 * @throws DomainError saying what the file is instead of a table.
 */
export async function openTable(path: string, { syntax, sheet }: TableOptions = {}): Promise<Table> {
  const source = await identify(path);
  if (source.kind === 'ZIP') return openSpreadsheet(source, sheet);
  const encoding = await encodingOf(source);
  const lines = (onRead?: OnRead) => splitLines(decode(readBytes(source, onRead), encoding), path);
  const top = await firstLines(lines());
  const start = top.find((line) => !isBlank(line));
  if (start === undefined) throw new DomainError('EMPTY_FILE', `${path} is empty`, ['file']);

  const { bytes } = source;
  const isCompressed = source.kind === 'GZIP';
  const table = (kind: Layout['kind'], delimiter: string | null, titleRows = 0) => ({
    path,
    bytes,
    layout: { kind, encoding, delimiter, isCompressed, sheet: null, otherSheets: [], titleRows },
  });
  if (syntax === 'words') {
    const batches = (onRead?: OnRead) => wordRows(lines(onRead));
    return { ...table('WORDS', null), ...(await afterFirst(batches)) };
  }
  if (parseObject(start) !== null) {
    const first = await keysOf(lines(), path);
    return { ...table('JSON_LINES', null), first, ...rowsOf((onRead) => jsonRows(lines(onRead), first)) };
  }
  refuseMarkup(path, start.trim());
  const named = namedDelimiter(start);
  const below = top.filter((line) => !isBlank(line)).slice(named === null ? 0 : 1);
  const titleRows = titlesAbove(
    below.map((line) => (isOpen(line) ? [line, line] : line.split(named ?? likelyDelimiter(line)))),
  );
  const header = below[titleRows] ?? start;
  const delimiter = named ?? likelyDelimiter(header);
  const skip = titleRows === 0 ? 0 : top.indexOf(header);
  const batches = (onRead?: OnRead) => csvRows(lines(onRead), delimiter, skip);
  return { ...table('CSV', delimiter, titleRows), ...(await afterFirst(batches)) };
}

/** A quote that goes on in the next line is a header's, and no title's. */
const isOpen = (line: string) => line.split('"').length % 2 === 0;

const isBlank = (line: string) => line.trim() === '';

/** As many as may stand above the header, and it; blank ones are extra. */
async function firstLines(batches: AsyncIterable<readonly string[]>): Promise<string[]> {
  const top: string[] = [];
  let filled = 0;
  for await (const lines of batches) {
    for (const line of lines) {
      top.push(line);
      if (!isBlank(line)) filled++;
      if (filled > MOST_TITLES + 1 || top.length > MOST_LINES) return top;
    }
  }
  return top;
}

function refuseMarkup(path: string, start: string): void {
  const kind = /^<(!doctype|html|table|\?xml)/i.test(start)
    ? 'HTML or XML'
    : /^(\{|\[(\s*\{|$))/.test(start)
      ? 'JSON'
      : null;
  if (kind === null) return;
  const expected = 'CSV, .xlsx, or JSON with an object on each line';
  throw new DomainError('WRONG_FORMAT', `${path} is ${kind}: expected ${expected}`, ['file']);
}

async function* wordRows(batches: AsyncIterable<readonly string[]>): AsyncGenerator<readonly Row[]> {
  let line = 0;
  for await (const lines of batches) {
    const rows = lines.map((raw) => ({ line: ++line, lines: 1, raw, fields: raw.trim().split(/\s+/) }));
    yield rows.filter(({ fields }) => fields[0] !== '');
  }
}
