import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

import { IMPORT_FORMATS } from '../server/import-formats.ts';

it.each(Object.entries(IMPORT_FORMATS))('%s is in the list of sources on its page', (name, { title }) => {
  const rows = readFileSync('docs/import.md', 'utf8').split('\n');
  const row = rows.find((line) => line.startsWith('| ') && line.includes(`\`${name}\``));
  expect(row?.toLowerCase().replace(/[[\]]|\(.*?\)/g, '')).toContain(title.toLowerCase());
});

it.each(['orders', 'products', 'events'])('%s.csv on the page is recognised by its header', (name) => {
  const page = readFileSync('docs/import.md', 'utf8');
  const [, header] = new RegExp(`^\`{3}csv ${name}\\.csv\\n(.*)$`, 'm').exec(page)!;
  const certainties = Object.entries(IMPORT_FORMATS).map(([each, { recognise }]) => {
    return { each, certainty: recognise(header!.split(',')) };
  });
  expect(certainties.toSorted((a, b) => b.certainty - a.certainty)[0]?.each).toBe(name);
});
