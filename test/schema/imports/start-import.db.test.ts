import { randomUUID } from 'node:crypto';
import { readdirSync } from 'node:fs';
import pg from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';

import type { Uploads } from '../../../server/http/uploads.ts';
import type { Database } from '../../../server/store/database.ts';
import { freshDatabase } from '../../support/database.ts';
import { createStore, type Store } from '../../support/store.ts';
import { testSurface } from '../../support/surface.ts';
import { testUploads } from '../../support/uploads.ts';

const HEADER = 'customer,order,placed at,unit price,currency\n';
const ORDERS = `${HEADER}ann,1,2026-01-02,4.50,EUR\nbob,2,2026-01-03,20.00,EUR\n`;

const START = `mutation($input: StartImportInput!) { startImport(input: $input) {
  ... on StartedImport { job { id fileName source status progress } }
  ... on DomainError { code field }
} }`;

interface Started {
  readonly startImport: {
    readonly job?: { readonly id: string; readonly [field: string]: unknown };
    readonly code?: string;
  };
}

let db: Database;
let store: Store;
let key: string;
let uploads: Uploads;
let folder: string;
let surface: ReturnType<typeof testSurface>;
beforeAll(async () => {
  db = await freshDatabase();
});
afterAll(() => db.close());
beforeEach(async () => {
  store = await createStore(db);
  key = await store.key(['imports:write', 'imports:read']);
  const made = await testUploads({ byteLimit: 5_000_000 });
  ({ uploads, folder } = made);
  surface = testSurface(db, { uploads });
  return made.end;
});

async function send(body: string): Promise<string> {
  const response = await surface.fetch('/uploads?name=shop.csv', {
    method: 'POST',
    headers: { 'x-api-key': key },
    body,
  });
  return (await response.json()).upload;
}

const start = async (upload: string, more: object = {}) =>
  (await surface.ask<Started>(key, START, { input: { upload, ...more } })).data.startImport;

const JOBS = '{ importJobs { nodes { id status progress rows orders net { amount } } } }';
const jobs = async () =>
  (await surface.ask<{ importJobs: { nodes: { status: string; progress: number }[] } }>(key, JOBS)).data.importJobs
    .nodes;

