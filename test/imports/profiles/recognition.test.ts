import { describe, expect, it } from 'vitest';

import { formatsNamed } from '../../../server/import-formats.ts';
import type { Mapping } from '../../../server/imports/formats/columns.ts';
import type { RowChoices } from '../../../server/imports/formats/format.ts';
import { openTable } from '../../../server/imports/reading/open-table.ts';
import { recognise } from '../../../server/imports/recognise.ts';
import { testFile } from '../../support/files.ts';
import { HEADERS } from './headers.ts';

const sourceOf = async (header: string, choices?: RowChoices) =>
  recognise(await openTable(testFile(`${header}\n`)), formatsNamed(), choices).name;

it.each(Object.entries(HEADERS))('recognises %s by its header', async (source, header) => {
  expect(await sourceOf(header)).toBe(source);
});

it.each(Object.entries(HEADERS))('recognises %s with its columns in another order and case', async (source, header) => {
  expect(await sourceOf(header.split(',').toReversed().join(';').toUpperCase())).toBe(source);
});

it('refuses a header of no source by name', async () => {
  await expect(sourceOf('colour,shape,weight')).rejects.toMatchObject({ code: 'UNKNOWN_COLUMNS' });
});

const GERMAN = 'Kunde;Nummer;Am;Artikel;Was;Geld;Aktion';

describe('a header of no source, of which columns are mapped', () => {
  it.each([
    ['orders', { customer: 'Kunde', order: 'Nummer', 'placed at': 'Am' }],
    ['events', { customer: 'Kunde', product: 'Artikel', kind: 'Was', at: 'Am' }],
    ['products', { product: 'Artikel', price: 'Geld' }],
    ['campaign', { customer: 'Kunde', campaign: 'Aktion', 'sent at': 'Am' }],
    ['rates', { day: 'Am', currency: 'Was', rate: 'Geld' }],
  ])('is that of %s', async (source, mapping) => {
    expect(await sourceOf(GERMAN, { mapping })).toBe(source);
  });

  it('is that of a campaign also where the name is given for all rows', async () => {
    expect(await sourceOf(GERMAN, { campaign: 'June', mapping: { customer: 'Kunde', 'sent at': 'Am' } })).toBe(
      'campaign',
    );
  });

  it.each([
    ['a header that is not there', { customer: 'Kunden' }, 'UNKNOWN_COLUMN', '"Kunde"'],
    ['a column that no kind of file has', { custmer: 'Kunde' }, 'BAD_COLUMN', '"customer"'],
    ['columns of several kinds', { order: 'Nummer', campaign: 'Aktion' }, 'BAD_COLUMN', 'order, campaign'],
  ])('is refused for %s', async (_, mapping, code, near) => {
    const message = expect.stringContaining(near);
    await expect(sourceOf(GERMAN, { mapping: mapping as Mapping })).rejects.toMatchObject({ code, message });
  });

  it('is refused for a column that the only kind it may be lacks', () => {
    const table = { path: 'x.csv', first: GERMAN.split(';') };
    const refused = () => recognise(table, formatsNamed('products'), { mapping: { customer: 'Kunde' } });
    expect(refused).toThrow(expect.objectContaining({ code: 'BAD_COLUMN' }));
  });
});
