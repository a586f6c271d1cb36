import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { PrismaPg } from '@prisma/adapter-pg';
import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils';
import * as bindings from '@prisma/schema-engine-wasm/schema_engine_bg';
import pg from 'pg';

export const SCHEMA = 'prisma/schema.prisma';

/** Prisma's schema engine as WebAssembly, for authors and tests: no native binary, the same for every engine that pg reaches. */
export async function openSchemaEngine(address: pg.PoolConfig) {
  instantiate();
  const pool = new pg.Pool({ ...address, options: '-c TimeZone=UTC' });
  const adapter = bindMigrationAwareSqlAdapterFactory(new PrismaPg(pool));
  const datamodels: [string, string][] = [[SCHEMA, readFileSync(SCHEMA, 'utf8')]];
  const engine = await bindings.SchemaEngine.new({ datamodels }, () => {}, adapter);
  return {
    engine,
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
