import { DomainError } from '../../domain/errors.ts';

/** Characters of a line; no file of orders comes near, and memory must not depend on what is read. */
export const LONGEST_LINE = 1 << 20;

/**
 * Lines of a file's text, many at a time. The first line end decides what ends a line: a line feed, with carriage returns
 * before it or without, or a carriage return.
 * @throws DomainError at a line that is too long.
 */
export async function* splitLines(texts: AsyncIterable<string>, path: string): AsyncGenerator<readonly string[]> {
  let rest = '';
  let end: string | undefined;
  let count = 0;
  for await (const text of texts) {
    const all = rest + text;
    end ??= lineEnd(all);
    const lines = end === undefined ? [all] : all.split(end);
    rest = lines.pop()!;
    count += lines.length;
    if (rest.length > LONGEST_LINE || lines.some(({ length }) => length > LONGEST_LINE)) {
      throw tooLongLine(path, count - lines.length);
    }
    yield end === '\n' && all.includes('\r') ? lines.map(withoutReturn) : lines;
  }
  if (rest !== '') yield [end === undefined || end === '\n' ? withoutReturn(rest) : rest];
}

export function tooLongLine(path: string, after = 0): DomainError {
  const expected = `expected a row on each line, of at most ${LONGEST_LINE} characters`;
  return new DomainError('TOO_LONG_LINE', `${path} has an endless line after line ${after}: ${expected}`, ['file']);
}

const withoutReturn = (line: string) => (line.endsWith('\r') ? line.replace(/\r+$/, '') : line);

/** undefined until it is certain. */
function lineEnd(text: string): string | undefined {
  const found = /\r*\n|\r+(?=[^\r\n])/.exec(text)?.[0];
  return found === undefined ? undefined : found.endsWith('\n') ? '\n' : '\r';
}
