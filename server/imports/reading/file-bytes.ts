import { createReadStream } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { pipeline } from 'node:stream';
import { createGunzip } from 'node:zlib';

import { DomainError } from '../../domain/errors.ts';

export interface Source {
  readonly path: string;
  /** Size on disk. */
  readonly bytes: number;
  readonly kind: 'TEXT' | 'GZIP' | 'ZIP';
}

const NO_ACCESS: Readonly<Record<string, string>> = {
  ENOENT: 'does not exist',
  EISDIR: 'is a folder: expected a file',
  EACCES: 'may not be read by this user',
};

/** Older Office files and password-protected ones. */
const OLE = 'd0cf11e0';

/** @throws DomainError when there is no such file, or it is empty or of a kind that is never read. */
export async function identify(path: string): Promise<Source> {
  try {
    const { size } = await stat(path);
    const file = await open(path);
    const { buffer, bytesRead } = await file.read(Buffer.alloc(4), 0, 4, 0).finally(() => file.close());
    const magic = buffer.subarray(0, bytesRead).toString('hex');
    if (size === 0) throw new DomainError('EMPTY_FILE', `${path} is empty`, ['file']);
    if (magic === OLE) {
      const advice = 'save it as .xlsx without a password, or as CSV';
      throw new DomainError('BINARY_FILE', `${path} is an old or a protected Office file: ${advice}`, ['file']);
    }
    return {
      path,
      bytes: size,
      kind: magic.startsWith('1f8b') ? 'GZIP' : magic.startsWith('504b') ? 'ZIP' : 'TEXT',
    };
  } catch (error) {
    const why = NO_ACCESS[(error as NodeJS.ErrnoException).code ?? ''];
    throw why === undefined ? error : new DomainError('NO_SUCH_FILE', `${path} ${why}`, ['file']);
  }
}

/** Whether content was made to fill memory and disk: it is large, and packs better than any table does. */
export const isBomb = (bytes: number, packed: number): boolean => bytes > 2 ** 26 && bytes > packed * 200;

/** Read at a time. V8 gives every text of more than 128 KiB memory of its own, which takes ten times as long. */
const PIECE = 60_000;

/** Unpacked bytes of a file. @throws DomainError when its gzip is damaged, or unpacks to far more than a table. */
export async function* readBytes(source: Source, onRead?: (bytes: number) => void): AsyncGenerator<Buffer> {
  const file = createReadStream(source.path, { highWaterMark: PIECE });
  if (onRead !== undefined) file.on('data', (chunk) => onRead(chunk.length));
  const stream = source.kind === 'GZIP' ? pipeline(file, createGunzip({ chunkSize: PIECE }), () => {}) : file;
  let bytes = 0;
  try {
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      bytes += chunk.length;
      if (isBomb(bytes, source.bytes)) throw tooLarge(source);
      yield chunk;
    }
  } catch (error) {
    if (!(error as NodeJS.ErrnoException).code?.startsWith('Z_')) throw error;
    const message = `${source.path} is a damaged gzip file: ${(error as Error).message}`;
    throw new DomainError('DAMAGED_GZIP', message, ['file']);
  }
}

const tooLarge = ({ path, bytes }: Source) =>
  new DomainError(
    'TOO_LARGE_GZIP',
    `${path} unpacks to more than 200 times its ${bytes} bytes, as no table does: unpack it first`,
    ['file'],
  );
