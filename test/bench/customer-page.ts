import type { Database } from '../../server/store/database.ts';
import type { Figures } from './figures.ts';
import { withServer } from './served.ts';

const QUERY = `{ customers(first: 50, orderBy: { field: CLV, direction: DESC }) {
  nodes { externalId segment clv { value { amount currency } } orders(first: 5) { nodes { externalId placedAt amount { amount } } } }
  pageInfo { hasNextPage endCursor }
} }`;

/** Fifty customers with score, segment and last five orders. */
export const customerPage = (engine: Database['engine']): Promise<Figures> =>
  withServer(engine, ['customers:read', 'orders:read', 'analytics:read'], async (ask) => ({
    ...(await ask<{ customers: { nodes: unknown[] } }>(QUERY, ({ customers }) => customers.nodes.length === 50)),
  }));
