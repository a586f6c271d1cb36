import { createHash } from 'node:crypto';

import { DomainError } from './errors.ts';

export const PAGE_SIZE = 20;
export const PAGE_LIMIT = 100;

export interface PageArguments {
  readonly first?: number | null | undefined;
  readonly after?: string | null | undefined;
  readonly last?: number | null | undefined;
  readonly before?: string | null | undefined;
}

/** A stretch of an ordered list: so many rows after a position, or before it when read backward; null is the list's end. */
export interface Page {
  readonly size: number;
  readonly backward: boolean;
  readonly position: Position | null;
}

/** Sort value and tie-breaker of a row, as text. */
export type Position = readonly string[];

export interface Slice<Row> {
  /** In the list's order, whichever way the page was read. */
  readonly items: readonly { readonly node: Row; readonly position: Position }[];
  readonly hasNextPage: boolean;
  readonly hasPreviousPage: boolean;
}

/**
 * Reads the arguments of a connection.
 * @param list Names the list with its workspace and order: a cursor of another list is refused.
 * @throws DomainError BAD_PAGE or BAD_CURSOR.
 */
export function readPage({ first, after, last, before }: PageArguments, list: string): Page {
  const backward = last != null || (first == null && before != null);
  if (backward ? first != null || after != null : before != null) {
    throw new DomainError('BAD_PAGE', 'use `first` with `after`, or `last` with `before`, not both pairs', ['first']);
  }
  const [size, cursor] = backward ? [last, before] : [first, after];
  const name = backward ? 'last' : 'first';
  if (size != null && (size < 1 || size > PAGE_LIMIT)) {
    throw new DomainError('BAD_PAGE', `\`${name}\` must be 1 to ${PAGE_LIMIT}, got ${size}`, [name]);
  }
  const position = cursor == null ? null : readCursor(cursor, list, backward ? 'before' : 'after');
  return { size: size ?? PAGE_SIZE, backward, position };
}

/** Opaque text that names a row's place in a list. */
export function cursorOf(list: string, position: Position): string {
  const body = JSON.stringify(position);
  return Buffer.from(seal(list, body) + body).toString('base64url');
}

function readCursor(cursor: string, list: string, field: string): Position {
  const text = Buffer.from(cursor, 'base64url').toString();
  const body = text.slice(SEAL_LENGTH);
  if (text.slice(0, SEAL_LENGTH) !== seal(list, body)) {
    throw new DomainError(
      'BAD_CURSOR',
      `\`${field}\` is not a cursor of this list: cursors hold for the list, order and workspace they came from`,
      [field],
    );
  }
  return JSON.parse(body);
}

const SEAL_LENGTH = 8;

const seal = (list: string, body: string): string =>
  createHash('sha256').update(`${list}\n${body}`).digest('base64url').slice(0, SEAL_LENGTH);

/**
 * Makes a slice of rows read in the page's direction, one row more than its size where there are more.
 * @param behind Whether rows lie on the side that the page came from; a cursor is taken from a row, so by default there are.
 */
export function sliceOf<Row>(
  page: Page,
  read: readonly Row[],
  positionOf: (row: Row) => Position,
  behind: boolean = page.position !== null,
): Slice<Row> {
  const items = read.slice(0, page.size).map((node) => ({ node, position: positionOf(node) }));
  const beyond = read.length > page.size;
  return page.backward
    ? { items: items.reverse(), hasNextPage: behind, hasPreviousPage: beyond }
    : { items, hasNextPage: beyond, hasPreviousPage: behind };
}
