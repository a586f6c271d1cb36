import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';

export interface CodeBlock {
  readonly page: string;
  readonly language: string;
  /** The file that the reader saves the block as; null for any other block. */
  readonly file: string | null;
  readonly code: string;
}

/** The code blocks of a Markdown page, in their order. A file is named behind the language. */
export const codeBlocks = (page: string): CodeBlock[] =>
  [...readFileSync(page, 'utf8').matchAll(/^```(\w+)(?: (\S+))?\n([\s\S]*?)^```/gm)].map(
    ([, language, file, code]) => ({ page, language: language!, file: file ?? null, code: code! }),
  );

/** Runs a block in bash, in a folder that has the checkout's own `perennial` for npx. @returns Standard output. */
export function bash(code: string, folder: string, env: Record<string, string> = {}): string {
  const npx = `npx() { shift; node ${resolve('dist/server/cli.js')} "$@"; }`;
  const { DATABASE_URL: _, ...inherited } = process.env;
  return execFileSync('bash', ['-euo', 'pipefail', '-c', `${npx}\n${code}`], {
    cwd: folder,
    env: { ...inherited, ...env },
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}