describe('startImport', () => {
  it('imports a file that was sent, and then removes it', async () => {
    const { job } = await start(await send(ORDERS));
    expect(job).toMatchObject({ fileName: 'shop.csv', source: 'orders' });
    await expect
      .poll(jobs)
      .toEqual([{ id: job?.id, status: 'DONE', progress: 1, rows: 2, orders: 2, net: { amount: '24.50' } }]);
    await expect.poll(() => readdirSync(folder)).toEqual([]);
  });

  it('answers the same import however often and when it is called', async () => {
    const upload = await send(ORDERS);
    const [one, two] = await Promise.all([start(upload), start(upload)]);
    await expect.poll(jobs).toMatchObject([{ status: 'DONE' }]);
    const three = await start(upload, { choices: { format: 'events' } });
    expect(new Set([one, two, three].map(({ job }) => job?.id)).size).toBe(1);
    expect(await jobs()).toHaveLength(1);
  });

  it('knows an imported file no longer in a preview', async () => {
    const upload = await send(ORDERS);
    await start(upload);
    await expect.poll(() => readdirSync(folder)).toEqual([]);
    const { errors } = await surface.ask(key, `{ importPreview(upload: "${upload}") { header } }`);
    expect(errors?.[0]?.extensions.code).toBe('UNKNOWN_UPLOAD');
  });

  it('keeps a file that is refused, so that other choices can be tried', async () => {
    const upload = await send(ORDERS.replaceAll('unit price', 'Preis'));
    expect(await start(upload)).toEqual({ code: 'NO_AMOUNTS', field: ['amounts'] });
    const choices = { map: [{ column: 'unit price', header: 'Preis' }] };
    expect((await start(upload, { choices })).job).toMatchObject({ source: 'orders' });
    await expect.poll(jobs).toMatchObject([{ status: 'DONE', net: { amount: '24.50' } }]);
  });

  it('notes with each batch how far it is', async () => {
    const notes = vi.spyOn(pg.Client.prototype, 'query');
    onTestFinished(() => notes.mockRestore());
    const rows = Array.from({ length: 15_000 }, (_, n) => {
      const customer = String(n % 100).padEnd(150, 'x');
      return `${customer},${n % 2_000},2026-01-02,4.50,EUR\n`;
    });
    await start(await send(HEADER + rows.join('')));
    await expect.poll(jobs, { timeout: 50_000 }).toMatchObject([{ status: 'DONE', progress: 1 }]);
    const shares = (notes.mock.calls as unknown[][]).flatMap(([text, values]) =>
      String(text).startsWith('update import_job set rows') ? [(values as number[])[4]!] : [],
    );
    expect(shares).toEqual(shares.toSorted((a, b) => a - b));
    // Reading is half of it.
    expect(shares[0]).toBeGreaterThan(0.2);
    expect(shares[0]).toBeLessThan(0.5);
    expect(shares).toContain(0.5);
    expect(shares.at(-1)).toBe(1);
  });

  it('is refused for an upload of another workspace, and for one that never was', async () => {
    const upload = await send(ORDERS);
    const other = await (await createStore(db)).key();
    const refused = { startImport: { code: 'UNKNOWN_UPLOAD', field: ['upload'] } };
    expect((await surface.ask(other, START, { input: { upload } })).data).toEqual(refused);
    expect((await surface.ask(key, START, { input: { upload: randomUUID() } })).data).toEqual(refused);
    expect(await jobs()).toEqual([]);
  });

  it('starts for a key that may not read imports, and shows it no job', async () => {
    const writer = await store.key(['imports:write']);
    const { data, errors } = await surface.ask(writer, START, { input: { upload: await send(ORDERS) } });
    expect(data).toEqual({ startImport: { job: null } });
    expect(errors?.map(({ extensions }) => extensions)).toEqual([{ code: 'FORBIDDEN', scopes: ['imports:read'] }]);
    await expect.poll(jobs).toMatchObject([{ status: 'DONE' }]);
  });

  it('saves choices under a name, which then read a file with the same header', async () => {
    const file = ORDERS.replaceAll('unit price', 'Preis');
    const map = [
      { column: 'email', header: null },
      { column: 'unit price', header: 'Preis' },
    ];
    const states = [{ state: 'On its way', meaning: 'PENDING' }];
    const choices = { map, states, decimal: 'POINT', dateOrder: 'DAY_FIRST', amounts: 'LINE', currency: 'EUR' };
    await start(await send(file), { choices, saveProfileAs: 'shop' });
    await expect.poll(jobs).toMatchObject([{ status: 'DONE' }]);
    const profiles = () =>
      surface.ask(
        key,
        `{ importProfiles { name source choices {
          map { column header } states { state meaning } decimal dateOrder dateFormat timeZone amounts currency sheet } } }`,
      );
    const saved = { ...choices, dateFormat: null, timeZone: null, sheet: null };
    expect((await profiles()).data).toEqual({ importProfiles: [{ name: 'shop', source: 'orders', choices: saved }] });

    const upload = await send(file);
    const seen = await surface.ask(
      key,
      `{ importPreview(upload: "${upload}") { profile refusal { code } report { net { amount } } } }`,
    );
    expect(seen.data).toEqual({
      importPreview: { profile: 'shop', refusal: null, report: { net: { amount: '24.50' } } },
    });
    expect((await start(upload, { choices: { profile: 'sohp' } })).code).toBe('UNKNOWN_PROFILE');

    const remove = `mutation { deleteImportProfile(input: { name: "shop" }) {
      ... on DeletedImportProfile { name } ... on DomainError { code } } }`;
    expect((await surface.ask(key, remove)).data).toEqual({ deleteImportProfile: { name: 'shop' } });
    expect((await surface.ask(key, remove)).data).toEqual({ deleteImportProfile: { code: 'UNKNOWN_PROFILE' } });
    expect((await profiles()).data).toEqual({ importProfiles: [] });
  });
});
