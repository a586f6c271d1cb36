import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import type { TestProject } from 'vitest/node';

import { connect, embeddedAddress } from '../../server/store/database.ts';
import { startEngine } from '../../server/store/embedded.ts';
import { startPostgres } from './postgres.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** A PostgreSQL server with a migrated database `template`. */
    readonly postgres: string;
    /** File with the data directory of a migrated embedded engine. */
    readonly embeddedDump: string;
  }
}

export default async function setup(project: TestProject) {
  const folder = mkdtempSync(join(tmpdir(), 'perennial-test-'));
  const [postgres] = await Promise.all([preparePostgres(), prepareEmbedded(join(folder, 'embedded.tar'))]);
  project.provide('postgres', postgres.url);
  project.provide('embeddedDump', join(folder, 'embedded.tar'));
  return async () => {
    await postgres.stop();
    rmSync(folder, { recursive: true });
  };
}

async function preparePostgres() {
  const postgres = await startPostgres();
  const admin = new pg.Client(postgres.url);
  await admin.connect();
  await admin.query('create database template');
  await admin.end();
  const database = await connect({ connectionString: postgres.url.replace('/postgres?', '/template?') }, 'postgresql');
  await database.close();
  return postgres;
}

async function prepareEmbedded(file: string) {
  const engine = await startEngine();
  const database = await connect(embeddedAddress(engine.host), 'embedded');
  await database.close();
  writeFileSync(file, await engine.dump());
  await engine.close();
}
