import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';

interface Rule {
  readonly folders: readonly string[];
  /** Folders of which only types may be named. */
  readonly types?: readonly string[];
  readonly packages: RegExp;
}

const NONE = /^(?!)/;
const ANY = /./;
const INNER = [
  'server/domain',
  'server/numerics',
  'server/models',
  'server/analytics',
  'server/recommenders',
  'server/experiments',
  'server/compute',
  'server/data',
  'server/ingest',
];

/** What the files of a folder may import; the longest folder that a path begins with wins. */
const RULES: Readonly<Record<string, Rule>> = {
  'server/domain': { folders: [], packages: /^uuid$/ },
  'server/numerics': { folders: ['server/domain'], packages: NONE },
  'server/numerics/kernel': { folders: [], packages: /^assemblyscript\/asc$/ },
  'server/models': { folders: ['server/domain', 'server/numerics'], packages: NONE },
  'server/analytics': { folders: ['server/domain', 'server/numerics', 'server/models'], packages: NONE },
  'server/recommenders': { folders: ['server/domain', 'server/numerics'], packages: NONE },
  'server/experiments': { folders: ['server/domain', 'server/numerics'], packages: NONE },
  'server/compute': {
    folders: ['server/domain', 'server/numerics', 'server/models', 'server/analytics', 'server/recommenders'],
    packages: /^(tinypool|tsx\/esm\/api)$/,
  },
  'server/ingest': { folders: ['server/domain'], packages: /^(csv-parse\/|temporal-polyfill$)/ },
  'server/data': {
    folders: ['server/domain', 'prisma/generated'],
    types: ['server/models', 'server/analytics', 'server/recommenders', 'server/experiments'],
    packages: /^(@prisma\/|@electric-sql\/|pg$|dataloader$)/,
  },
  'server/services': { folders: [...INNER, 'prisma/generated'], packages: /^(pg|decimal\.js)$/ },
  schema: {
    folders: [
      'server/domain',
      'server/models',
      'server/analytics',
      'server/experiments',
      'server/compute',
      'server/services',
      'prisma/generated',
    ],
    // Its values reach the schema through the context.
    types: ['server/data', 'server/recommenders'],
    packages: /^(@pothos\/|graphql$|dataloader$)/,
  },
  server: { folders: [...INNER, 'server/services', 'schema', 'prisma'], packages: ANY },
  widgets: {
    folders: [],
    packages: /^(lit(\/|$)|@lit\/)/,
  },
  prisma: { folders: ['server', ...INNER, 'server/services'], packages: ANY },
};

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

const folderOf = (path: string) =>
  Object.keys(RULES)
    .filter((folder) => path.startsWith(`${folder}/`))
    .sort((a, b) => b.length - a.length)[0];

function violations(file: string, text: string): string[] {
  const home = folderOf(file)!;
  const { folders, types = [], packages } = RULES[home]!;
  return importsOf(text).flatMap(({ specifier, isType }) => {
    const complaint = [`${file} imports ${specifier}`];
    if (specifier.startsWith('node:')) return home === 'widgets' ? complaint : [];
    // The types of a library cost nothing and tie nothing.
    if (!specifier.startsWith('.')) return packages.test(specifier) || (isType && home !== 'widgets') ? [] : complaint;
    const target = join(dirname(file), specifier);
    const isAllowed = [home, ...folders, ...(isType ? types : [])].some((folder) => target.startsWith(`${folder}/`));
    return isAllowed ? [] : complaint;
  });
}

/** A text that begins as a statement does. */
const SQL = /[`'"]\s*(?:select\s|insert into\s|update\s+\S+\s+set\s|delete from\s|with\s+\w+\s+as\s*\()/;

const sources = ['server', 'schema', 'widgets', 'prisma']
  .flatMap((root) => readdirSync(root, { recursive: true, encoding: 'utf8' }).map((file) => join(root, file)))
  .filter((file) => /\.(ts|js)$/.test(file) && !file.includes('/generated/'));

const read = (file: string) => readFileSync(file, 'utf8');

it('sees the source tree', () => expect(sources.length).toBeGreaterThan(100));

it('notices an import that its folder may not have', () => {
  expect(violations('server/domain/a.ts', "import { b } from '../data/b.ts';")).toHaveLength(1);
  expect(violations('widgets/a/a.ts', "import '../../server/cli.ts';")).toHaveLength(1);
  expect(violations('schema/a.ts', "import { b } from '../server/data/b.ts';")).toHaveLength(1);
  expect(violations('schema/a.ts', "import type { B } from '../server/data/b.ts';")).toHaveLength(0);
  expect(violations('server/data/a.ts', "import { b } from '../models/b.ts';")).toHaveLength(1);
  expect(violations('server/data/a.ts', "import type { B } from '../models/b.ts';")).toHaveLength(0);
});

it('imports only what its folder may', () =>
  expect(sources.flatMap((file) => violations(file, read(file)))).toEqual([]));

it('keeps SQL in server/data', () => {
  const withSql = sources.filter((file) => SQL.test(read(file)));
  expect(withSql.length).toBeGreaterThan(10);
  expect(withSql.filter((file) => !file.startsWith('server/data/') && !file.startsWith('prisma/'))).toEqual([]);
});

it('keeps files at 250 lines or fewer', () =>
  expect(sources.filter((file) => read(file).trimEnd().split('\n').length > 250)).toEqual([]));
