import type { Row, Table } from './table.ts';

export type OnRead = (bytes: number) => void;
type Batches = AsyncIterable<readonly Row[]>;

/** Takes the first of the rows apart. */
export async function afterFirst(batches: (onRead?: OnRead) => Batches): Promise<Pick<Table, 'first' | 'rows'>> {
  for await (const header of oneByOne(batches()))
    return {
      first: header.fields ?? [header.raw],
      rows: (onRead, isFirstData) => oneByOne(batches(onRead), isFirstData ? 0 : 1),
    };
  return { first: [], rows: () => oneByOne(batches()) };
}

export async function* oneByOne(batches: Batches, without = 0): AsyncGenerator<Row> {
  let seen = 0;
  for await (const rows of batches) for (const row of rows) if (seen++ >= without) yield row;
}
