import { createHash } from 'node:crypto';
import pg from 'pg';
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';

import { openSchemaEngine } from '../../prisma/schema-engine.ts';
import type { Database } from '../../server/store/database.ts';
import { type Engine, embeddedAddress, startEngine } from '../../server/store/embedded.ts';
import { type Migration, migrate, pendingMigrations, readMigrations } from '../../server/store/migrate.ts';
import { freshDatabaseUrl } from '../support/database.ts';

const LAMPS = { name: '0001_lamps', sql: 'create table lamp (id int primary key); insert into lamp values (1);' };
const SHADES = { name: '0002_shades', sql: 'create table shade (id int primary key);' };

let embedded: Engine;
beforeAll(async () => {
  embedded = await startEngine();
  return () => embedded.close();
});

/** An empty database, for one test alone. */
async function emptyDatabase(engine: Database['engine']) {
  const address =
    engine === 'embedded' ? embeddedAddress(embedded.host) : { connectionString: await freshDatabaseUrl() };
  const pool = new pg.Pool(address);
  onTestFinished(() => pool.end());
  await pool.query('drop schema public cascade; create schema public');
  return { address, pool };
}

/** Prisma holds its lock until its connection closes. */
async function withPrisma<Result>(address: pg.PoolConfig, work: (prisma: SchemaEngine) => Promise<Result>) {
  const { engine, close } = await openSchemaEngine(address);
  return work(engine).finally(close);
}

type SchemaEngine = Awaited<ReturnType<typeof openSchemaEngine>>['engine'];

/** The migrations as Prisma's schema engine reads a folder of them. */
const asPrisma = (migrations: readonly Migration[]) => ({
  filters: { externalTables: [], externalEnums: [] },
  migrationsList: {
    baseDir: 'prisma/migrations',
    lockfile: { path: 'migration_lock.toml', content: 'provider = "postgresql"\n' },
    shadowDbInitScript: '',
    migrationDirectories: migrations.map(({ name, sql }) => ({
      path: name,
      migrationFile: { path: 'migration.sql', content: { tag: 'ok' as const, value: sql } },
    })),
  },
});

const tables = async (pool: pg.Pool) =>
  (
    await pool.query<{ name: string }>(
      'select tablename as name from pg_tables where schemaname = current_schema() order by 1',
    )
  ).rows.map(({ name }) => name);

describe.each(['postgresql', 'embedded'] as const)('migrations on %s', (engine) => {
  it('leave a database that Prisma takes for up to date', async () => {
    const { address, pool } = await emptyDatabase(engine);
    const migrations = readMigrations();
    await migrate(pool, migrations);
    const state = { ...asPrisma(migrations), optInToShadowDatabase: false };
    expect(await withPrisma(address, (prisma) => prisma.diagnoseMigrationHistory(state))).toEqual({
      hasMigrationsTable: true,
      history: null,
      editedMigrationNames: [],
      failedMigrationNames: [],
    });
    expect(await withPrisma(address, (prisma) => prisma.applyMigrations(asPrisma(migrations)))).toEqual({
      appliedMigrationNames: [],
    });
  });

  it('continue where Prisma stopped', async () => {
    const { address, pool } = await emptyDatabase(engine);
    await withPrisma(address, (prisma) => prisma.applyMigrations(asPrisma([LAMPS])));
    expect(await pendingMigrations(pool, [LAMPS, SHADES])).toEqual([SHADES]);
    await migrate(pool, [LAMPS, SHADES]);
    const { rows } = await pool.query(
      `select migration_name, checksum, applied_steps_count, logs, rolled_back_at, finished_at >= started_at as finished
       from _prisma_migrations order by 1`,
    );
    expect(rows).toEqual(
      [LAMPS, SHADES].map(({ name, sql }) => ({
        migration_name: name,
        checksum: createHash('sha256').update(sql).digest('hex'),
        applied_steps_count: 1,
        logs: expect.toBeOneOf([null, '']),
        rolled_back_at: null,
        finished: true,
      })),
    );
  });

  it('are undone when they fail, by name, and keep those before', async () => {
    const { pool } = await emptyDatabase(engine);
    const broken = { name: '0002_shades', sql: `${SHADES.sql} insert into nowhere values (1);` };
    await expect(migrate(pool, [LAMPS, broken])).rejects.toMatchObject({
      code: 'MIGRATION_FAILED',
      message: expect.stringMatching(/0002_shades.*"nowhere"/),
    });
    expect(await tables(pool)).toEqual(['_prisma_migrations', 'lamp']);
    await migrate(pool, [LAMPS, SHADES]);
    expect(await tables(pool)).toEqual(['_prisma_migrations', 'lamp', 'shade']);
  });
});

describe('migrations', () => {
  it('are applied once when several processes start together', async () => {
    const { pool } = await emptyDatabase('postgresql');
    await Promise.all(Array.from({ length: 4 }, () => migrate(pool, [LAMPS, SHADES])));
    const { rows } = await pool.query('select migration_name as name from _prisma_migrations order by started_at');
    expect(rows.map(({ name }) => name)).toEqual([LAMPS.name, SHADES.name]);
  });

  it('whose text has changed since are reported', async () => {
    const { pool } = await emptyDatabase('postgresql');
    await migrate(pool, [LAMPS]);
    await expect(migrate(pool, [{ ...LAMPS, sql: `${LAMPS.sql} ` }, SHADES])).rejects.toMatchObject({
      code: 'MIGRATION_CHANGED',
      message: expect.stringContaining('0001_lamps'),
    });
    expect(await tables(pool)).not.toContain('shade');
  });

  it('are refused by a database that a newer release has changed, which is named', async () => {
    const { pool } = await emptyDatabase('postgresql');
    await migrate(pool, [LAMPS, SHADES]);
    const GLASS = { name: '0003_glass', sql: 'create table glass (id int);' };
    await expect(migrate(pool, [LAMPS, GLASS])).rejects.toMatchObject({
      code: 'STORE_NEWER',
      message: expect.stringContaining('0002_shades'),
    });
    expect(await tables(pool)).not.toContain('glass');
  });

  it('are refused by a database that holds tables of another program', async () => {
    const { pool } = await emptyDatabase('postgresql');
    await pool.query('create table invoice (id int)');
    await expect(migrate(pool, [LAMPS])).rejects.toMatchObject({
      code: 'DATABASE_NOT_EMPTY',
      message: expect.stringContaining('invoice'),
    });
    expect(await tables(pool)).toEqual(['invoice']);
  });

  it('wait for repair where Prisma left one unfinished, and are applied again when it is marked as rolled back', async () => {
    const { address, pool } = await emptyDatabase('postgresql');
    const broken = { ...LAMPS, sql: 'insert into nowhere values (1);' };
    await expect(withPrisma(address, (prisma) => prisma.applyMigrations(asPrisma([broken])))).rejects.toThrow();
    await expect(migrate(pool, [LAMPS])).rejects.toMatchObject({ code: 'MIGRATION_UNFINISHED' });
    await withPrisma(address, (prisma) => prisma.markMigrationRolledBack({ migrationName: LAMPS.name }));
    await migrate(pool, [LAMPS]);
    expect(await tables(pool)).toContain('lamp');
  });
});
