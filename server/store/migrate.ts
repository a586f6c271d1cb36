import { createHash, randomUUID } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type pg from 'pg';

import { DomainError } from '../domain/errors.ts';
import { PACKAGE_ROOT } from './package-root.ts';
import { inTransaction } from './transaction.ts';

export interface Migration {
  readonly name: string;
  readonly sql: string;
}

/** The key that `prisma migrate deploy` locks: whoever starts together migrates one after the other. */
const MIGRATION_LOCK = 72_707_369;

/** As Prisma creates it: `prisma migrate deploy` and this file continue where the other stopped. */
const TABLE = `create table if not exists _prisma_migrations (
  id varchar(36) primary key not null,
  checksum varchar(64) not null,
  finished_at timestamptz,
  migration_name varchar(255) not null,
  logs text,
  rolled_back_at timestamptz,
  started_at timestamptz not null default now(),
  applied_steps_count integer not null default 0)`;

/** The migrations of this release, oldest first. */
export function readMigrations(): Migration[] {
  const folder = join(PACKAGE_ROOT, 'prisma/migrations');
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => ({ name, sql: readFileSync(join(folder, name, 'migration.sql'), 'utf8') }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** Applies what the database does not have yet, each migration in a transaction of its own. */
export async function migrate(pool: pg.Pool, migrations: readonly Migration[]): Promise<void> {
  for (const migration of await pendingMigrations(pool, migrations)) {
    await inTransaction(pool, (tx) => apply(tx, migration, migrations)).catch((error: Error) => {
      if (error instanceof DomainError) throw error;
      const message = `migration ${migration.name} failed and was undone: ${error.message}`;
      throw Object.assign(new DomainError('MIGRATION_FAILED', message), { cause: error });
    });
  }
}

async function apply(tx: pg.PoolClient, migration: Migration, migrations: readonly Migration[]): Promise<void> {
  await tx.query('select pg_advisory_xact_lock($1)', [MIGRATION_LOCK]);
  await tx.query(TABLE);
  // Another process may have applied it while this one waited for the lock.
  if (!(await pendingMigrations(tx, migrations)).includes(migration)) return;
  await tx.query(migration.sql);
  await tx.query(
    `insert into _prisma_migrations (id, checksum, migration_name, finished_at, applied_steps_count)
     values ($1, $2, $3, clock_timestamp(), 1)`,
    [randomUUID(), checksum(migration), migration.name],
  );
}

/**
 * The migrations of this release that the database does not have yet.
 * @throws DomainError when the database is not ours, is of a newer release, or differs from the migrations.
 */
export async function pendingMigrations(
  db: pg.Pool | pg.PoolClient,
  migrations: readonly Migration[],
): Promise<readonly Migration[]> {
  // In one statement: between two, another process could migrate. The list of tables is long to make, and seldom needed.
  const { rows: found } = await db.query<{ isOurs: boolean; table: string | null }>(
    `select to_regclass('_prisma_migrations') is not null as "isOurs", case when to_regclass('_prisma_migrations') is null
       then (select tablename::text from pg_tables where schemaname = current_schema() limit 1) end as table`,
  );
  const { isOurs, table } = found[0]!;
  if (!isOurs) {
    if (table === null) return migrations;
    throw new DomainError(
      'DATABASE_NOT_EMPTY',
      `the database has tables (${table} is one) but no Perennial migration was ever applied to it: use an empty database`,
    );
  }
  const { rows } = await db.query<{ name: string; checksum: string; finished: boolean }>(
    `select migration_name as name, checksum, finished_at is not null as finished
     from _prisma_migrations where rolled_back_at is null`,
  );
  const own = new Set(migrations.map(({ name }) => name));
  const newer = rows.find(({ name }) => !own.has(name));
  if (newer !== undefined) {
    throw new DomainError(
      'STORE_NEWER',
      `a newer release of Perennial has changed the database, by migration ${newer.name}: use that release or a later one`,
    );
  }
  const recorded = new Map(rows.map((row) => [row.name, row]));
  return migrations.filter((migration) => {
    const row = recorded.get(migration.name);
    if (row === undefined) return true;
    if (!row.finished) {
      throw new DomainError(
        'MIGRATION_UNFINISHED',
        `migration ${row.name} was begun by another tool and did not finish: repair the database, then record that with "prisma migrate resolve"`,
      );
    }
    if (row.checksum !== checksum(migration)) {
      throw new DomainError(
        'MIGRATION_CHANGED',
        `migration ${row.name} was applied with another text than this release has: the database may differ from what the release expects`,
      );
    }
    return false;
  });
}

const checksum = ({ sql }: Migration) => createHash('sha256').update(sql).digest('hex');
