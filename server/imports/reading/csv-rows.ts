import Papa from 'papaparse';

import { LONGEST_LINE } from './split-lines.ts';
import type { Row } from './table.ts';

/** Lines that one row may span: past that its quote was never meant to open. */
const MOST_LINES = 200;
const OPEN_QUOTE = 'a quote opens and does not close';

interface Parsed {
  readonly data: readonly (readonly string[])[];
  readonly errors: readonly { readonly code: string }[];
}

/**
 * Rows of CSV from its lines, the header included. A stray quote costs the row that it stands in and no other, which a
 * parser of the whole stream cannot promise; the library parses the rows that have quotes.
 * @param skip Lines above the header.
 */
export async function* csvRows(
  batches: AsyncIterable<readonly string[]>,
  delimiter: string,
  skip = 0,
): AsyncGenerator<readonly Row[]> {
  const parser = new Papa.Parser({ delimiter, newline: '\n' });
  const parse = (text: string): Parsed => parser.parse(text, 0, false);
  let width: number | undefined;
  let line = 1;
  let lines: readonly string[] = [];

  const row = (at: number, count: number, fields: readonly string[]): Row => {
    width ??= trimmed(fields, 0).length;
    const raw = count === 1 ? lines[at]! : lines.slice(at, at + count).join('\n');
    return { line: line + at, lines: count, raw, fields: trimmed(fields, width) };
  };
  const broken = (at: number, fault: string): Row => ({
    line: line + at,
    lines: 1,
    raw: lines[at]!,
    fields: null,
    fault,
  });

  /** @returns null where the lines so far do not decide. */
  function rowAt(at: number, isEnd: boolean): Row | null {
    const text = lines[at]!;
    if (!text.includes('"')) return row(at, 1, text.split(delimiter));
    const { data, errors } = parse(text);
    if (errors.length === 0) return row(at, 1, data[0]!);
    if (errors.some(({ code }) => code !== 'MissingQuotes')) return broken(at, 'text follows a closing quote');
    let length = text.length;
    for (let end = at + 1; end < at + MOST_LINES; end++) {
      if (end === lines.length) return isEnd ? broken(at, OPEN_QUOTE) : null;
      length += lines[end]!.length;
      if (length > LONGEST_LINE) break;
      // What closes the quote is the first line with an odd number of them.
      if (quotes(lines[end]!) % 2 === 0) continue;
      const whole = parse(lines.slice(at, end + 1).join('\n'));
      if (whole.errors.length > 0) return broken(at, OPEN_QUOTE);
      const fields = whole.data[0]!;
      if (fields.some(holdsBorders)) return broken(at, OPEN_QUOTE);
      if (width !== undefined && (!isComplete(fields) || isGlued(at, end))) return broken(at, OPEN_QUOTE);
      return row(at, end + 1 - at, whole.data[0]!);
    }
    return broken(at, OPEN_QUOTE);
  }

  /** Whether a field holds the end of another before a line break and the beginning of one after it. */
  function holdsBorders(field: string): boolean {
    const at = field.indexOf('\n');
    return at >= 0 && field.slice(0, at).includes(`"${delimiter}`) && field.slice(at).includes(delimiter);
  }

  const isComplete = (fields: readonly string[] = []) => trimmed(fields, width!).length === width;

  /** Whether lines are rows by themselves, so that the quotes that tie them together are stray. */
  function isGlued(from: number, to: number): boolean {
    const first = parse(lines[from]!).data[0]!;
    const parts = [...first.slice(0, -1), ...first.at(-1)!.split(delimiter)].map((part) => part.replace(/^"+$/, ''));
    const last = lines[to]!;
    if (isComplete(parts) && (isComplete(parse(last).data[0]) || isComplete(last.split(delimiter)))) return true;
    return lines.slice(from + 1, to).some((each) => {
      const { data, errors } = parse(each);
      return errors.length === 0 && isComplete(data[0]);
    });
  }

  for await (const batch of batches) {
    lines = lines.length === 0 ? batch : [...lines, ...batch];
    yield* drain(false);
  }
  yield* drain(true);

  function* drain(isEnd: boolean): Generator<readonly Row[]> {
    const rows: Row[] = [];
    let at = 0;
    while (at < lines.length) {
      if (line + at <= skip || isBlank(lines[at]!) || (line + at === 1 && namedDelimiter(lines[0]!) !== null)) {
        at++;
        continue;
      }
      const next = rowAt(at, isEnd);
      if (next === null) break;
      if (next.fields === null || !next.fields.every(isBlank)) rows.push(next);
      at += next.lines;
    }
    lines = lines.slice(at);
    line += at;
    yield rows;
  }
}

const isBlank = (text: string) => text.trim() === '';

const quotes = (line: string) => line.split('"').length - 1;

/** Empty fields beyond the header's are those of delimiters at the end of lines. */
function trimmed(fields: readonly string[], width: number): readonly string[] {
  let length = fields.length;
  while (length > width && fields[length - 1]!.trim() === '') length--;
  return length === fields.length ? fields : fields.slice(0, length);
}

const DELIMITERS = [',', ';', '\t', '|'];

/** The delimiter that a spreadsheet's first line `sep=;` names; null where it is none. */
export const namedDelimiter = (line: string): string | null => /^"?sep=(.)"?$/i.exec(line)?.[1] ?? null;

/** The delimiter that parts the header into most columns. */
export function likelyDelimiter(header: string): string {
  const bare = header.replace(/"[^"]*"/g, '');
  const parts = (delimiter: string) => bare.split(delimiter).length;
  return DELIMITERS.reduce((best, next) => (parts(next) > parts(best) ? next : best));
}
