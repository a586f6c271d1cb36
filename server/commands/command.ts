import { Command } from 'commander';

import { readConfig } from '../config.ts';
import { openStore, type Store } from '../store/store.ts';

export interface CommonOptions {
  readonly workspace: string;
  readonly json?: boolean;
}

/** A command with the options that all of them share. Those of the first level are described in cli.ts. */
export const command = (name: string, description = ''): Command =>
  new Command(name)
    .description(description)
    .option('-w, --workspace <name>', 'the workspace to work in', 'default')
    .option('--json', 'print one JSON object on standard output');

/** Opens the database of the environment for one command, and closes it however the command ends. */
export async function withDatabase<Result>(work: (db: Store) => Promise<Result>): Promise<Result> {
  const db = await noteIfSlow(openStore(readConfig(process.env)), 'waiting for the database ...');
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
  process.stderr.write(`${text}\n`);
}

/** Tab-aligned columns for the terminal. */
export function table(rows: readonly (readonly (string | number)[])[]): string {
  const width = (column: number) => Math.max(...rows.map((row) => String(row[column] ?? '').length));
  return rows
    .map((row) =>
      row
        .map((cell, column) =>
          typeof cell === 'number' || /^-?\d+\.\d+$/.test(cell)
            ? String(cell).padStart(width(column))
            : cell.padEnd(width(column)),
        )
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
