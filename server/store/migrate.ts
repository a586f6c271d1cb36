import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type pg from 'pg';

import { PACKAGE_ROOT } from './package-root.ts';
import { openSchemaEngine } from './schema-engine.ts';

interface Migration {
  readonly name: string;
  readonly sql: string;
}

const FOLDER = join(PACKAGE_ROOT, 'prisma/migrations');
/** Any constant: two servers that start together migrate one after the other. */
const MIGRATION_LOCK = 7_305_112;

/** Applies what `_prisma_migrations` does not name yet. @returns The names of all migrations, oldest first. */
export async function migrate(pool: pg.Pool, address: pg.PoolConfig): Promise<readonly string[]> {
  const migrations = readMigrations();
  const names = migrations.map(({ name }) => name);
  if (isCurrent(names, await applied(pool))) return names;
  const client = await pool.connect();
  try {
    await client.query('select pg_advisory_lock($1)', [MIGRATION_LOCK]);
    if (!isCurrent(names, await applied(client))) await apply(migrations, address);
  } finally {
    await client.query('select pg_advisory_unlock($1)', [MIGRATION_LOCK]);
    client.release();
  }
  return names;
}

function readMigrations(): Migration[] {
  return readdirSync(FOLDER, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => ({ name, sql: readFileSync(join(FOLDER, name, 'migration.sql'), 'utf8') }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

async function applied(db: pg.Pool | pg.PoolClient): Promise<ReadonlySet<string>> {
  const { rows: tables } = await db.query(
    "select 1 from pg_tables where tablename = '_prisma_migrations' and schemaname = current_schema()",
  );
  if (tables.length === 0) return new Set();
  const { rows } = await db.query<{ name: string }>(
    'select migration_name as name from _prisma_migrations where finished_at is not null',
  );
  return new Set(rows.map(({ name }) => name));
}

const isCurrent = (names: readonly string[], present: ReadonlySet<string>) => names.every((name) => present.has(name));

async function apply(migrations: readonly Migration[], address: pg.PoolConfig): Promise<void> {
  const engine = await openSchemaEngine(address);
  try {
    await engine.apply(migrations);
  } finally {
    await engine.close();
  }
}
