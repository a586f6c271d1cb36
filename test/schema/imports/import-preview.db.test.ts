import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import type { Database } from '../../../server/store/database.ts';
import { freshDatabase } from '../../support/database.ts';
import { createStore, type Store } from '../../support/store.ts';
import { testSurface } from '../../support/surface.ts';
import { testUploads } from '../../support/uploads.ts';

interface Preview {
  readonly header: string[];
  readonly rows: string[][];
  readonly columns: { name: string; header: string | null; isRequired: boolean }[];
  readonly refusal: { code: string; field: string[]; values: string[]; message: string } | null;
  readonly [field: string]: unknown;
}

const PREVIEW = `query($upload: ID!, $choices: ImportChoicesInput) { importPreview(upload: $upload, choices: $choices) {
  fileName header rows source sourceTitle holds currency ignored
  layout { kind encoding delimiter isCompressed sheet otherSheets }
  columns { name header isRequired } readings { column reading evidence }
  refusal { code message field values }
} }`;

let db: Database;
let store: Store;
let key: string;
let surface: ReturnType<typeof testSurface>;
beforeAll(async () => {
  db = await freshDatabase();
});
afterAll(() => db.close());
beforeEach(async () => {
  store = await createStore(db);
  key = await store.key(['imports:write']);
  const { uploads, end } = await testUploads();
  surface = testSurface(db, { uploads });
  return end;
});

async function send(file: BodyInit, name = 'shop.csv'): Promise<string> {
  const init = { method: 'POST', headers: { 'x-api-key': key }, body: file };
  const response = await surface.fetch(`/uploads?name=${encodeURIComponent(name)}`, init);
  expect(response.status).toBe(201);
  return (await response.json()).upload;
}

const ask = (upload: string, choices?: object, query = PREVIEW) =>
  surface.ask<{ importPreview: Preview }>(key, query, { upload, choices });

async function preview(file: BodyInit, choices?: object): Promise<Preview> {
  const { data, errors } = await ask(await send(file), choices);
  expect(errors).toBeUndefined();
  return data.importPreview;
}

const HEADER = 'customer,order,placed at,product,quantity,unit price,currency\n';

