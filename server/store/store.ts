import pg from 'pg';

import { DomainError } from '../domain/errors.ts';
import { type Embedded, embeddedAddress, openEmbedded } from './embedded.ts';
import { type Migration, migrate, pendingMigrations, readMigrations } from './migrate.ts';
import { endOrphans } from './orphans.ts';

export interface Store {
  readonly engine: 'embedded' | 'postgresql';
  /** Whether another process runs the embedded engine: when that ends, so does this one's access. */
  readonly isGuest: boolean;
  readonly pool: pg.Pool;
  /** Names of the applied migrations, oldest first. */
  readonly migrations: readonly string[];
  /** @param guestsMs How long the embedded engine stays for other processes that use it; until they end when absent. */
  close(guestsMs?: number): Promise<void>;
}

export interface StoreOptions {
  readonly databaseUrl: string | undefined;
  readonly dataFolder: string;
  /** Memory that the embedded engine keeps pages of tables in. */
  readonly cacheMb?: number;
}

/** Opens PostgreSQL, or the embedded engine when there is no address, and brings the schema up to date. */
export async function openStore({ databaseUrl, dataFolder, cacheMb }: StoreOptions): Promise<Store> {
  if (databaseUrl !== undefined) return connectStore({ connectionString: databaseUrl, max: 10 }, 'postgresql');
  let lost: string | undefined;
  for (;;) {
    const embedded = await openEmbedded(dataFolder, cacheMb);
    try {
      return await (embedded.owner ? own(embedded) : join(embedded));
    } catch (error) {
      await embedded.close(0);
      // The process that ran the engine ended while this one joined it: the next try finds another, or runs it here.
      if (embedded.owner || embedded.host === lost || !isConnectionLost(error)) throw error;
      lost = embedded.host;
    }
  }
}

/** All connections to the embedded engine share one session, so no lock in SQL holds: other processes join after this. */
async function own(embedded: Embedded): Promise<Store> {
  const store = await connectStore(embeddedAddress(embedded.host), 'embedded');
  await endOrphans(store.pool, { silenceSeconds: 0 });
  embedded.announce();
  return { ...store, close: closing(store, embedded) };
}

async function join(embedded: Embedded): Promise<Store> {
  const store = await connectStore(embeddedAddress(embedded.host), 'embedded', requireMigrated);
  return { ...store, isGuest: true, close: closing(store, embedded) };
}

const closing = (store: Store, embedded: Embedded) => async (guestsMs?: number) => {
  await store.close();
  await embedded.close(guestsMs);
};

async function requireMigrated(pool: pg.Pool, migrations: readonly Migration[]): Promise<void> {
  const [missing] = await pendingMigrations(pool, migrations);
  if (missing === undefined) return;
  throw new DomainError(
    'STORE_OUTDATED',
    `an older release of Perennial runs the store, without migration ${missing.name}: stop that process first`,
  );
}

const isConnectionLost = (error: unknown) =>
  error instanceof Error &&
  (/Connection terminated/.test(error.message) ||
    ['ECONNREFUSED', 'ECONNRESET', 'ENOENT', 'EPIPE'].includes((error as NodeJS.ErrnoException).code ?? ''));

const DATE_OID = 1082;

/** @param prepare Sees to it that the database has the migrations. */
export async function connectStore(
  address: pg.PoolConfig,
  engine: Store['engine'],
  prepare: (pool: pg.Pool, migrations: readonly Migration[]) => Promise<void> = migrate,
): Promise<Store> {
  const pool = new pg.Pool({
    ...address,
    // adapter-pg stores shifted instants in any other zone.
    options: '-c TimeZone=UTC',
    types: {
      // A day stays the text it is; the driver would make it midnight of the machine's zone.
      getTypeParser: (oid, format) =>
        oid === DATE_OID && format !== 'binary' ? (text: string) => text : pg.types.getTypeParser(oid, format),
    },
  });
  // A connection that breaks while idle is replaced at the next query, which reports what is wrong.
  pool.on('error', () => {});
  // So does one that breaks at work; an error without a listener would end the process.
  pool.on('connect', (client) => client.on('error', () => {}));
  const close = () => pool.end();
  try {
    const migrations = readMigrations();
    await prepare(pool, migrations);
    const { rows } = await pool.query<{ zone: string }>("select current_setting('TimeZone') as zone");
    if (rows[0]?.zone !== 'UTC') {
      throw new DomainError('BAD_TIME_ZONE', `the database session runs in ${rows[0]?.zone}: it must be UTC`);
    }
    return { engine, isGuest: false, pool, migrations: migrations.map(({ name }) => name), close };
  } catch (error) {
    await close();
    throw error;
  }
}
