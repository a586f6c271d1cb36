import { describe, expect, it } from 'vitest';

import {
  amountsOf,
  anonymousOf,
  besideEndpoint,
  choose,
  chooseColumn,
  chooseFormat,
  chooseMeaning,
  contentOf,
  dateFormats,
  fileColumns,
  localTime,
  needsAllColumns,
  otherControls,
  quarters,
  sentShare,
  timeOf,
  urgentControls,
} from '../../widgets/import/import.data.ts';
import { nameOf } from '../../widgets/import/import.terms.ts';
import { ar } from '../../widgets/import/import.terms-ar.ts';
import { de } from '../../widgets/import/import.terms-de.ts';
import { en } from '../../widgets/import/import.terms-en.ts';
import { importFigures, KNOWN, importPreview as preview, refusedFor } from './stub-import.ts';

describe('the columns of a file', () => {
  it('are in the order of the file, each with what it is read as', () => {
    expect(fileColumns(preview(), 'all').map(({ header, column }) => [header, column])).toEqual([
      ['Name', 'order'],
      ['Email', 'email'],
      ['Paid at', 'placed at'],
      ['Total', 'order total'],
      ['Notes', null],
    ]);
    expect(fileColumns(preview(), 'used').map(({ index }) => index)).toEqual([0, 1, 2, 3]);
  });

  it('are told apart where two have the same header: the first one is read', () => {
    const { columns } = preview();
    const twice = preview({ header: ['Name', 'Email', 'Email'], columns });
    expect(fileColumns(twice, 'all').map(({ column }) => column)).toEqual(['order', 'email', null]);
  });

  it('all matter where what is missing may be among those that are not used', () => {
    const needed = ['UNKNOWN_COLUMNS', 'MISSING_COLUMN', 'NO_AMOUNTS'].map((code) => needsAllColumns(refusedFor(code)));
    expect([...needed, needsAllColumns(refusedFor('AMBIGUOUS_DATES')), needsAllColumns(preview())]).toEqual([
      true,
      true,
      true,
      false,
      false,
    ]);
  });
});

describe('a header that is read as another column', () => {
  it('is no longer read as the one before', () => {
    expect(chooseColumn({}, preview(), 'Email', 'customer').map).toEqual([
      { column: 'email', header: null },
      { column: 'customer', header: 'Email' },
    ]);
  });

  it('can be read as none', () => {
    expect(chooseColumn({}, preview(), 'Total', '').map).toEqual([{ column: 'order total', header: null }]);
  });

  it('takes the place of earlier choices of the same header or column', () => {
    const once = chooseColumn({}, preview(), 'Notes', 'channel');
    const { columns } = preview();
    const after = preview({
      columns: columns.map((each) => (each.name === 'channel' ? { ...each, header: 'Notes' } : each)),
    });
    expect(chooseColumn(once, after, 'Notes', 'country').map).toEqual([
      { column: 'channel', header: null },
      { column: 'country', header: 'Notes' },
    ]);
    expect(chooseColumn(once, after, 'Total', 'channel').map).toEqual([
      { column: 'order total', header: null },
      { column: 'channel', header: 'Total' },
    ]);
  });
});

describe('choices', () => {
  it('are left to the file again where nothing is chosen', () => {
    const chosen = choose({ currency: 'EUR' }, 'decimal', 'COMMA');
    expect(chosen).toEqual({ currency: 'EUR', decimal: 'COMMA' });
    expect(choose(chosen, 'decimal', '')).toEqual({ currency: 'EUR' });
  });

  it('of columns are void for another kind of file', () => {
    const chosen = { map: [{ column: 'order', header: 'Nr' }], currency: 'EUR' };
    expect(chooseFormat(chosen, 'products')).toEqual({ format: 'products', currency: 'EUR' });
  });

  it('of states are one for each state', () => {
    const once = chooseMeaning({}, 'ready', 'PAID');
    const twice = chooseMeaning(once, 'on its way', 'PENDING');
    expect(chooseMeaning(twice, 'ready', 'TEST').states).toEqual([
      { state: 'on its way', meaning: 'PENDING' },
      { state: 'ready', meaning: 'TEST' },
    ]);
    expect(chooseMeaning(twice, 'ready', '').states).toEqual([{ state: 'on its way', meaning: 'PENDING' }]);
  });

  it('are each offered once: with what the file is refused for, or out of the way', () => {
    const refused = refusedFor('AMBIGUOUS_AMOUNTS', ['order total']);
    expect(urgentControls(refused)).toEqual(['decimal']);
    expect(otherControls(refused)).toEqual(['format', 'profile', 'dateFormat', 'timeZone', 'currency', 'amounts']);
  });

  it('include the campaign of a file of its recipients, also where only that is missing', () => {
    const recipients = preview({
      holds: 'EXPOSURES',
      columns: [{ name: 'sent at', header: 'Sent', isRequired: false }],
    });
    expect(urgentControls(recipients)).toEqual(['campaign', 'kind']);
    expect(urgentControls(preview({ holds: 'EXPOSURES', columns: [] }))).toEqual(['campaign', 'kind', 'sentAt']);
    expect(urgentControls(refusedFor('MISSING_COLUMN', ['campaign']))).toEqual(['campaign', 'kind']);
    expect(urgentControls(refusedFor('MISSING_COLUMN', ['order']))).toEqual(['format']);
  });

  it('include the sheet of a spreadsheet alone', () => {
    const sheet = preview({ layout: { ...preview().layout!, sheet: 'May', otherSheets: ['June'] } });
    expect([otherControls(sheet).includes('sheet'), otherControls(preview()).includes('sheet')]).toEqual([true, false]);
  });
});

