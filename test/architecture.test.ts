import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';

/** What every area may import, in its order: each layer imports those before it. */
const GROUND = ['domain', 'engine', 'store', 'compute'];
/** Each area imports the ground and the areas before it. */
const AREAS = ['access', 'customers', 'imports', 'scores', 'recommendations', 'campaigns', 'analysis'];
/** Inside the engine, each folder imports those it names. */
const ENGINE: Readonly<Record<string, readonly string[]>> = {
  numerics: [],
  models: ['numerics'],
  analytics: ['numerics', 'models'],
  recommenders: ['numerics'],
  experiments: ['numerics'],
};
/** Packages by folder; the longest folder that a path begins with wins. Types cost nothing and tie nothing, except in widgets. */
const PACKAGES: Readonly<Record<string, RegExp>> = {
  'server/domain': /^(uuid$|@noble\/hashes\/)/,
  'server/engine': /^(?!)/,
  'server/store': /^(@prisma\/|@electric-sql\/|pg$)/,
  'server/compute': /^(tinypool|tsx\/esm\/api)$/,
  schema: /^(@pothos\/|graphql$|dataloader$)/,
  widgets: /^(lit(\/|$)|@lit\/)/,
};

interface Place {
  /** `domain`, `engine`, an area, `schema` (what its nouns share), `entry` (server/*.ts, http, commands), `widgets`, `prisma`. */
  readonly part: string;
  readonly isSchema: boolean;
  readonly isData: boolean;
}

function placeOf(path: string): Place {
  const [root, folder, ...rest] = path.split('/') as [string, string, ...string[]];
  const isData = path.startsWith('server/') && path.includes('/data/');
  if (root === 'schema') return { part: AREAS.includes(folder) ? folder : 'schema', isSchema: true, isData };
  if (root !== 'server') return { part: root, isSchema: false, isData };
  const isPart = rest.length > 0 && [...GROUND, ...AREAS].includes(folder);
  return { part: isPart ? folder : 'entry', isSchema: false, isData };
}

/** Why a file may not import another; null when it may. */
function objection(from: string, to: string, isType: boolean): string | null {
  const source = placeOf(from);
  const target = placeOf(to);
  if (source.part === target.part && source.part === 'engine') return engineObjection(from, to);
  if (source.isSchema && target.isData && !isType) return 'the schema takes only types from data/';
  if (source.part === target.part) return null;
  if (to.startsWith('prisma/generated/')) {
    const isAllowed = source.part === 'store' || source.part === 'entry' || source.isData || isType;
    // Pothos makes its types from the data model, which is no way to the database.
    const isDataModel = source.isSchema && to === 'prisma/generated/pothos-types.ts';
    return isAllowed || isDataModel ? null : 'Prisma is reached through ctx, data/ and store/';
  }
  if (source.part === 'entry' || source.part === 'prisma') return target.part === 'widgets' ? 'not for servers' : null;
  if (source.part === 'widgets') return target.part === 'engine' ? null : 'widgets import the engine alone';
  if (target.part === 'schema') return source.isSchema ? null : 'only the schema imports the schema';
  if (target.isSchema && !source.isSchema) return 'only the schema imports the schema';
  if (GROUND.includes(target.part)) {
    const isBefore = !GROUND.includes(source.part) || GROUND.indexOf(target.part) < GROUND.indexOf(source.part);
    return isBefore && !(source.part === 'compute' && target.part === 'store') ? null : 'not before it in the ground';
  }
  if (GROUND.includes(source.part)) return 'the ground imports no area';
  if (source.part === 'schema') return from === 'schema/schema.ts' || isType ? null : 'what nouns share names no noun';
  if (!AREAS.includes(target.part)) return isType && source.isSchema ? null : 'entry points are imported by nobody';
  return AREAS.indexOf(target.part) < AREAS.indexOf(source.part) ? null : 'not an area before it';
}

function engineObjection(from: string, to: string): string | null {
  const [source, target] = [from, to].map((path) => path.split('/')[2]!) as [string, string];
  return source === target || ENGINE[source]!.includes(target) ? null : 'not before it in the engine';
}

interface Import {
  readonly specifier: string;
  readonly isType: boolean;
}

