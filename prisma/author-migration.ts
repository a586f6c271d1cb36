/** `npm run migration -- NAME` writes the SQL from the last committed schema.prisma to the present one into prisma/migrations/. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';

import { embeddedAddress, startEngine } from '../server/store/embedded.ts';
import { openSchemaEngine, SCHEMA } from './schema-engine.ts';

const MIGRATIONS = 'prisma/migrations';

const name = process.argv[2];
if (name === undefined || !/^[a-z][a-z0-9_]*$/.test(name)) {
  console.error('usage: npm run migration -- name_in_snake_case');
  process.exit(2);
}

mkdirSync(MIGRATIONS, { recursive: true });
const count = readdirSync(MIGRATIONS, { withFileTypes: true }).filter((entry) => entry.isDirectory()).length;
const committed = count === 0 ? null : execFileSync('git', ['show', `HEAD:${SCHEMA}`], { encoding: 'utf8' });

const store = await startEngine();
const { engine, close } = await openSchemaEngine(embeddedAddress(store.host));
const schema = (content: string) => ({ tag: 'schemaDatamodel' as const, files: [{ path: SCHEMA, content }] });
const { stdout: sql } = await engine.diff({
  from: committed === null ? { tag: 'empty' } : schema(committed),
  to: schema(readFileSync(SCHEMA, 'utf8')),
  script: true,
  exitCode: null,
  filters: { externalTables: [], externalEnums: [] },
});
await close();
await store.close();

const folder = `${MIGRATIONS}/${String(count + 1).padStart(4, '0')}_${name}`;
mkdirSync(folder);
writeFileSync(`${folder}/migration.sql`, sql ?? '');
writeFileSync(`${MIGRATIONS}/migration_lock.toml`, 'provider = "postgresql"\n');
console.log(`${folder}/migration.sql`);
