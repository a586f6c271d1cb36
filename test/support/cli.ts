import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync } from 'node:fs';
import { inject, onTestFinished } from 'vitest';

import { testFolder } from './files.ts';

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A folder with a store that has no workspace yet, which a command opens much sooner than it makes one. */
export function testStore(): string {
  const folder = testFolder();
  cpSync(inject('embeddedStore'), folder, { recursive: true });
  return folder;
}

/** Starts `perennial` as it was built, on the embedded database in `folder`. */
export function spawnCli(folder: string, ...args: string[]): ChildProcessWithoutNullStreams {
  const { DATABASE_URL: _, ...env } = process.env;
  return spawn(process.execPath, ['dist/server/cli.js', ...args], { env: { ...env, PERENNIAL_DATA: folder } });
}

/** Like spawnCli, ended when the test ends. */
export function start(folder: string, ...args: string[]): ChildProcessWithoutNullStreams {
  const child = spawnCli(folder, ...args);
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

export const run = (folder: string, ...args: string[]): Promise<Ended> => ended(start(folder, ...args));

/** A text for people without the ends of its lines, which may fall within a sentence. */
export const unwrapped = (text: string): string => text.replace(/\s+/g, ' ');

/** The one object that `--json` prints. */
export async function json<Result>(folder: string, ...args: string[]): Promise<Result> {
  const { code, stdout, stderr } = await run(folder, ...args, '--json');
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
