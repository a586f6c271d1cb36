import { expect, it } from 'vitest';

import { formatsNamed } from '../../../server/import-formats.ts';
import { openTable } from '../../../server/imports/reading/open-table.ts';
import { recognise } from '../../../server/imports/recognise.ts';
import { testFile } from '../../support/files.ts';
import { HEADERS } from './headers.ts';

const sourceOf = async (header: string) => recognise(await openTable(testFile(`${header}\n`)), formatsNamed()).name;

it.each(Object.entries(HEADERS))('recognises %s by its header', async (source, header) => {
  expect(await sourceOf(header)).toBe(source);
});

it.each(Object.entries(HEADERS))('recognises %s with its columns in another order and case', async (source, header) => {
  expect(await sourceOf(header.split(',').toReversed().join(';').toUpperCase())).toBe(source);
});

it('refuses a header of no source by name', async () => {
  await expect(sourceOf('colour,shape,weight')).rejects.toMatchObject({ code: 'UNKNOWN_COLUMNS' });
});
