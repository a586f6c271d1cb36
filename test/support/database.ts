import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import pg from 'pg';
import { inject, onTestFinished } from 'vitest';

import { connect, type Database } from '../../server/store/database.ts';
import { embeddedAddress, startEngine } from '../../server/store/embedded.ts';

const idle: Database[] = [];

/** A migrated, empty database of the caller's own, emptied for the next one when the caller closes it. */
export async function freshDatabase(engine: Database['engine'] = 'postgresql'): Promise<Database> {
  const index = idle.findIndex((each) => each.engine === engine);
  const database = index < 0 ? await create(engine) : idle.splice(index, 1)[0]!;
  return {
    ...database,
    close: async () => {
      await database.pool.query(EMPTY);
      idle.push(database);
    },
  };
}

/** Like freshDatabase, closed when the current test ends. */
export async function testDatabase(engine?: Database['engine']): Promise<Database> {
  const database = await freshDatabase(engine);
  onTestFinished(() => database.close());
  return database;
}

/** Truncating takes long, and tests fill few of the tables. */
const EMPTY = `
  do $$ declare
    each text;
    filled text[];
    is_filled boolean;
  begin
    for each in select quote_ident(tablename) from pg_tables where schemaname = 'public' and tablename <> '_prisma_migrations'
    loop
      execute format('select exists (select from %s)', each) into is_filled;
      if is_filled then filled := filled || each; end if;
    end loop;
    if filled is not null then execute format('truncate %s restart identity cascade', array_to_string(filled, ', ')); end if;
  end $$`;

async function create(engine: Database['engine']): Promise<Database> {
  if (engine === 'postgresql') {
    return connect({ connectionString: await freshDatabaseUrl('template'), max: 4 }, engine);
  }
  const embedded = await startEngine({ dump: new Uint8Array(readFileSync(inject('embeddedDump'))), cacheMb: 16 });
  // By this signal vitest ends its workers.
  process.once('SIGTERM', () => void embedded.close().finally(() => process.exit()));
  return connect(embeddedAddress(embedded.host), engine);
}

/** Address of a database of the test's own, empty or like `template`, for programs that open it themselves. */
export async function freshDatabaseUrl(template: 'template0' | 'template' = 'template0'): Promise<string> {
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  const admin = new pg.Client(inject('postgres'));
  await admin.connect();
  await admin.query(`create database ${name} template ${template}`);
  await admin.end();
  return inject('postgres').replace('/postgres?', `/${name}?`);
}