// `from` or a bare import is required: `export const e = () => new Error('x')` is no import.
const IMPORT =
  /^\s*(?:import|export)\s(type\s)?[^'"`;=(]*?\bfrom\s*['"]([^'"]+)|^\s*import\s*['"]([^'"]+)|\bimport\(\s*['"]([^'"]+)/gm;

const importsOf = (text: string): Import[] =>
  [...text.matchAll(IMPORT)].map(([, type, from, bare, dynamic]) => ({
    specifier: (from ?? bare ?? dynamic)!,
    isType: type !== undefined,
  }));

const filesImportedBy = (file: string, text: string): string[] =>
  importsOf(text)
    .filter(({ specifier }) => specifier.startsWith('.'))
    .map(({ specifier }) => join(dirname(file), specifier));

const isUnder = (folder: string) => (path: string) => path.startsWith(`${folder}/`);

function packageObjection(file: string, specifier: string, isType: boolean): boolean {
  const isPure = /^server\/engine\//.test(file);
  if (specifier.startsWith('node:')) return isPure || file.startsWith('widgets/');
  if (isType && !file.startsWith('widgets/')) return false;
  const folder = Object.keys(PACKAGES)
    .filter((each) => isUnder(each)(file))
    .sort((a, b) => b.length - a.length)[0];
  return folder !== undefined && !PACKAGES[folder]!.test(specifier);
}

function violations(file: string, text: string): string[] {
  return importsOf(text).flatMap(({ specifier, isType }) => {
    if (!specifier.startsWith('.')) {
      return packageObjection(file, specifier, isType) ? [`${file} imports ${specifier}`] : [];
    }
    const reason = objection(file, join(dirname(file), specifier), isType);
    return reason === null ? [] : [`${file} imports ${specifier}: ${reason}`];
  });
}

/** A text that begins as a statement does. */
const SQL = /[`'"]\s*(?:select\s|insert into\s|update\s+\S+\s+set\s|delete from\s|with\s+\w+\s+as\s*\()/;

const filesOf = (root: string) =>
  readdirSync(root, { recursive: true, encoding: 'utf8' })
    .map((file) => join(root, file))
    .filter((file) => /\.(ts|js)$/.test(file) && !file.includes('/generated/'));

const sources = ['server', 'schema', 'widgets', 'prisma'].flatMap(filesOf);

const read = (file: string) => readFileSync(file, 'utf8');

it('sees the source tree', () => expect(sources.length).toBeGreaterThan(100));

describe('an import that is refused', () => {
  it.each([
    ['the ground importing an area', 'server/domain/a.ts', "import { b } from '../scores/b.ts';"],
    ['domain importing the engine', 'server/domain/a.ts', "import { b } from '../engine/models/b.ts';"],
    ['the engine importing the store', 'server/engine/models/a.ts', "import { b } from '../../store/b.ts';"],
    ['the engine importing Node', 'server/engine/models/a.ts', "import { b } from 'node:fs';"],
    ['the engine importing a package', 'server/engine/models/a.ts', "import { b } from 'uuid';"],
    ['numerics importing models', 'server/engine/numerics/a.ts', "import { b } from '../models/b.ts';"],
    ['an area importing a later one', 'server/customers/a.ts', "import { b } from '../campaigns/b.ts';"],
    ['the type of a later area', 'server/customers/a.ts', "import type { B } from '../campaigns/b.ts';"],
    ['a noun importing that of a later area', 'schema/customers/a.ts', "import { b } from '../campaigns/b.ts';"],
    [
      'the schema importing a value from data/',
      'schema/scores/a.ts',
      "import { b } from '../../server/scores/data/b.ts';",
    ],
    [
      'a noun importing the Prisma client',
      'schema/scores/a.ts',
      "import { b } from '../../prisma/generated/client.ts';",
    ],
    ['an area importing an entry point', 'server/scores/a.ts', "import { b } from '../http/b.ts';"],
    ['an element importing the server', 'widgets/a/a.ts', "import '../../server/cli.ts';"],
    ['an element importing a package other than Lit', 'widgets/a/a.ts', "import { b } from 'uuid';"],
  ])('%s', (_, file, text) => expect(violations(file, text)).toHaveLength(1));
});

describe('an import that is allowed', () => {
  it.each([
    ['the type of what data/ reads', 'schema/scores/a.ts', "import type { B } from '../../server/scores/data/b.ts';"],
    ['an earlier area', 'server/campaigns/a.ts', "import { b } from '../customers/b.ts';"],
    ['the ground', 'server/scores/data/a.ts', "import { b } from '../../store/b.ts';"],
    ['the engine in an element', 'widgets/a/a.ts', "import { b } from '../../server/engine/models/b.ts';"],
  ])('%s', (_, file, text) => expect(violations(file, text)).toEqual([]));
});

it('imports only what its area may', () => expect(sources.flatMap((file) => violations(file, read(file)))).toEqual([]));

/** Groups of files each of which imports, types included, another that leads back to it. */
function circles(imports: ReadonlyMap<string, readonly string[]>): string[][] {
  const reached = (from: string): Set<string> => {
    const seen = new Set(imports.get(from));
    for (const file of seen) for (const next of imports.get(file) ?? []) seen.add(next);
    return seen;
  };
  const reaches = new Map([...imports.keys()].map((file) => [file, reached(file)]));
  const inCircle = [...reaches.keys()].filter((file) => reaches.get(file)!.has(file));
  const groups = inCircle.map((file) =>
    inCircle.filter((other) => reaches.get(file)!.has(other) && reaches.get(other)!.has(file)),
  );
  return groups.filter(([first], position) => first === inCircle[position]);
}

it('finds a circle, and the files of it alone', () => {
  const imports = { a: ['b'], b: ['c'], c: ['b', 'd'], d: [] };
  expect(circles(new Map(Object.entries(imports)))).toEqual([['b', 'c']]);
});

it('has no circle of imports, types included', () => {
  const files = [...sources, ...filesOf('test')];
  const isFile = new Set(files);
  const importsOfFile = (file: string) => filesImportedBy(file, read(file)).filter((target) => isFile.has(target));
  expect(circles(new Map(files.map((file) => [file, importsOfFile(file)])))).toEqual([]);
});

it('reaches no Node module from the engine, so that it runs in a browser', () => {
  const reached = new Set(sources.filter((file) => isUnder('server/engine')(file)));
  for (const file of reached) {
    for (const { specifier, isType } of importsOf(read(file))) {
      if (specifier.startsWith('.') && !isType && !specifier.includes('/generated/'))
        reached.add(join(dirname(file), specifier));
    }
  }
  const withNode = [...reached].filter((file) =>
    importsOf(read(file)).some(({ specifier }) => specifier.startsWith('node:')),
  );
  expect(withNode).toEqual([]);
});

it('keeps SQL in data/ and store/', () => {
  const withSql = sources.filter((file) => SQL.test(read(file)));
  expect(withSql.length).toBeGreaterThan(10);
  expect(withSql.filter((file) => !/^(server\/(\w+\/data|store)\/|prisma\/)/.test(file))).toEqual([]);
});

it('keeps folders at 20 files or fewer, outside the models and the experiments of the engine', () => {
  const files = execFileSync('git', ['ls-files', 'server', 'schema', 'widgets'], { encoding: 'utf8' })
    .trim()
    .split('\n');
  const sizes = new Map<string, number>();
  for (const folder of files.map(dirname)) sizes.set(folder, (sizes.get(folder) ?? 0) + 1);
  const large = [...sizes].filter(([, size]) => size > 20).map(([folder]) => folder);
  expect(large.toSorted()).toEqual(['server/engine/experiments', 'server/engine/models']);
});

it.each([...GROUND, ...AREAS])('has a README in server/%s', (part) =>
  expect(read(`server/${part}/README.md`)).toMatch(/^# \w+\n/),
);

it('draws in docs/architecture.md the arrows that there are', () => {
  const group = (part: string) => [GROUND, AREAS].findIndex((parts) => parts.includes(part));
  const arrows = sources
    .filter(isUnder('server'))
    .flatMap((file) =>
      filesImportedBy(file, read(file)).map((target) => [placeOf(file).part, placeOf(target).part] as const),
    )
    .filter(([from, to]) => from !== to && group(from) !== -1 && group(from) === group(to))
    .map(([from, to]) => `${from} --> ${to}`);
  const drawn = read('docs/architecture.md')
    .match(/^ *\w+ --> \w+$/gm)!
    .map((line) => line.trim());
  expect(drawn.toSorted()).toEqual([...new Set(arrows)].toSorted());
});

it('keeps files at 250 lines or fewer', () =>
  expect(sources.filter((file) => read(file).trimEnd().split('\n').length > 250)).toEqual([]));
