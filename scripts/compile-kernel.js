/** Compiles the kernel of symmetric-inverse.ts, tile.as.ts, to WebAssembly and keeps it as text in generated/tile.ts, so that it is built and bundled as any module. */
import { mkdirSync, writeFileSync } from 'node:fs';
import asc from 'assemblyscript/asc';

const SOURCE = 'server/engine/numerics/tile.as.ts';
const TARGET = 'server/engine/numerics/generated';

/** @type {Uint8Array | undefined} */
let wasm;
const { error, stderr } = await asc.main(
  [SOURCE, '--outFile', 'tile.wasm', '--optimizeLevel', '3', '--enable', 'simd', '--runtime', 'stub', '--importMemory'],
  {
    writeFile: (name, contents) => {
      if (name === 'tile.wasm') wasm = /** @type {Uint8Array} */ (contents);
    },
  },
);
if (error !== null || wasm === undefined) throw new Error(`${SOURCE} does not compile: ${stderr}`);
mkdirSync(TARGET, { recursive: true });
writeFileSync(`${TARGET}/tile.ts`, `export const TILE_WASM = '${Buffer.from(wasm).toString('base64')}';\n`);
