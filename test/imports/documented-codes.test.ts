import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

/** Words in capitals that are no codes of imports. */
const OTHER_WORDS = [
  ...['ADDED_TIME', 'CONFIRM_TIME', 'EXT_ID', 'MEMBER_RATING', 'MODIFIED_TIME', 'OPTIN_TIME', 'ADDED_TO_CART'],
  ...['JSON_LINES', 'NO_ORDERS', 'NOT_FOUND', 'WRONG_ROW'],
];

const inFolder = (folder: string) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => `${folder}/${name}`);

const source = [...['server/imports', 'server/campaigns/imports'].flatMap(inFolder), 'server/import-formats.ts']
  .filter((path) => path.endsWith('.ts'))
  .map((path) => readFileSync(path, 'utf8'))
  .join('\n');

const documented = readFileSync('docs/import-codes.md', 'utf8')
  .split('\n')
  .flatMap((line) => /^\| ([A-Z_, ]+) \|/.exec(line)?.[1]?.split(', ') ?? []);

it('every code of an import stands on its page', () => {
  const words = [...source.matchAll(/'([A-Z]+(?:_[A-Z]+)+)'/g)].map(([, word]) => word!);
  const known = new Set([...documented, ...OTHER_WORDS]);
  expect([...new Set(words)].filter((word) => !known.has(word))).toEqual([]);
});

it('every code on the page is one of an import', () => {
  expect(documented.length).toBeGreaterThan(60);
  expect(documented.filter((code) => !source.includes(`'${code}'`))).toEqual([]);
});
