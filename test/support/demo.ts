import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, closeSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';

export interface DemoServer {
  readonly url: string;
  /** Of the embedded database. */
  readonly folder: string;
  /** The demo page's own. */
  readonly key: string;
  /** A GraphQL query with the demo page's own key. */
  // biome-ignore lint/suspicious/noExplicitAny: the shape is the query's.
  ask(query: string): Promise<{ data: any; errors?: object }>;
}

const logOf = (folder: string) => join(folder, 'demo.log');

/**
 * Starts the product as a first `npm start` brings it up: embedded database, demo store, a free port.
 * @returns What stops it.
 */
export function launchDemo(folder: string): () => Promise<void> {
  const { DATABASE_URL: _, ...env } = process.env;
  const log = openSync(logOf(folder), 'w');
  const server = spawn(process.execPath, ['dist/server/cli.js', 'serve', '--port', '0'], {
    env: { ...env, PERENNIAL_DATA: join(folder, 'data') },
    stdio: ['ignore', log, log],
  });
  closeSync(log);
  const ended = once(server, 'exit').then(([code]) => appendFileSync(logOf(folder), `\nended with ${code}\n`));
  return async () => {
    server.kill('SIGTERM');
    await ended;
  };
}

/** The demo server launched in a folder, once it listens. */
export async function demoIn(folder: string): Promise<DemoServer> {
  const url = await listening(folder);
  const page = await (await fetch(`${url}/demo`)).text();
  const key = /token="([^"]+)"/.exec(page)![1]!;
  return {
    url,
    folder: join(folder, 'data'),
    key,
    ask: async (query) => {
      const headers = { 'content-type': 'application/json', authorization: `Bearer ${key}` };
      return (await fetch(`${url}/graphql`, { method: 'POST', headers, body: JSON.stringify({ query }) })).json();
    },
  };
}

async function listening(folder: string): Promise<string> {
  for (const end = Date.now() + 400_000; Date.now() < end; await setTimeout(200)) {
    const log = readFileSync(logOf(folder), 'utf8');
    const url = /listens on (\S+)\n/.exec(log)?.[1];
    if (log.includes('ended with')) break;
    if (url !== undefined) return url;
  }
  throw new Error(`the demo server does not listen: ${readFileSync(logOf(folder), 'utf8')}`);
}
