import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

import { seedDemoStore } from '../../prisma/seed.ts';
import { createKey } from '../../server/access/create-key.ts';
import { findWorkspace } from '../../server/access/data/workspaces.ts';
import type { Database } from '../../server/store/database.ts';
import { createServerSurface } from '../../server/yoga.ts';
import { statementsOf } from '../support/count-statements.ts';
import { noUploads } from '../support/no-uploads.ts';
import { withStore } from './store.ts';

const REQUESTS = 400;
const WARM = 50;
const PEPPER = 'a pepper for measuring';

export interface Served {
  readonly statements: number;
  readonly p50Ms: number;
  readonly p95Ms: number;
  readonly requestsPerSecond: number;
}

/** Asks the demo store over HTTP, one request after the other. @throws where `isRight` does not hold of what is answered. */
export type Ask = <Data>(query: string, isRight: (data: Data) => boolean) => Promise<Served>;

type Scopes = Parameters<typeof createKey>[2]['scopes'];

/** Runs `work` on the demo store, served to a key of these scopes. */
export const withServer = <Result>(
  engine: Database['engine'],
  scopes: Scopes,
  work: (ask: Ask) => Promise<Result>,
): Promise<Result> =>
  withStore(engine, async (database) => {
    await seedDemoStore(database.pool, () => {});
    const clock = () => new Date();
    const { id } = await findWorkspace(database.pool, 'demo');
    const key = { name: 'bench', kind: 'RESTRICTED', scopes, origins: [], expiresAt: null } as const;
    const { key: token } = await createKey({ prisma: database.prisma, pepper: PEPPER, now: clock() }, id, key);
    const surface = createServerSurface({
      database,
      pepper: PEPPER,
      clock,
      logger: console,
      host: '127.0.0.1',
      folder: '.',
      uploads: noUploads,
      startAnalysis: async () => {
        throw new Error('not here');
      },
    });
    const server = createServer(surface);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`;
    const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` };
    try {
      return await work(<Data>(query: string, isRight: (data: Data) => boolean) => {
        const body = JSON.stringify({ query });
        return served(async () => {
          const response = await fetch(url, { method: 'POST', headers, body });
          const answer = (await response.json()) as { data?: Data; errors?: unknown };
          if (!answer.data || answer.errors || !isRight(answer.data))
            throw new Error(JSON.stringify(answer).slice(0, 500));
        });
      });
    } finally {
      server.closeAllConnections();
      server.close();
    }
  });

async function served(ask: () => Promise<void>): Promise<Served> {
  for (let warm = 0; warm < WARM; warm++) await ask();
  const { statements } = await statementsOf(ask);
  const times: number[] = [];
  for (let request = 0; request < REQUESTS; request++) {
    const start = performance.now();
    await ask();
    times.push(performance.now() - start);
  }
  const total = times.reduce((sum, time) => sum + time, 0);
  times.sort((a, b) => a - b);
  const round = (number: number) => Math.round(10 * number) / 10;
  const at = (share: number) => round(times[Math.floor(share * REQUESTS)]!);
  return {
    statements: statements.length,
    p50Ms: at(0.5),
    p95Ms: at(0.95),
    requestsPerSecond: round((1000 * REQUESTS) / total),
  };
}
