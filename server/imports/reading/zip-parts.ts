import { crc32 } from 'node:zlib';

import { SaxesParser } from 'saxes';
import { type Entry, openPromise, type ZipFile } from 'yauzl';

import { DomainError } from '../../domain/errors.ts';
import { isBomb } from './file-bytes.ts';

/** Unpacked bytes of a part that is streamed, and of one that is held. */
const MOST_STREAMED = 2 ** 31;
const MOST_HELD = 2 ** 27;
const MOST_PARTS = 10_000;

export interface Part {
  readonly path: string;
  readonly entry: Entry;
  /** Whether all of it is in memory at once. */
  readonly isHeld: boolean;
}

export interface XmlWatcher {
  open?(name: string, attributes: Readonly<Record<string, string>>): void;
  text?(text: string): void;
  close?(name: string): void;
}

const ADVICE = 'expected text (plain or gzip) or .xlsx: save the sheet as CSV in UTF-8';

const refuse = (path: string, why: string, code = 'BINARY_FILE') =>
  new DomainError(code, `${path} ${why}: ${ADVICE}`, ['file']);

async function openZip(path: string): Promise<ZipFile> {
  try {
    return await openPromise(path, { autoClose: false, lazyEntries: true });
  } catch (error) {
    throw refuse(path, `is no intact zip archive (${(error as Error).message})`);
  }
}

/** The parts of a spreadsheet file (.xlsx) by name. @throws DomainError when it is another kind of zip archive. */
export async function partsOf(path: string): Promise<ReadonlyMap<string, Entry>> {
  const zip = await openZip(path);
  try {
    const parts = new Map<string, Entry>();
    if (zip.entryCount > MOST_PARTS) throw refuse(path, 'is a zip archive of many files');
    for await (const entry of zip.eachEntry()) parts.set(entry.fileName, entry);
    if (!parts.has('xl/workbook.xml')) throw refuse(path, 'is a zip archive and no .xlsx');
    return parts;
  } catch (error) {
    throw error instanceof DomainError ? error : refuse(path, `is damaged (${(error as Error).message})`);
  } finally {
    zip.close();
  }
}

function refuseBomb({ path, entry, isHeld }: Part): void {
  const { uncompressedSize: size, compressedSize } = entry;
  if (!isBomb(size, compressedSize) && size <= (isHeld ? MOST_HELD : MOST_STREAMED)) return;
  throw refuse(path, `has a part of ${size} bytes, ${entry.fileName}`, 'TOO_LARGE_SPREADSHEET');
}

/** Gives a part of XML to a watcher, chunk by chunk; names come without a prefix. @returns the packed size of each chunk. */
export async function* watchXml(part: Part, watcher: XmlWatcher): AsyncGenerator<number> {
  refuseBomb(part);
  const { path, entry } = part;
  const parser = new SaxesParser();
  const local = (name: string) => name.slice(name.indexOf(':') + 1);
  parser.on('opentag', ({ name, attributes }) => watcher.open?.(local(name), attributes));
  parser.on('text', (text) => watcher.text?.(text));
  parser.on('closetag', ({ name }) => watcher.close?.(local(name)));
  const decoder = new TextDecoder();
  const zip = await openZip(path);
  let sum = 0;
  try {
    const stream = await zip.openReadStreamPromise(entry);
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      sum = crc32(chunk, sum);
      parser.write(decoder.decode(chunk, { stream: true }));
      yield Math.round((chunk.length * entry.compressedSize) / entry.uncompressedSize);
    }
    parser.write(decoder.decode()).close();
    if (sum !== entry.crc32) throw new Error('its checksum differs');
  } catch (error) {
    if (error instanceof DomainError) throw error;
    throw refuse(path, `is damaged in ${entry.fileName} (${(error as Error).message})`, 'DAMAGED_SPREADSHEET');
  } finally {
    zip.close();
  }
}
