import { mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { type Group, lineOf, mergeRuns, type Run } from './merge-runs.ts';

/** Characters that are written at a time: longer texts have memory of their own in V8, which takes long. */
const PIECE = 60_000;

/**
 * Gathers texts under keys and gives them back in the order of the keys, those of a key in the order in which they came.
 * What exceeds a run goes sorted into a temporary file, so that memory is that of a run however many texts there are.
 * Keys and texts are JSON, which has no control characters. They are texts and not objects, because the garbage collector
 * would copy all the objects of a run several times.
 */
export class SpillingSorter {
  readonly #runSize: number;
  #pending = new Map<string, string[]>();
  #size = 0;
  readonly #runs: Run[] = [];
  #file: Awaited<ReturnType<typeof open>> | undefined;

  /** @param runSize Characters that are held in memory. */
  constructor(runSize: number) {
    this.#runSize = runSize;
  }

  add(key: string, text: string): void {
    const texts = this.#pending.get(key);
    if (texts === undefined) this.#pending.set(key, [text]);
    else texts.push(text);
    this.#size += key.length + text.length;
  }

  /** Writes what is held into the file where it is a run by now. More may be added meanwhile. */
  async spill(): Promise<void> {
    if (this.#size < this.#runSize) return;
    const groups = this.#takeSorted();
    this.#file ??= await openUnnamed();
    const start = this.#runs.at(-1)?.end ?? 0;
    let end = start;
    let piece: string[] = [];
    let length = 0;
    const flush = async () => {
      const bytes = Buffer.from(piece.join(''));
      await this.#file!.write(bytes, 0, bytes.length, end);
      end += bytes.length;
      piece = [];
      length = 0;
    };
    for (const group of groups) {
      const line = lineOf(group);
      piece.push(line);
      length += line.length;
      if (length > PIECE) await flush();
    }
    await flush();
    this.#runs.push({ start, end });
  }

  /** All texts by key; afterwards the sorter is empty. */
  async *sorted(): AsyncGenerator<Group> {
    const last = this.#takeSorted();
    try {
      if (this.#file === undefined) yield* last;
      else yield* mergeRuns(this.#file, this.#runs, last);
    } finally {
      await this.#file?.close();
    }
  }

  #takeSorted(): Group[] {
    const groups = [...this.#pending].sort(([a], [b]) => (a < b ? -1 : 1));
    this.#pending = new Map();
    this.#size = 0;
    return groups;
  }
}

/** A file that is gone with its handle, also when the process is killed. */
async function openUnnamed() {
  const folder = await mkdtemp(join(tmpdir(), 'perennial-import-'));
  const file = await open(join(folder, 'runs'), 'w+', 0o600);
  await rm(folder, { recursive: true });
  return file;
}