it.each([
  ['03/05/2026 10:00', ['dd/MM/yyyy', 'MM/dd/yyyy']],
  ['3.5.26', ['d.M.yy', 'M.d.yy']],
  ['03-05-2026', ['dd-MM-yyyy', 'MM-dd-yyyy']],
  ['May 3, 2026', ['dd.MM.yyyy', 'dd/MM/yyyy', 'MM/dd/yyyy', 'yyyy-MM-dd']],
])('proposes how a date such as %s may be written', (date, formats) => {
  expect(dateFormats(refusedFor('AMBIGUOUS_DATES', ['placed at'], [date]))).toEqual(formats);
});

it('lays amounts out from sales to net sales, as a shop’s own report does', () => {
  const amounts = amountsOf(importFigures());
  expect(Object.fromEntries(amounts.map(({ name, amount }) => [name, amount]))).toEqual({
    sales: 212.5,
    discounts: -10,
    gross: 202.5,
    refunded: -70,
    net: 132.5,
  });
});

it('has no negative zero where nothing was taken away', () => {
  const figures = importFigures({ discount: { amount: '0.00' }, net: { amount: '202.50' } });
  for (const { amount } of amountsOf(figures)) expect(Object.is(amount, -0)).toBe(false);
});

it('names orders without a customer where there are any, and others with one', () => {
  const amounts = (anonymousOrders: number, customers: number) =>
    anonymousOf(importFigures({ anonymousOrders, customers })).map(({ amount }) => amount);
  expect([amounts(0, 3), amounts(1, 3), amounts(2, 0)]).toEqual([[], [7.5], []]);
});

it('writes a time on the clock of the reader, and reads it back', () => {
  expect(timeOf(localTime('2026-05-03T10:00:00.000Z'))).toBe('2026-05-03T10:00:00.000Z');
  expect([localTime(undefined), timeOf('')]).toEqual(['', '']);
});

it('knows no progress once all is sent', () => {
  expect([sentShare(0, 200), sentShare(50, 200), sentShare(200, 200), sentShare(0, 0)]).toEqual([0, 0.25, null, null]);
  expect([0, 0.24, 0.26, 0.99].map(quarters)).toEqual([0, 0, 0.25, 0.75]);
});

it('knows what a source holds', () => {
  expect(['shopify-orders', 'campaign', 'gone'].map((name) => contentOf(KNOWN, name))).toEqual([
    'ORDERS',
    'EXPOSURES',
    'ORDERS',
  ]);
});

it('finds what stands beside GraphQL, also behind a proxy of the page', () => {
  const page = 'https://shop.example/admin/import';
  const paths = ['/graphql', '/perennial/graphql', 'https://api.example/graphql'].map(
    (endpoint) => besideEndpoint(endpoint, '/uploads', page).href,
  );
  expect(paths).toEqual([
    'https://shop.example/uploads',
    'https://shop.example/perennial/uploads',
    'https://api.example/uploads',
  ]);
});

it.each([
  ['German', de],
  ['Arabic', ar],
])('has all words of its own in %s too', (_, terms) => {
  expect(Object.keys(terms.refusals)).toEqual(Object.keys(en.refusals));
  expect(Object.keys(en.names).filter((name) => !(name in terms.names))).toEqual([]);
});

it('writes a code without a translation in words, and anything else as it is', () => {
  const terms = { names: { BAD_DATE: 'Kein Datum' } };
  expect(['BAD_DATE', 'UNKNOWN_ZONE', 'line total', 'dd.MM.yyyy'].map((name) => nameOf(name, terms))).toEqual([
    'Kein Datum',
    'Unknown zone',
    'line total',
    'dd.MM.yyyy',
  ]);
});
