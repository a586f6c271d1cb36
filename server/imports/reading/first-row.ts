import type { Row, Table } from './table.ts';

export type OnRead = (bytes: number) => void;
type Batches = AsyncGenerator<readonly Row[]>;

type Rows = Pick<Table, 'rows' | 'batches'>;

/** Takes the first of the rows apart. */
export async function afterFirst(read: (onRead?: OnRead) => Batches): Promise<Pick<Table, 'first'> & Rows> {
  const rows = rowsOf((onRead, isFirstData) => (isFirstData ? read(onRead) : withoutFirst(read(onRead))));
  for await (const header of rows.rows(undefined, true)) return { first: header.fields ?? [header.raw], ...rows };
  return { first: [], ...rows };
}

export const rowsOf = (read: (...args: Parameters<Table['batches']>) => Batches): Rows => ({
  batches: async function* (...args) {
    yield* read(...args);
  },
  rows: async function* (...args) {
    for await (const rows of read(...args)) yield* rows;
  },
});

async function* withoutFirst(batches: Batches): Batches {
  let isFirst = true;
  for await (const rows of batches) {
    yield isFirst ? rows.slice(1) : rows;
    if (rows.length > 0) isFirst = false;
  }
}
