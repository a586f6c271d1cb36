import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { ended, firstMatch, spawnCli } from './cli.ts';

export interface DemoServer {
  readonly url: string;
  /** Of the embedded database. */
  readonly folder: string;
  /** The demo page's own. */
  readonly key: string;
  /** A GraphQL query with the demo page's own key. */
  // biome-ignore lint/suspicious/noExplicitAny: the shape is the query's.
  ask(query: string): Promise<{ data: any; errors?: object }>;
  close(): Promise<void>;
}

/** The product as a first `npm start` brings it up: embedded database, demo store, a free port. */
export async function startDemo(): Promise<DemoServer> {
  const folder = mkdtempSync(join(tmpdir(), 'perennial-demo-'));
  const server = spawnCli(folder, 'serve', '--port', '0');
  const [, url] = await firstMatch(server, 'stdout', /listens on (\S+)\n/);
  const page = await (await fetch(`${url}/demo`)).text();
  const key = /token="([^"]+)"/.exec(page)![1]!;
  return {
    url: url!,
    folder,
    key,
    ask: async (query) => {
      const headers = { 'content-type': 'application/json', authorization: `Bearer ${key}` };
      return (await fetch(`${url}/graphql`, { method: 'POST', headers, body: JSON.stringify({ query }) })).json();
    },
    close: async () => {
      server.kill('SIGTERM');
      await ended(server);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
