import { parse } from 'csv-parse/sync';

export interface Row {
  /** Line of the file on which the row begins, from 1. */
  readonly line: number;
  readonly raw: string;
  /** null where the row breaks the syntax of the file, with the reason. */
  readonly fields: readonly string[] | null;
  readonly fault?: string;
}

/** Lines that one quoted field may span: past that its quote was never meant to open. */
const MOST_LINES = 200;

/**
 * Rows of CSV from its lines. A quote that never closes costs the row it stands in and no other, which a parser of the whole
 * stream cannot promise; the library parses the rows that have quotes.
 */
export async function* csvRows(lines: AsyncIterable<string>): AsyncGenerator<Row> {
  let delimiter = ',';
  let width = 0;
  /** Lines not yet given out, the number of the first, and how many of them are known to make no row together. */
  let pending: string[] = [];
  let first = 1;
  let tried = 0;

  function* take(count: number, fields: readonly string[] | null): Generator<Row> {
    const raw = pending.slice(0, count).join('\n');
    if (fields === null) yield { line: first, raw, fields, fault: 'a quote opens and does not close' };
    else if (raw.trim() !== '') {
      if (width === 0) width = fields.length;
      yield { line: first, raw, fields };
    }
    pending = pending.slice(count);
    first += count;
    tried = 0;
  }

  function* drain(atEnd: boolean): Generator<Row> {
    while (pending.length > 0) {
      if (tried < pending.length) {
        const fields = parseRow(pending.slice(0, ++tried).join('\n'), delimiter);
        if (fields !== null && (tried === 1 || fields.length === width)) yield* take(tried, fields);
      } else if (atEnd || pending.length > MOST_LINES) yield* take(1, null);
      else return;
    }
  }

  for await (const line of lines) {
    if (width === 0) delimiter = likelyDelimiter(line);
    pending.push(first === 1 && pending.length === 0 ? line.replace(/^\uFEFF/, '') : line);
    yield* drain(false);
  }
  yield* drain(true);
}

/** @returns null when a quote is still open. */
function parseRow(text: string, delimiter: string): readonly string[] | null {
  if (!text.includes('"')) return text.split(delimiter);
  try {
    const records: string[][] = parse(text, { delimiter, relax_quotes: true, relax_column_count: true });
    return records.length === 1 ? records[0]! : null;
  } catch {
    return null;
  }
}

/** The one of comma, semicolon and tab that parts the header into most columns. */
function likelyDelimiter(header: string): string {
  const parts = (separator: string) => header.split(separator).length;
  return [',', ';', '\t'].reduce((best, next) => (parts(next) > parts(best) ? next : best));
}
