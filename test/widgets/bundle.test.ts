import { existsSync, readdirSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { build, type Rolldown } from 'vite';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';

const KIB = 1024;

afterEach(() => vi.unstubAllEnvs());

/** Builds modules into one, as `npm run build` does, and gives that one. */
async function bundle(...modules: readonly string[]): Promise<Rolldown.OutputChunk> {
  const entry = modules.length === 1 ? modules[0]! : '/entry.ts';
  const source = modules.map((path) => `export * from ${JSON.stringify(`${process.cwd()}/${path}`)};`).join('\n');
  vi.stubEnv('NODE_ENV', 'production');
  const result = await build({
    logLevel: 'silent',
    plugins: [
      {
        name: 'entry',
        enforce: 'pre',
        resolveId: (id: string) => (id === '/entry.ts' ? id : undefined),
        load: (id: string) => (id === '/entry.ts' ? source : undefined),
      },
    ],
    build: { write: false, lib: { entry } },
  });
  const outputs = [result].flat().flatMap((one) => (one as Rolldown.RolldownOutput).output);
  expect(outputs).toHaveLength(1);
  return outputs[0] as Rolldown.OutputChunk;
}

const gzipped = ({ code }: Rolldown.OutputChunk) => gzipSync(code, { level: 9 }).length;

const SHARED = [
  'widgets/provider/provider.ts',
  ...['widget', 'query', 'tokens', 'base.styles', 'css-vars', 'events'].map((name) => `widgets/shared/${name}.ts`),
];

describe('the module of all widgets', () => {
  let chunk: Rolldown.OutputChunk;
  beforeAll(async () => {
    chunk = await bundle('widgets/perennial.ts');
  });

  it('imports nothing', () => {
    expect([...chunk.imports, ...chunk.dynamicImports]).toEqual([]);
  });

  it('registers every element', () => {
    const defined = [...chunk.code.matchAll(/define\(.(clv-[a-z-]+).,/g)].map(([, tag]) => tag!);
    const folders = readdirSync('widgets').filter((name) => existsSync(`widgets/${name}/${name}.ts`));
    expect(defined.sort()).toEqual(folders.map((name) => `clv-${name}`).sort());
  });

  it('has no eval and no hidden address', () => {
    expect(chunk.code.match(/\beval\(|new Function\(/)).toBeNull();
    expect(chunk.code.match(/https?:\/\/(?!www\.w3\.org)[\w.]+/g) ?? []).toEqual([]);
  });

  it('is 54 KiB or less, gzipped', () => {
    expect(gzipped(chunk)).toBeLessThanOrEqual(54 * KIB);
  });
});

/** Most KiB on top of the shared runtime. An import is four steps, and half of its size are words in three languages. */
const MOST = { 'value-chart': 9, recommendations: 9, 'campaign-results': 9, import: 15 };

it('has a shared runtime of 15 KiB or less, Lit included, and each element has a size of its own on top', async () => {
  const shared = gzipped(await bundle(...SHARED));
  expect(shared).toBeLessThanOrEqual(15 * KIB);
  for (const [name, most] of Object.entries(MOST)) {
    const size = gzipped(await bundle(...SHARED, `widgets/${name}/${name}.ts`)) - shared;
    expect(size, name).toBeLessThanOrEqual(most * KIB);
  }
});
