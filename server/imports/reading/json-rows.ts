import { DomainError } from '../../domain/errors.ts';
import type { Row } from './table.ts';

/** Keys of all objects of a file; more are no columns but data. */
const MOST_KEYS = 1_000;

type JsonObject = Readonly<Record<string, unknown>>;

export function parseObject(line: string): JsonObject | null {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : null;
  } catch {
    return null;
  }
}

/** Keys of all objects in order of first appearance: an object need not have those that are empty. */
export async function keysOf(batches: AsyncIterable<readonly string[]>, path: string): Promise<readonly string[]> {
  const keys = new Set<string>();
  for await (const lines of batches) {
    for (const line of lines) for (const key of Object.keys(parseObject(line) ?? {})) keys.add(key);
    if (keys.size <= MOST_KEYS) continue;
    throw new DomainError('TOO_MANY_COLUMNS', `${path} has more than ${MOST_KEYS} different keys`, ['file']);
  }
  return [...keys];
}

/** A row for each object of JSON lines, with the values of these keys. */
export async function* jsonRows(
  batches: AsyncIterable<readonly string[]>,
  keys: readonly string[],
): AsyncGenerator<readonly Row[]> {
  let line = 0;
  for await (const lines of batches) {
    const rows: Row[] = [];
    for (const raw of lines) {
      line++;
      if (raw.trim() === '') continue;
      const object = parseObject(raw);
      const fields =
        object === null ? null : keys.map((key) => textOf(Object.hasOwn(object, key) ? object[key] : null));
      if (fields?.every((field) => field !== null)) rows.push({ line, lines: 1, raw, fields });
      else rows.push({ line, lines: 1, raw, fields: null, fault: object === null ? 'no JSON object' : INEXACT });
    }
    yield rows;
  }
}

const INEXACT = 'a whole number beyond 2^53 cannot be read exactly: write it as text';

/** @returns null for a number that reading has already changed. */
function textOf(value: unknown): string | null {
  if (typeof value === 'string') return value;
  if (value === null || value === undefined) return '';
  if (typeof value === 'number' && Number.isInteger(value) && !Number.isSafeInteger(value)) return null;
  return JSON.stringify(value);
}
