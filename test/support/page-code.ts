import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';

/** The code blocks of a Markdown page, by language, in the order they stand. */
export function codeBlocks(path: string): (language: string) => string[] {
  const page = readFileSync(path, 'utf8');
  return (language) =>
    [...page.matchAll(new RegExp(`^\`\`\`${language}\n([\\s\\S]*?)^\`\`\``, 'gm'))].map(([, code]) => code!);
}

/** Runs a block in bash, in an empty folder that has the checkout's own `perennial` for npx. */
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
