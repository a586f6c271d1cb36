import { DEMO_WORKSPACE } from '../prisma/seed.ts';
import { createKey } from './access/create-key.ts';
import { ensureWorkspace } from './access/data/workspaces.ts';
import { revokeKey, revokeKeysNamed } from './access/revoke-key.ts';
import type { Scope } from './domain/scopes.ts';
import { isLoopback } from './http/own-host.ts';
import type { Database } from './store/database.ts';

interface Dependencies {
  readonly database: Database;
  readonly pepper: string;
  readonly clock: () => Date;
  /** What the server listens on. */
  readonly host: string;
}

/** The keys that the pages under /demo show to whoever opens them. */
export interface PageKeys {
  /** Reads the demo store. */
  readonly demoKey: string;
  /** Reads and imports into a workspace of one's own; absent where others than this machine reach the server. */
  readonly ownKey: string | undefined;
  revoke(): Promise<void>;
}

interface PageKey {
  readonly workspace: string;
  readonly name: string;
  readonly scopes: readonly Scope[];
}

const READING: readonly Scope[] = [
  'customers:read',
  // The customers of the demo are invented, and one's own are shown on one's own machine.
  'customers:pii',
  'orders:read',
  'products:read',
  'analytics:read',
  'recommendations:read',
  'imports:read',
  'campaigns:read',
];

const DEMO: PageKey = { workspace: DEMO_WORKSPACE, name: 'demo page', scopes: READING };

/** The workspace of commands that name none. */
const OWN: PageKey = {
  workspace: 'default',
  name: 'import page',
  scopes: [...READING, 'imports:write', 'analyses:write'],
};

/** Keys are made at every start and live as long as the server; a server that was killed left its own behind. */
export async function createPageKeys({ database, pepper, clock, host }: Dependencies): Promise<PageKeys> {
  const { pool, prisma } = database;
  const create = async ({ workspace, name, scopes }: PageKey) => {
    const { id: workspaceId } = await ensureWorkspace(pool, workspace);
    await revokeKeysNamed({ prisma, now: clock() }, workspaceId, name);
    const input = { name, kind: 'RESTRICTED', scopes, origins: [], expiresAt: null } as const;
    const { id, key } = await createKey({ prisma, pepper, now: clock() }, workspaceId, input);
    return { key, revoke: () => revokeKey({ prisma, now: clock() }, workspaceId, id) };
  };
  const demo = await create(DEMO);
  const own = isLoopback(host) ? await create(OWN) : undefined;
  return {
    demoKey: demo.key,
    ownKey: own?.key,
    revoke: async () => {
      await demo.revoke();
      await own?.revoke();
    },
  };
}
