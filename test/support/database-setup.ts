import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import type { TestProject } from 'vitest/node';

import { connect } from '../../server/store/database.ts';
import { embeddedAddress, startEngine } from '../../server/store/embedded.ts';
import { startPostgres } from './postgres.ts';
import { type RowTypes, readRowTypes } from './row-types/read-row-types.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** A PostgreSQL server with a migrated database `template`. */
    readonly postgres: string;
    /** File with the data directory of a migrated embedded engine. */
    readonly embeddedDump: string;
    /** Folder of a migrated store without any workspace, as a command leaves it. */
    readonly embeddedStore: string;
    readonly rowTypes: RowTypes;
  }
}

export default async function setup(project: TestProject) {
  const folder = mkdtempSync(join(tmpdir(), 'perennial-test-'));
  const ready = Promise.all([preparePostgres(), prepareEmbedded(join(folder, 'store'), join(folder, 'embedded.tar'))]);
  // While the databases start.
  const rowTypes = readRowTypes();
  project.provide('rowTypes', rowTypes);
  const [postgres] = await ready;
  project.provide('postgres', postgres.url);
  project.provide('embeddedDump', join(folder, 'embedded.tar'));
  project.provide('embeddedStore', join(folder, 'store'));
  return async () => {
    await postgres.stop();
    rmSync(folder, { recursive: true });
    await reportUnchecked(project, Object.keys(rowTypes.statements));
  };
}

/** Fails a run of all tests after which the row types of some statements are still unchecked. */
async function reportUnchecked(project: TestProject, statements: readonly string[]) {
  const files = project.vitest.state.getFiles().filter(({ projectName }) => projectName === project.name);
  const { testFiles } = await project.globTestFiles();
  if (files.length < testFiles.length || project.config.testNamePattern !== undefined) return;
  const seen = new Set(files.flatMap(({ meta }) => meta.statements ?? []));
  const unchecked = statements.filter((site) => !seen.has(site));
  if (unchecked.length === 0) return;
  console.error(`No test runs these statements, so their row types are not checked:\n${unchecked.join('\n')}`);
  process.exitCode = 1;
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

async function prepareEmbedded(store: string, dump: string) {
  mkdirSync(store, { mode: 0o700 });
  const engine = await startEngine({ folder: join(store, 'pg') });
  const database = await connect(embeddedAddress(engine.host), 'embedded');
  await database.close();
  writeFileSync(dump, await engine.dump());
  await engine.close();
}
