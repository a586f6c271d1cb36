import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

import { seedDemoStore } from '../../prisma/seed.ts';
import type { Database } from '../../server/data/database.ts';
import { findWorkspace } from '../../server/data/workspaces.ts';
import { createKey } from '../../server/services/create-key.ts';
import { createServerSurface } from '../../server/yoga.ts';
import { statementsOf } from '../support/count-statements.ts';
import type { Figures } from './bench.ts';
import { withStore } from './store.ts';

const QUERY = `{ customers(first: 50, orderBy: { field: CLV, direction: DESC }) {
  nodes { externalId segment clv { amount { amount currency } } orders(first: 5) { nodes { externalId placedAt amount { amount } } } }
  pageInfo { hasNextPage endCursor }
} }`;

const REQUESTS = 400;
const PEPPER = 'a pepper for measuring';

/** Fifty customers with score, segment and last five orders over HTTP, one request after the other. */
export const customerPage = (engine: Database['engine']): Promise<Figures> =>
  withStore(engine, async (database) => {
    await seedDemoStore(database.pool, () => {});
    const clock = () => new Date();
    const { id } = await findWorkspace(database.pool, 'demo');
    const key = {
      name: 'bench',
      kind: 'RESTRICTED',
      scopes: ['customers:read', 'orders:read', 'analytics:read'],
      origins: [],
      expiresAt: null,
    } as const;
    const { key: token } = await createKey({ prisma: database.prisma, pepper: PEPPER, now: clock() }, id, key);
    const surface = createServerSurface({
      database,
      pepper: PEPPER,
      clock,
      logger: console,
      host: '127.0.0.1',
      folder: '.',
      startAnalysis: async () => {
        throw new Error('not here');
      },
    });
    const server = createServer(surface);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`;
    const ask = async () => {
      const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` };
      const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify({ query: QUERY }) });
      const { data } = (await response.json()) as { data: { customers: { nodes: unknown[] } } };
      if (data.customers.nodes.length !== 50) throw new Error('expected 50 customers');
    };
    for (let warm = 0; warm < 50; warm++) await ask();
    const { statements } = await statementsOf(ask);
    const times: number[] = [];
    for (let request = 0; request < REQUESTS; request++) {
      const start = performance.now();
      await ask();
      times.push(performance.now() - start);
    }
    server.closeAllConnections();
    server.close();
    times.sort((a, b) => a - b);
    const at = (share: number) => Math.round(10 * times[Math.floor(share * REQUESTS)]!) / 10;
    return { statements: statements.length, p50Ms: at(0.5), p95Ms: at(0.95) };
  });
