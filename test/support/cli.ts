import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync } from 'node:fs';
import { inject, onTestFinished } from 'vitest';

import { createProgram, failureOf } from '../../server/program.ts';
import { freshDatabaseUrl } from './database.ts';
import { testFolder } from './files.ts';

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Folder of an embedded store without a workspace. A command opens it much sooner than it makes one. */
export function embeddedStore(): string {
  const folder = testFolder();
  cpSync(inject('embeddedStore'), folder, { recursive: true });
  return folder;
}

/** Address of a store without a workspace on PostgreSQL, where a command need not start the database. */
export const testStore = (): Promise<string> => freshDatabaseUrl('template');

/** @param store Folder of an embedded store, or the address of one on PostgreSQL. */
export function environment(store: string): NodeJS.ProcessEnv {
  const { DATABASE_URL: _, ...env } = process.env;
  return store.startsWith('postgresql:')
    ? { ...env, DATABASE_URL: store, PERENNIAL_PEPPER: 'a pepper for tests' }
    : { ...env, PERENNIAL_DATA: store };
}

/** Starts `perennial` as it was built, until the test ends. */
export function start(store: string, ...args: string[]): ChildProcessWithoutNullStreams {
  const child = spawn(process.execPath, ['dist/server/cli.js', ...args], { env: environment(store) });
  onTestFinished(() => void child.kill('SIGKILL'));
  return child;
}

/** Commands say so when the database keeps them waiting, which says nothing of the command. */
const WAITING = /^waiting for .*database.*\n/gm;

export async function ended(child: ChildProcessWithoutNullStreams): Promise<Ended> {
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (data) => {
    stdout += data;
  });
  child.stderr.on('data', (data) => {
    stderr += data;
  });
  const [code] = await once(child, 'close');
  return { code, stdout, stderr: stderr.replace(WAITING, '') };
}

export const run = (store: string, ...args: string[]): Promise<Ended> => ended(start(store, ...args));

/** How a command that fails ends, run in this process from the sources: sooner by the start of a process. */
export async function failing(store: string, ...args: string[]): Promise<Pick<Ended, 'code' | 'stderr'>> {
  const inherited = process.env;
  process.env = environment(store);
  let stderr = '';
  const print = (text: string) => {
    stderr += text;
  };
  try {
    const program = await createProgram(args);
    for (const each of [program, ...program.commands, ...program.commands.flatMap(({ commands }) => commands)]) {
      each.configureOutput({ writeErr: print });
    }
    await program.parseAsync(args, { from: 'user' });
  } catch (error) {
    const { code, text } = failureOf(error);
    return { code, stderr: stderr + (text ?? '') };
  } finally {
    process.env = inherited;
  }
  throw new Error(`perennial ${args.join(' ')} did not fail`);
}

/** A text for people without the ends of its lines, which may fall within a sentence. */
export const unwrapped = (text: string): string => text.replace(/\s+/g, ' ');

/** The one object that `--json` prints. */
export async function json<Result>(store: string, ...args: string[]): Promise<Result> {
  const { code, stdout, stderr } = await run(store, ...args, '--json');
  if (code !== 0) throw new Error(`exit ${code}: ${stderr}`);
  return JSON.parse(stdout);
}

/** Resolves with the first text that matches, or rejects when the process ends before. */
export function firstMatch(
  child: ChildProcessWithoutNullStreams,
  stream: 'stdout' | 'stderr',
  pattern: RegExp,
): Promise<RegExpExecArray> {
  let text = '';
  return new Promise((resolve, reject) => {
    child[stream].on('data', (data) => {
      text += data;
      const found = pattern.exec(text);
      if (found !== null) resolve(found);
    });
    child.once('close', () => reject(new Error(`ended before ${pattern}: ${text}`)));
  });
}