describe('importPreview', () => {
  it('shows what a file is taken for', async () => {
    const rows = [1, 2, 3, 4, 5, 6].map((n) => `ann,${n},2026-01-0${n},tea,1,4.50,EUR\n`).join('');
    const shown = await preview(gzipSync(HEADER + rows));
    expect(shown).toMatchObject({
      fileName: 'shop.csv',
      header: ['customer', 'order', 'placed at', 'product', 'quantity', 'unit price', 'currency'],
      source: 'orders',
      holds: 'ORDERS',
      currency: 'EUR',
      ignored: [],
      refusal: null,
      layout: { kind: 'CSV', delimiter: ',', isCompressed: true, sheet: null, otherSheets: [] },
    });
    expect(shown.rows).toHaveLength(5);
    expect(shown.rows[0]).toEqual(['ann', '1', '2026-01-01', 'tea', '1', '4.50', 'EUR']);
    expect(shown.columns).toContainEqual({ name: 'order', header: 'order', isRequired: true });
    expect(shown.columns).toContainEqual({ name: 'discount', header: null, isRequired: false });
    expect(shown.readings).toContainEqual({ column: 'unit price', reading: 'decimal point', evidence: '4.50' });
  });

  const order = (cells: string) => `${HEADER}${cells}\n`;

  it.each([
    ['UNKNOWN_COLUMNS', 'Kunde;Bestellung;Datum;Summe\nann;1;2026-01-02;4,50\n', ['file'], []],
    ['AMBIGUOUS_DATES', order('ann,1,02/03/2026,tea,1,4.50,EUR'), ['placed at'], ['02/03/2026']],
    ['NO_AMOUNTS', 'customer,order,placed at\nann,1,2026-01-02\n', ['amounts'], []],
    ['MISSING_COLUMN', 'order,customer,unit price,product\n1,ann,2,tea\n', ['placed at'], []],
    [
      'UNKNOWN_STATES',
      'customer,order,placed at,total,status\nann,1,2026-01-02,4.50,ready\nbob,2,2026-01-03,1.00,parked\n',
      ['state'],
      ['ready', 'parked'],
    ],
    [
      'MIXED_CURRENCIES',
      `${order('ann,1,2026-01-02,tea,1,4.50,EUR')}bob,2,2026-01-02,tea,1,4.50,USD\n`,
      ['currency'],
      ['EUR', 'USD'],
    ],
  ])('answers header, rows and columns of a file that is refused as %s', async (code, file, field, values) => {
    const choices = code === 'MISSING_COLUMN' ? { format: 'orders' } : {};
    const shown = await preview(file, choices);
    expect(shown.refusal).toMatchObject({ code, field, values });
    const [header, ...rows] = file
      .trim()
      .split('\n')
      .map((line) => line.split(/[,;](?!5)/));
    expect(shown.header).toEqual(header);
    expect(shown.rows).toEqual(rows);
    expect(shown.columns.filter(({ isRequired }) => isRequired).map(({ name }) => name)).toEqual([
      'customer',
      'order',
      'placed at',
    ]);
    expect(shown.columns.find(({ name }) => name === 'customer')?.header).toBe(
      code === 'UNKNOWN_COLUMNS' ? null : 'customer',
    );
    expect(shown.source).toBe(code === 'UNKNOWN_COLUMNS' ? null : 'orders');
    expect(shown).toMatchObject({ currency: null, layout: { kind: 'CSV' } });
  });

  it('reads a file of an unknown source once its kind and columns are chosen', async () => {
    const file = 'Kunde;Bestellung;Tag;Summe;Status\nann;1;02.03.2026;1.234,50;fertig\nbob;2;03.03.2026;10,00;weg\n';
    const upload = await send(file);
    const map = Object.entries({
      customer: 'Kunde',
      order: 'Bestellung',
      'placed at': 'Tag',
      'order total': 'Summe',
      state: 'Status',
    });
    const choices = {
      format: 'orders',
      decimal: 'COMMA',
      dateFormat: 'dd.MM.yyyy',
      timeZone: 'Europe/Berlin',
      amounts: 'ORDER',
      currency: 'EUR',
      map: map.map(([column, header]) => ({ column, header })),
      states: [
        { state: 'fertig', meaning: 'PAID' },
        { state: 'weg', meaning: 'CANCELLED' },
      ],
    };
    const query = `query($upload: ID!, $choices: ImportChoicesInput) { importPreview(upload: $upload, choices: $choices) {
      refusal { code message }
      report { rows accepted customers orders net { amount currency } excluded { state count } anonymousOrders }
    } }`;
    expect((await ask(upload, choices, query)).data.importPreview).toEqual({
      refusal: null,
      report: {
        rows: 2,
        accepted: 1,
        customers: 1,
        orders: 1,
        net: { amount: '1234.50', currency: 'EUR' },
        excluded: [{ state: 'CANCELLED', count: 1 }],
        anonymousOrders: 0,
      },
    });
    expect(await db.prisma.importJob.count({ where: { workspaceId: store.workspaceId } })).toBe(0);
  });

  it('maps columns of other kinds of file, too', async () => {
    const shown = await preview('Artikel,Preis\ntea,4.50\n', {
      format: 'products',
      map: [
        { column: 'product', header: 'Artikel' },
        { column: 'price', header: 'Preis' },
      ],
    });
    expect(shown).toMatchObject({ holds: 'PRODUCTS', refusal: null, ignored: [] });
  });

  it.each([
    ['nothing', '', 'EMPTY_FILE'],
    ['a picture', new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0, 1, 2, 3]), null],
    ['a page', '<!doctype html><p>Sign in', 'WRONG_FORMAT'],
    ['40 MB of one letter', gzipSync('x'.repeat(40_000_000)), 'TOO_LONG_LINE'],
    ['half a gzip', gzipSync(HEADER.repeat(1000)).subarray(0, 60), 'DAMAGED_GZIP'],
  ])('refuses %s by name, and shows no table', async (_, file, code) => {
    const shown = await preview(file);
    expect(shown).toMatchObject({ header: [], rows: [], source: null, layout: null });
    expect(shown.refusal?.code).toEqual(code ?? expect.any(String));
    expect(shown.refusal?.message).toContain('shop.csv');
  });

  it.each([
    ['a column that there is not', { map: [{ column: '__proto__', header: 'order' }] }, 'BAD_COLUMN'],
    ['a header that the file does not have', { map: [{ column: 'product', header: 'sku' }] }, 'UNKNOWN_COLUMN'],
    ['a zone that there is not', { timeZone: 'Mars/Base' }, 'UNKNOWN_TIME_ZONE'],
    ['an empty pattern', { dateFormat: '' }, 'BAD_DATE_FORMAT'],
    ['no currency', { currency: 'euro' }, 'BAD_CURRENCY'],
  ])('refuses %s', async (_, choices, code) => {
    const shown = await preview(order('ann,1,2026-01-02,tea,1,4.50,EUR'), choices);
    expect(shown.refusal?.code).toBe(code);
    expect(shown.header).toHaveLength(7);
  });

  it.each([
    ['a kind that there is not', { format: 'shop' }, 'BAD_FORMAT'],
    ['a column chosen twice', { map: ['a', 'b'].map((header) => ({ column: 'order', header })) }, 'BAD_CHOICE'],
    ['a text with U+0000', { sheet: 'a\0' }, 'BAD_INPUT'],
    ['a text that is too long', { states: [{ state: 'x'.repeat(501), meaning: 'PAID' }] }, 'BAD_INPUT'],
  ])('is an error for %s', async (_, choices, code) => {
    const { errors } = await ask(await send(HEADER), choices);
    expect(errors?.[0]?.extensions.code).toBe(code);
  });

  it('knows no upload of another workspace, and no garbage', async () => {
    const upload = await send(HEADER);
    const { key: other } = { key: await (await createStore(db)).key() };
    for (const [asking, id] of [
      [other, upload],
      [key, 'x'],
      [key, '__proto__'],
      [key, ''],
    ] as const) {
      const { errors } = await surface.ask(asking, PREVIEW, { upload: id });
      expect(errors?.[0]?.extensions).toMatchObject({ code: 'UNKNOWN_UPLOAD', field: ['upload'] });
    }
  });

  it('costs too much to be asked for twice at once', async () => {
    const fields = ['a', 'b'].map((alias) => `${alias}: importPreview(upload: "x") { header }`);
    const { errors } = await surface.ask(key, `{ ${fields.join(' ')} }`);
    expect(errors?.[0]?.extensions.code).toBe('MAX_COST_EXCEEDED');
  });

  it('shows no more of a wide file than people can look at', async () => {
    const wide = Array.from({ length: 2000 }, (_, n) => `h${n}`).join(',');
    const shown = await preview(`${wide}\n${wide}\n${'x'.repeat(1000)}\n`);
    expect([shown.header, shown.ignored, shown.rows[0]].map((cells) => (cells as string[]).length)).toEqual([
      500, 500, 500,
    ]);
    expect(shown.rows[1]?.[0]).toHaveLength(500);
  });
});
