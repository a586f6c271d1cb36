import { cursorOf, type Slice } from '../server/domain/page.ts';

/** A connection's value, from a slice of its list. @param list The name that the page was read with. */
export function toConnection<Row>(list: string, { items, hasNextPage, hasPreviousPage }: Slice<Row>) {
  const edges = items.map(({ node, position }) => ({ node, cursor: cursorOf(list, position) }));
  const startCursor = edges[0]?.cursor ?? null;
  const endCursor = edges.at(-1)?.cursor ?? null;
  return { edges, pageInfo: { hasNextPage, hasPreviousPage, startCursor, endCursor } };
}
