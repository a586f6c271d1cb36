import { Command } from 'commander';

import { readConfig } from '../config.ts';
import { openStore, type Store } from '../store/store.ts';
import { wrapped } from './layout.ts';

export interface CommonOptions {
  readonly workspace: string;
  readonly json?: boolean;
}

/** A command with the options that all of them share. Those of the first level are described in program.ts. */
export const command = (name: string, description = ''): Command =>
  new Command(name)
    .description(description)
    .option('-w, --workspace <name>', 'the workspace to work in', 'default')
    .option('--json', 'print one JSON object on standard output');

/**
 * Memory for pages of tables, by how much a command reads: the embedded engine takes longer to start with more. An import goes
 * through the tables in the order of their keys, and needs little.
 */
const CACHE_MB = { little: 16, all: 128 };

/** Opens the database of the environment for one command, and closes it however the command ends. */
export async function withDatabase<Result>(
  work: (db: Store) => Promise<Result>,
  reads: keyof typeof CACHE_MB = 'little',
): Promise<Result> {
  const opened = openStore({ ...readConfig(process.env), cacheMb: CACHE_MB[reads] });
  const db = await noteIfSlow(opened, 'waiting for the database ...');
  try {
    return await work(db);
  } finally {
    await noteIfSlow(db.close(), 'waiting for other commands that use the database through this one ...');
  }
}

const SLOW_MS = 3000;

async function noteIfSlow<Result>(work: Promise<Result>, text: string): Promise<Result> {
  const timer = setTimeout(note, SLOW_MS, text);
  return work.finally(() => clearTimeout(timer));
}

/** The command's result: JSON for programs, text for people. */
export function print(options: Pick<CommonOptions, 'json'>, value: object, text: string): void {
  process.stdout.write(`${options.json === true ? JSON.stringify(value) : text}\n`);
}

/** How rows are printed: as lines of CSV, or as one JSON object however many rows it holds. */
export interface RowForm<Row> {
  readonly head: string;
  row(row: Row): string;
  readonly separator: string;
  readonly tail: string;
}

/** Prints rows as they come, as fast as the reader of standard output takes them. */
export async function printRows<Row>(
  pages: AsyncIterable<readonly Row[]>,
  { head, row, separator, tail }: RowForm<Row>,
): Promise<void> {
  await written(head);
  let isFirst = true;
  for await (const page of pages) {
    if (page.length === 0) continue;
    await written((isFirst ? '' : separator) + page.map(row).join(separator));
    isFirst = false;
  }
  await written(tail);
}

const written = (text: string) => new Promise<void>((resolve) => process.stdout.write(text, () => resolve()));

/** Logs and progress never mix with the result. */
export function note(text: string): void {
  process.stderr.write(`${wrapped(text)}\n`);
}
