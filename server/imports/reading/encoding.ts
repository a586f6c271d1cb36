import { isUtf8 } from 'node:buffer';

import { analyse } from 'chardet';
import iconv from 'iconv-lite';

import { DomainError } from '../../domain/errors.ts';
import { readBytes, type Source } from './file-bytes.ts';
import { LONGEST_LINE, splitLines, tooLongLine } from './split-lines.ts';

/** Bytes of lines with other letters than ASCII that a guess is made from. */
const SAMPLE_BYTES = 1 << 16;
/** Of most files that are not in Unicode. */
const USUAL = 'windows-1252';
/** By how much, of 100, the confidence in another encoding must be higher: of few words a guess is uncertain. */
const LEAST_MARGIN = 15;
/** Of 100 lines that are not UTF-8, so many may look as if they were. */
const MOST_DOUBTFUL = 1;

/**
 * The encoding of a file's text, judged by all of it.
 * @throws DomainError when it is binary, or part of it is in one encoding and part in another.
 */
export async function encodingOf(source: Source): Promise<string> {
  let unicode: string | undefined;
  let check = checkUtf8();
  /** Bytes since the last chunk that ends a line. */
  let endless = 0;
  try {
    for await (const chunk of readBytes(source)) {
      if (unicode === undefined) {
        unicode = unicodeOf(chunk);
        if (unicode !== 'utf-8') check = checkUtf16(unicode);
      }
      if (unicode === 'utf-8') refuseBinary(source, chunk);
      endless = chunk.includes(10) || chunk.includes(13) ? 0 : endless + chunk.length;
      if (endless > 4 * LONGEST_LINE) throw tooLongLine(source.path);
      check(chunk);
    }
    check();
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    if (unicode === 'utf-8') return otherEncoding(source);
    throw new DomainError('WRONG_ENCODING', `${source.path} begins as ${unicode} and does not go on so`, ['file']);
  }
  if (unicode === undefined) throw new DomainError('EMPTY_FILE', `${source.path} is empty`, ['file']);
  return unicode;
}

/** Throws a TypeError where the bytes of all chunks together are not as they should be; without a chunk they are complete. */
type Check = (chunk?: Buffer) => void;

function checkUtf16(encoding: string): Check {
  const decoder = new TextDecoder(encoding, { fatal: true });
  return (chunk) => decoder.decode(chunk, { stream: chunk !== undefined });
}

/** Makes no text of the bytes, which would take a hundred times as long. */
function checkUtf8(): Check {
  let rest: Buffer = Buffer.alloc(0);
  return (chunk) => {
    const bytes = chunk === undefined ? rest : Buffer.concat([rest, chunk]);
    // The last character, of at most four bytes, may go on in the next chunk.
    const last = bytes.findLastIndex((byte) => (byte & 0xc0) !== 0x80);
    const end = chunk === undefined || bytes.length - last > 4 ? bytes.length : last;
    if (!isUtf8(bytes.subarray(0, end))) throw new TypeError('these bytes are not UTF-8');
    rest = bytes.subarray(end);
  };
}

/** The Unicode encoding that a file may be in: by its byte order mark, else by where the zero bytes of ASCII letters are. */
function unicodeOf(start: Buffer): string {
  const mark = start.subarray(0, 2).toString('hex');
  if (mark === 'fffe') return 'utf-16le';
  if (mark === 'feff') return 'utf-16be';
  const units = start.subarray(0, 64);
  const zeros = [0, 0];
  for (const [i, byte] of units.entries()) if (byte === 0) zeros[i % 2]!++;
  const isText = (zero: number, other: number) => zeros[other] === 0 && zeros[zero]! * 3 > units.length;
  if (isText(1, 0)) return 'utf-16le';
  return isText(0, 1) ? 'utf-16be' : 'utf-8';
}

function refuseBinary({ path }: Source, chunk: Buffer): void {
  if (!chunk.includes(0)) return;
  throw new DomainError('BINARY_FILE', `${path} is a binary file: expected text (plain or gzip) or .xlsx`, ['file']);
}

/** @throws DomainError naming the first line that is in another encoding than most. */
async function otherEncoding(source: Source): Promise<string> {
  async function* bytesAsTexts() {
    for await (const chunk of readBytes(source)) {
      refuseBinary(source, chunk);
      yield chunk.toString('latin1');
    }
  }
  const seen = { unicode: { count: 0, line: 0 }, other: { count: 0, line: 0 } };
  let sample = '';
  let number = 0;
  for await (const lines of splitLines(bytesAsTexts(), source.path)) {
    for (const line of lines) {
      number++;
      if (!/[\x80-\xff]/.test(line)) continue;
      const kind = seen[isUtf8(Buffer.from(line, 'latin1')) ? 'unicode' : 'other'];
      if (kind.count++ === 0) kind.line = number;
      if (sample.length < SAMPLE_BYTES) sample += `${line}\n`;
    }
  }
  const { unicode, other } = seen;
  if (unicode.count * 100 > other.count * MOST_DOUBTFUL) {
    const [odd, most] = unicode.count < other.count ? [unicode, 'not UTF-8'] : [other, 'UTF-8'];
    const message = `${source.path} mixes encodings: most of it is ${most}, line ${odd.line} is not: save it as UTF-8`;
    throw new DomainError('WRONG_ENCODING', message, ['file']);
  }
  return likelyEncoding(Buffer.from(sample, 'latin1'));
}

function likelyEncoding(sample: Buffer): string {
  const guesses = analyse(sample).filter(({ name }) => !/^(ASCII|UTF)/.test(name) && iconv.encodingExists(name));
  // Windows-1252 has letters where ISO-8859-1 has none.
  const usual = guesses.find(({ name }) => name === 'windows-1252' || name === 'ISO-8859-1');
  const best = guesses[0];
  return best === undefined || best.confidence - (usual?.confidence ?? 0) < LEAST_MARGIN
    ? USUAL
    : best.name.toLowerCase();
}

/** Texts of the chunks of a file, without its byte order mark. */
export async function* decode(chunks: AsyncIterable<Buffer>, encoding: string): AsyncGenerator<string> {
  const decoder = iconv.getDecoder(encoding);
  for await (const chunk of chunks) yield decoder.write(chunk);
  yield decoder.end() ?? '';
}
