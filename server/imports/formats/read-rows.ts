import { createReadStream, statSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';

import { DomainError } from '../../domain/errors.ts';
import { csvRows, type Row } from './csv-rows.ts';
import type { Format } from './format.ts';

export interface Source {
  readonly path: string;
  readonly gzip: boolean;
  /** Size on disk, for progress. */
  readonly bytes: number;
}

/** Reads the whole file once, to refuse it before anything is stored. @throws DomainError naming what was expected. */
export async function inspect(path: string): Promise<Source> {
  const source = await identify(path);
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let size = 0;
  try {
    for await (const chunk of bytes(source) as AsyncIterable<Buffer>) {
      if (chunk.includes(0))
        throw new DomainError('BINARY_FILE', `${path} is a binary file: expected text in UTF-8, plain or gzip`, [
          'file',
        ]);
      decoder.decode(chunk, { stream: true });
      size += chunk.length;
    }
    decoder.decode();
  } catch (error) {
    if (error instanceof TypeError) {
      throw new DomainError('WRONG_ENCODING', `${path} is not UTF-8 (after ${size} bytes): save it as UTF-8`, ['file']);
    }
    if (source.gzip && (error as NodeJS.ErrnoException).code?.startsWith('Z_')) {
      throw new DomainError('DAMAGED_GZIP', `${path} is a damaged gzip file: ${(error as Error).message}`, ['file']);
    }
    throw error;
  }
  if (size === 0) throw new DomainError('EMPTY_FILE', `${path} is empty`, ['file']);
  return source;
}

async function identify(path: string): Promise<Source> {
  try {
    const { size } = statSync(path);
    const file = await open(path);
    const { buffer } = await file.read(Buffer.alloc(4), 0, 4, 0);
    await file.close();
    if (buffer.subarray(0, 2).toString('latin1') === 'PK') {
      throw new DomainError('BINARY_FILE', `${path} is a spreadsheet or zip archive: save the sheet as CSV in UTF-8`, [
        'file',
      ]);
    }
    if (buffer.readUInt16BE() === 0xfffe || buffer.readUInt16BE() === 0xfeff) {
      throw new DomainError('WRONG_ENCODING', `${path} is UTF-16: save it as UTF-8`, ['file']);
    }
    return { path, gzip: buffer.readUInt16BE() === 0x1f8b, bytes: size };
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') throw new DomainError('NO_SUCH_FILE', `${path} does not exist`, ['file']);
    if (code === 'EISDIR') throw new DomainError('NO_SUCH_FILE', `${path} is a folder: expected a file`, ['file']);
    if (code === 'EACCES') throw new DomainError('NO_SUCH_FILE', `${path} may not be read by this user`, ['file']);
    throw error;
  }
}

function bytes({ path, gzip }: Source, onRead?: (bytes: number) => void): Readable {
  const file = createReadStream(path, { highWaterMark: 1 << 18 });
  if (onRead !== undefined) file.on('data', (chunk) => onRead(chunk.length));
  if (!gzip) return file;
  const text = createGunzip();
  file.on('error', (error) => text.destroy(error));
  return file.pipe(text);
}

/** The rows of a file in order, the header included; blank lines are none. */
export async function* rows(
  source: Source,
  syntax: Format['syntax'],
  onRead?: (bytes: number) => void,
): AsyncGenerator<Row> {
  const stream = bytes(source, onRead);
  try {
    const lines = createInterface({ input: stream, crlfDelay: Number.POSITIVE_INFINITY });
    stream.on('error', (error) => lines.emit('error', error));
    yield* syntax === 'csv' ? csvRows(lines) : wordRows(lines);
  } finally {
    stream.destroy();
  }
}

async function* wordRows(lines: AsyncIterable<string>): AsyncGenerator<Row> {
  let line = 0;
  for await (const raw of lines) {
    line++;
    const text = raw.trim();
    if (text !== '') yield { line, raw, fields: text.split(/\s+/) };
  }
}
