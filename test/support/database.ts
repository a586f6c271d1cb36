import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import pg from 'pg';
import { inject, onTestFinished } from 'vitest';

import { connect, type Database } from '../../server/store/database.ts';
import { embeddedAddress, startEngine } from '../../server/store/embedded.ts';

/** A migrated, empty database of the test's own, gone when the caller closes it. */
export async function freshDatabase(engine: Database['engine'] = 'postgresql'): Promise<Database> {
  return engine === 'embedded' ? freshEmbedded() : freshPostgres();
}

/** Like freshDatabase, closed when the current test ends. */
export async function testDatabase(engine?: Database['engine']): Promise<Database> {
  const database = await freshDatabase(engine);
  onTestFinished(() => database.close());
  return database;
}

async function freshEmbedded(): Promise<Database> {
  const engine = await startEngine({ dump: new Uint8Array(readFileSync(inject('embeddedDump'))), cacheMb: 16 });
  const database = await connect(embeddedAddress(engine.host), 'embedded');
  return {
    ...database,
    close: async () => {
      await database.close();
      await engine.close();
    },
  };
}

async function freshPostgres(): Promise<Database> {
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  await adminQuery(`create database ${name} template template`);
  const database = await connect({ connectionString: databaseUrl(name), max: 4 }, 'postgresql');
  return {
    ...database,
    close: async () => {
      await database.close();
      await adminQuery(`drop database ${name} with (force)`);
    },
  };
}

/** Address of an empty database of the test's own, for programs that open it themselves. */
export async function freshDatabaseUrl(): Promise<string> {
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  await adminQuery(`create database ${name}`);
  return databaseUrl(name);
}

const databaseUrl = (name: string) => inject('postgres').replace('/postgres?', `/${name}?`);

async function adminQuery(sql: string): Promise<void> {
  const client = new pg.Client(inject('postgres'));
  await client.connect();
  await client.query(sql);
  await client.end();
}
