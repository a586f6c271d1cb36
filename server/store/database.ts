import { PrismaPg } from '@prisma/adapter-pg';
import pg from 'pg';

import { PrismaClient } from '../../prisma/generated/client/client.ts';
import { DomainError } from '../domain/errors.ts';
import { type Embedded, openEmbedded } from './embedded.ts';
import { type Migration, migrate, pendingMigrations, readMigrations } from './migrate.ts';
import { endOrphans } from './orphans.ts';

export interface Database {
  readonly engine: 'embedded' | 'postgresql';
  /** Whether another process runs the embedded engine: when that ends, so does this one's access. */
  readonly isGuest: boolean;
  /** Ordinary nouns. */
  readonly prisma: PrismaClient;
  /** Hand-written SQL, over the same connections. */
  readonly pool: pg.Pool;
  /** Names of the applied migrations, oldest first. */
  readonly migrations: readonly string[];
  /** @param guestsMs How long the embedded engine stays for other processes that use it; until they end when absent. */
  close(guestsMs?: number): Promise<void>;
}

export interface DatabaseOptions {
  readonly databaseUrl: string | undefined;
  readonly dataFolder: string;
}

/** Opens PostgreSQL, or the embedded engine when there is no address, and brings the schema up to date. */
export async function openDatabase({ databaseUrl, dataFolder }: DatabaseOptions): Promise<Database> {
  if (databaseUrl !== undefined) return connect({ connectionString: databaseUrl, max: 10 }, 'postgresql');
  let lost: string | undefined;
  for (;;) {
    const embedded = await openEmbedded(dataFolder);
    try {
      return await (embedded.owner ? own(embedded) : join(embedded));
    } catch (error) {
      await embedded.close(0);
      // The process that ran the engine ended while this one joined it: the next try finds another, or runs it here.
      if (!isConnectionLost(error) || embedded.host === lost) throw error;
      lost = embedded.host;
    }
  }
}

/** All connections to the embedded engine share one session, so no lock in SQL holds: other processes join after this. */
async function own(embedded: Embedded): Promise<Database> {
  const database = await connect(embeddedAddress(embedded.host), 'embedded');
  await endOrphans(database.pool, { silenceSeconds: 0 });
  embedded.announce();
  return { ...database, close: closing(database, embedded) };
}

async function join(embedded: Embedded): Promise<Database> {
  const database = await connect(embeddedAddress(embedded.host), 'embedded', requireMigrated);
  return { ...database, isGuest: true, close: closing(database, embedded) };
}

const closing = (database: Database, embedded: Embedded) => async (guestsMs?: number) => {
  await database.close();
  await embedded.close(guestsMs);
};

async function requireMigrated(pool: pg.Pool, migrations: readonly Migration[]): Promise<void> {
  const [missing] = await pendingMigrations(pool, migrations);
  if (missing === undefined) return;
  throw new DomainError(
    'STORE_OUTDATED',
    `an older release of Perennial runs the database, without migration ${missing.name}: stop that process first`,
  );
}

const isConnectionLost = (error: unknown) =>
  error instanceof Error &&
  (/Connection terminated/.test(error.message) ||
    ['ECONNREFUSED', 'ECONNRESET', 'ENOENT', 'EPIPE'].includes((error as NodeJS.ErrnoException).code ?? ''));

/** The embedded engine is only another address: a socket's folder. */
export const embeddedAddress = (host: string): pg.PoolConfig => ({
  host,
  port: 5432,
  database: 'postgres',
  user: 'postgres',
  max: 6,
});

const DATE_OID = 1082;

/** @param prepare Sees to it that the database has the migrations. */
export async function connect(
  address: pg.PoolConfig,
  engine: Database['engine'],
  prepare: (pool: pg.Pool, migrations: readonly Migration[]) => Promise<void> = migrate,
): Promise<Database> {
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
  const prisma = new PrismaClient({ adapter: new PrismaPg(pool) });
  const close = async () => {
    await prisma.$disconnect();
    await pool.end();
  };
  try {
    const migrations = readMigrations();
    await prepare(pool, migrations);
    const { rows } = await pool.query<{ zone: string }>("select current_setting('TimeZone') as zone");
    if (rows[0]?.zone !== 'UTC') {
      throw new DomainError('BAD_TIME_ZONE', `the database session runs in ${rows[0]?.zone}: it must be UTC`);
    }
    return { engine, isGuest: false, prisma, pool, migrations: migrations.map(({ name }) => name), close };
  } catch (error) {
    await close();
    throw error;
  }
}
