import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { PrismaPg } from '@prisma/adapter-pg';
import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils';
import * as bindings from '@prisma/schema-engine-wasm/schema_engine_bg';
import pg from 'pg';

import { PACKAGE_ROOT } from './package-root.ts';

export interface SchemaEngine {
  /** SQL that leads from one schema.prisma text to another; null stands for an empty database. */
  diff(from: string | null, to: string): Promise<string>;
  /** Applies what `_prisma_migrations` does not name; throws P3005 on a filled database that was never migrated. */
  apply(migrations: readonly { readonly name: string; readonly sql: string }[]): Promise<void>;
  close(): Promise<void>;
}

const SCHEMA = join(PACKAGE_ROOT, 'prisma/schema.prisma');
const FILTERS = { externalTables: [], externalEnums: [] };

/** Prisma's schema engine as WebAssembly: no native binary, the same for every engine that pg reaches. */
export async function openSchemaEngine(address: pg.PoolConfig): Promise<SchemaEngine> {
  instantiate();
  const datamodel = readFileSync(SCHEMA, 'utf8');
  const pool = new pg.Pool({ ...address, options: '-c TimeZone=UTC' });
  const adapter = bindMigrationAwareSqlAdapterFactory(new PrismaPg(pool));
  const engine = await bindings.SchemaEngine.new({ datamodels: [[SCHEMA, datamodel]] }, () => {}, adapter);
  const schema = (content: string) => ({ tag: 'schemaDatamodel' as const, files: [{ path: SCHEMA, content }] });
  return {
    diff: async (from, to) => {
      const result = await engine.diff({
        from: from === null ? { tag: 'empty' } : schema(from),
        to: schema(to),
        script: true,
        exitCode: null,
        filters: FILTERS,
      });
      return result.stdout ?? '';
    },
    apply: async (migrations) => {
      await engine.applyMigrations({
        filters: FILTERS,
        migrationsList: {
          baseDir: 'prisma/migrations',
          lockfile: { path: 'migration_lock.toml', content: 'provider = "postgresql"\n' },
          shadowDbInitScript: '',
          migrationDirectories: migrations.map(({ name, sql }) => ({
            path: name,
            migrationFile: { path: 'migration.sql', content: { tag: 'ok', value: sql } },
          })),
        },
      });
    },
    close: async () => {
      engine.free();
      await pool.end();
    },
  };
}

let ready = false;

/** The package's entry imports its .wasm as an ES module, which Node 20 does not do. */
function instantiate(): void {
  if (ready) return;
  const path = createRequire(import.meta.url)
    .resolve('@prisma/schema-engine-wasm/schema_engine_bg')
    .replace(/\.js$/, '.wasm');
  const wasm = new WebAssembly.Instance(new WebAssembly.Module(readFileSync(path)), {
    './schema_engine_bg.js': bindings as unknown as WebAssembly.ModuleImports,
  });
  const { exports } = wasm as unknown as { exports: { __wbindgen_start?: () => void } };
  (bindings as unknown as { __wbg_set_wasm(exports: unknown): void }).__wbg_set_wasm(exports);
  exports.__wbindgen_start?.();
  ready = true;
}
