import { DomainError } from '../../domain/errors.ts';
import { csvRows, likelyDelimiter, namedDelimiter } from './csv-rows.ts';
import { decode, encodingOf } from './encoding.ts';
import { identify, readBytes } from './file-bytes.ts';
import { afterFirst, type OnRead, oneByOne } from './first-row.ts';
import { jsonRows, keysOf, parseObject } from './json-rows.ts';
import { openSpreadsheet } from './open-spreadsheet.ts';
import { splitLines } from './split-lines.ts';
import type { Layout, Row, Table } from './table.ts';

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
  const start = await firstLine(lines());
  if (start === null) throw new DomainError('EMPTY_FILE', `${path} is empty`, ['file']);

  const { bytes } = source;
  const table = (kind: Layout['kind'], delimiter: string | null) => ({
    path,
    bytes,
    layout: { kind, encoding, delimiter, isCompressed: source.kind === 'GZIP', sheet: null, otherSheets: [] },
  });
  if (syntax === 'words') {
    const batches = (onRead?: OnRead) => wordRows(lines(onRead));
    return { ...table('WORDS', null), ...(await afterFirst(batches)) };
  }
  if (parseObject(start) !== null) {
    const first = await keysOf(lines(), path);
    return { ...table('JSON_LINES', null), first, rows: (onRead) => oneByOne(jsonRows(lines(onRead), first)) };
  }
  refuseMarkup(path, start.trim());
  const delimiter = namedDelimiter(start) ?? likelyDelimiter(start);
  const batches = (onRead?: OnRead) => csvRows(lines(onRead), delimiter);
  return { ...table('CSV', delimiter), ...(await afterFirst(batches)) };
}

/** The first line that is not blank. */
async function firstLine(batches: AsyncIterable<readonly string[]>): Promise<string | null> {
  for await (const lines of batches) {
    const first = lines.find((line) => line.trim() !== '');
    if (first !== undefined) return first;
  }
  return null;
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
