import { PrismaPg } from '@prisma/adapter-pg';
import pg from 'pg';

import { PrismaClient } from '../../prisma/generated/client/client.ts';
import { DomainError } from '../domain/errors.ts';
import { openEmbedded } from './embedded.ts';
import { migrate } from './migrate.ts';
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
  close(): Promise<void>;
}

export interface DatabaseOptions {
  readonly databaseUrl: string | undefined;
  readonly dataFolder: string;
}

/** Opens PostgreSQL, or the embedded engine when there is no address, and brings the schema up to date. */
export async function openDatabase({ databaseUrl, dataFolder }: DatabaseOptions): Promise<Database> {
  if (databaseUrl !== undefined) return connect({ connectionString: databaseUrl, max: 10 }, 'postgresql');
  const embedded = await openEmbedded(dataFolder);
  try {
    const database = await connect(embeddedAddress(embedded.host), 'embedded');
    if (embedded.owner) await endOrphans(database.pool, { silenceSeconds: 0 });
    return {
      ...database,
      isGuest: !embedded.owner,
      close: async () => {
        await database.close();
        await embedded.close();
      },
    };
  } catch (error) {
    await embedded.close();
    throw error;
  }
}

/** The embedded engine is only another address: a socket's folder. */
export const embeddedAddress = (host: string): pg.PoolConfig => ({
  host,
  port: 5432,
  database: 'postgres',
  user: 'postgres',
  max: 6,
});

const DATE_OID = 1082;

export async function connect(address: pg.PoolConfig, engine: Database['engine']): Promise<Database> {
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
    const migrations = await migrate(pool, address);
    const { rows } = await pool.query<{ zone: string }>("select current_setting('TimeZone') as zone");
    if (rows[0]?.zone !== 'UTC') {
      throw new DomainError('BAD_TIME_ZONE', `the database session runs in ${rows[0]?.zone}: it must be UTC`);
    }
    return { engine, isGuest: false, prisma, pool, migrations, close };
  } catch (error) {
    await close();
    throw error;
  }
}
