/**
 * `node scripts/build.js [--all] [PART..]` builds the parts named, or every part. Without `--all` a part is built only
 * when its inputs have changed since it was built last.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

/**
 * @typedef {object} Part
 * @property {string} name
 * @property {string} command
 * @property {readonly string[]} inputs Files and folders.
 * @property {readonly string[]} outputs Files and folders.
 */

/** In the order in which they need each other. @type {readonly Part[]} */
const PARTS = [
  {
    name: 'client',
    command: 'prisma generate',
    inputs: ['prisma.config.ts', 'prisma/schema.prisma'],
    outputs: ['prisma/generated'],
  },
  {
    name: 'queries',
    command: 'graphql-codegen --config codegen.ts',
    inputs: ['codegen.ts', 'schema/schema.graphql', ...queries()],
    outputs: ['widgets/generated', 'examples/generated'],
  },
  {
    name: 'kernel',
    command: 'node scripts/compile-kernel.js',
    inputs: ['scripts/compile-kernel.js', 'server/engine/numerics/tile.as.ts'],
    outputs: ['server/engine/numerics/generated'],
  },
  {
    name: 'widgets',
    command: 'vite build --logLevel warn',
    inputs: ['vite.config.ts', 'widgets', 'server/engine', 'server/domain'],
    outputs: ['dist/widgets'],
  },
  {
    name: 'elements',
    command: 'vite build --mode elements --logLevel warn',
    inputs: ['vite.config.ts', 'widgets', 'server/engine', 'server/domain'],
    outputs: ['dist/elements'],
  },
  {
    name: 'server',
    command: 'vite build --mode server --logLevel warn && chmod +x dist/server/cli.js',
    inputs: ['vite.config.ts', 'server', 'schema', 'prisma'],
    outputs: ['dist/server', 'dist/schema', 'dist/prisma', 'dist/vendor'],
  },
];

/** Hash of the inputs of each part when it was built. */
const STAMPS = 'node_modules/.cache/perennial-build.json';

/**
 * @param {{ all?: boolean, parts?: readonly Part[], stampsFile?: string }} [options] All: whether changed or not.
 * @returns {readonly string[]} The names of the parts that were built.
 */
export function build({ all = false, parts = PARTS, stampsFile = STAMPS } = {}) {
  const stamps = existsSync(stampsFile) ? JSON.parse(readFileSync(stampsFile, 'utf8')) : {};
  const built = [];
  for (const { name, command, inputs, outputs } of parts) {
    const stamp = hashOf([command, ...['package-lock.json', ...inputs].flatMap(filesOf)]);
    if (!all && stamps[name] === stamp && outputs.every((path) => existsSync(path))) continue;
    if (all) for (const path of outputs) rmSync(path, { recursive: true, force: true });
    const env = { ...process.env, PATH: `${resolve('node_modules/.bin')}:${process.env.PATH}` };
    const { status } = spawnSync(command, { shell: true, stdio: ['ignore', 'ignore', 'inherit'], env });
    if (status !== 0) throw new Error(`building ${name} failed: ${command}`);
    stamps[name] = stamp;
    mkdirSync(dirname(stampsFile), { recursive: true });
    writeFileSync(stampsFile, JSON.stringify(stamps));
    built.push(name);
  }
  return built;
}

function queries() {
  return ['widgets', 'examples'].flatMap(filesOf).filter((file) => file.endsWith('.graphql'));
}

/** @param {string} path @returns {string[]} */
function filesOf(path) {
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path, { recursive: true, encoding: 'utf8' })
    .map((name) => join(path, name))
    .filter((file) => statSync(file).isFile())
    .sort();
}

/** @param {readonly [string, ...string[]]} _ */
function hashOf([command, ...files]) {
  const hash = createHash('sha256').update(command);
  for (const file of files) hash.update(file).update(readFileSync(file));
  return hash.digest('hex');
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { values, positionals } = parseArgs({ options: { all: { type: 'boolean' } }, allowPositionals: true });
  const parts = PARTS.filter(({ name }) => positionals.length === 0 || positionals.includes(name));
  const built = build({ all: values.all, parts });
  if (built.length > 0) console.log(`built ${built.join(', ')}`);
}
