import type { FileHandle } from 'node:fs/promises';

export type Group = readonly [key: string, texts: string[]];

/** Where a sorted run lies in a file of groups. */
export interface Run {
  readonly start: number;
  readonly end: number;
}

/** Read ahead of all runs together. */
const MEMORY = 4 << 20;
const LEAST_AHEAD = 8 << 10;
/** As long as a text may be without memory of its own in V8. */
const MOST_AHEAD = 48 << 10;

/** A group in the file: its key and texts with tabs between. */
export const lineOf = ([key, texts]: Group): string => `${key}\t${texts.join('\t')}\n`;

function groupIn(line: string): Group {
  const [key, ...texts] = line.split('\t');
  return [key!, texts];
}

/**
 * Groups of sorted runs in one order, texts of the same key together and in the order of the runs.
 * @param last A run that is in memory, after the others.
 */
export async function* mergeRuns(
  file: FileHandle,
  runs: readonly Run[],
  last: readonly Group[],
): AsyncGenerator<Group> {
  const ahead = Math.min(MOST_AHEAD, Math.max(LEAST_AHEAD, Math.floor(MEMORY / runs.length)));
  const sources = [...runs.map((run) => groupsOf(file, run, ahead)), [last][Symbol.iterator]()];
  const heads: Head[] = [];
  for (const [order, source] of sources.entries()) await advance(heads, { order, source, groups: [], next: 0 });
  while (heads.length > 0) {
    const [key] = current(heads[0]!);
    let texts: string[] | undefined;
    while (heads.length > 0 && current(heads[0]!)[0] === key) {
      const head = heads.shift()!;
      const [, more] = current(head);
      texts = texts === undefined ? more : texts.concat(more);
      head.next++;
      if (head.next < head.groups.length) insert(heads, head);
      else await advance(heads, head);
    }
    yield [key, texts!];
  }
}

interface Head {
  /** Of the run among the others. */
  readonly order: number;
  readonly source: Iterator<readonly Group[]> | AsyncIterator<readonly Group[]>;
  groups: readonly Group[];
  next: number;
}

const current = ({ groups, next }: Head): Group => groups[next]!;

async function advance(heads: Head[], head: Head): Promise<void> {
  do {
    const { done, value } = await head.source.next();
    if (done) return;
    head.groups = value;
  } while (head.groups.length === 0);
  head.next = 0;
  insert(heads, head);
}

/** Keeps the heads sorted by key, then by run. */
function insert(heads: Head[], head: Head): void {
  const [key] = current(head);
  let [low, high] = [0, heads.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    const other = heads[middle]!;
    const [otherKey] = current(other);
    if (otherKey < key || (otherKey === key && other.order < head.order)) low = middle + 1;
    else high = middle;
  }
  heads.splice(low, 0, head);
}

/** The groups of a run, those of a piece of the file at a time. */
async function* groupsOf(file: FileHandle, { start, end }: Run, ahead: number) {
  let rest: Buffer[] = [];
  for (let position = start; position < end; ) {
    const bytes = Buffer.allocUnsafe(Math.min(ahead, end - position));
    const { bytesRead } = await file.read(bytes, 0, bytes.length, position);
    if (bytesRead === 0) throw new Error('the temporary file of an import has become shorter');
    position += bytesRead;
    const read = bytes.subarray(0, bytesRead);
    const lineEnd = read.lastIndexOf(10);
    rest.push(lineEnd < 0 ? read : read.subarray(0, lineEnd));
    if (lineEnd < 0) continue;
    const text = Buffer.concat(rest).toString();
    rest = [read.subarray(lineEnd + 1)];
    yield text.split('\n').map(groupIn);
  }
}
