import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import { openUploads, type Uploads } from '../../server/http/uploads.ts';
import type { Database } from '../../server/store/database.ts';
import { freshDatabase } from '../support/database.ts';
import { createStore, type Store } from '../support/store.ts';
import { testSurface } from '../support/surface.ts';

const HEADER = 'customer,order,placed at,product,quantity,unit price,currency\n';
const ORDERS = `${HEADER}ann,1,2026-01-02,tea,2,4.50,EUR\nbob,2,2026-01-03,pot,1,20.00,EUR\n`;
const BYTE_LIMIT = 100_000;

let db: Database;
let store: Store;
let folder: string;
let uploads: Uploads;
beforeAll(async () => {
  db = await freshDatabase();
});
afterAll(() => db.close());
beforeEach(async () => {
  store = await createStore(db);
  folder = join(mkdtempSync(join(tmpdir(), 'perennial-test-')), 'uploads');
  uploads = await openUploads({ folder, byteLimit: BYTE_LIMIT });
});
afterEach(async () => {
  await uploads.close(10_000);
  rmSync(join(folder, '..'), { recursive: true });
});

const surface = () => testSurface(db, { uploads });

async function post(key: string, query: string, body: BodyInit) {
  const { fetch } = surface();
  const headers = { 'x-api-key': key, 'content-type': 'text/csv' };
  const init = { method: 'POST', headers, body, duplex: 'half' };
  const response = await fetch(`/imports?${query}`, init as RequestInit);
  return { status: response.status, body: await response.json() };
}

const codeOf = ({ status, body }: Awaited<ReturnType<typeof post>>) => [status, body.errors?.[0].extensions.code];

const jobsOf = ({ workspaceId }: Store) => db.prisma.importJob.findMany({ where: { workspaceId } });

function inChunks(text: string, size: number): ReadableStream<Uint8Array> {
  const bytes = new TextEncoder().encode(text);
  let at = 0;
  return new ReadableStream({
    pull: (controller) => {
      if (at >= bytes.length) return controller.close();
      controller.enqueue(bytes.subarray(at, at + size));
      at += size;
    },
  });
}

const files = () => readdirSync(folder);

describe('POST /imports', () => {
  it('answers with what the file was taken for, and stores it behind the answer', async () => {
    const { status, body } = await post(
      await store.key(['imports:write']),
      'name=shop.csv',
      inChunks(`Orders of May\n${ORDERS}`, 7),
    );
    expect(status).toBe(202);
    expect(body).toMatchObject({ source: 'orders', currency: 'EUR', ignored: [], warnings: [{ code: 'TITLE_ROWS' }] });
    expect(body.columns).toContainEqual({ column: 'customer', header: 'customer' });
    await uploads.close(10_000);
    const [job, ...others] = await jobsOf(store);
    expect(others).toEqual([]);
    expect(job).toMatchObject({ id: body.job, fileName: 'shop.csv', status: 'DONE', rows: 2, accepted: 2, orders: 2 });
    expect(job?.net.toFixed(2)).toBe('29.00');
    expect(files()).toEqual([]);
  });

  it('keeps the file to itself while it reads it', async () => {
    let mode: number[] = [];
    const { receive } = uploads;
    uploads = {
      ...uploads,
      receive: (sent, work) =>
        receive(sent, async (path, stop) => {
          mode = [statSync(folder).mode & 0o777, statSync(path).mode & 0o777];
          return work(path, stop);
        }),
    };
    await post(await store.key(), '', ORDERS);
    expect(mode).toEqual([0o700, 0o600]);
  });

  it('takes the choices that the command takes', async () => {
    const file = 'Who;Nr.;Day;Sum;Status\nann;1;02.03.2026;1.234,50;ok\nbob;2;03.03.2026;10,00;gone\n';
    const query = new URLSearchParams([
      ['format', 'orders'],
      ['map', 'customer=Who'],
      ['map', 'order=Nr.'],
      ['map', 'placed at=Day'],
      ['map', 'order total=Sum'],
      ['map', 'state=Status'],
      ['state', 'ok=paid'],
      ['state', 'gone=cancelled'],
      ['decimal', ','],
      ['date-format', 'dd.MM.yyyy'],
      ['currency', 'eur'],
      ['amounts', 'order'],
      ['dry-run', 'true'],
    ]);
    const { status, body } = await post(await store.key(), String(query), file);
    expect(status).toBe(200);
    expect(body).toMatchObject({ job: null, currency: 'EUR', orders: 1, net: 1234.5, excluded: { CANCELLED: 1 } });
    expect(await jobsOf(store)).toEqual([]);
    expect(files()).toEqual([]);
  });

  it('takes what a file of one campaign does not show', async () => {
    const file = 'Email Address,Opens\nann@example.com,3\n';
    const query = 'campaign=May&kind=win-back&sent-at=2026-05-02&dry-run=true';
    const { status, body } = await post(await store.key(), query, file);
    expect(status).toBe(200);
    expect(body).toMatchObject({ source: 'campaign', accepted: 1, customers: 1 });
  });

  it.each([
    ['no known columns', '', 'a,b\n1,2\n', 'UNKNOWN_COLUMNS'],
    ['nothing in it', '', '', 'EMPTY_FILE'],
    ['no amounts', '', 'customer,order,placed at\nann,1,2026-01-02\n', 'NO_AMOUNTS'],
    ['another currency', 'currency=E', ORDERS, 'BAD_CURRENCY'],
    ['several currencies', '', `${ORDERS}cem,3,2026-01-03,pot,1,20.00,USD\n`, 'MIXED_CURRENCIES'],
    ['an unknown parameter', 'formt=orders', ORDERS, 'BAD_PARAMETER'],
    ['an unknown format', 'format=shop', ORDERS, 'BAD_FORMAT'],
    ['an unknown column', 'map=colour%3Dcustomer', ORDERS, 'BAD_COLUMN'],
    ['a column chosen twice', 'map=order%3Da&map=order%3Db', ORDERS, 'BAD_CHOICE'],
    ['a needed column left out', 'format=orders&map=customer%3D', ORDERS, 'MISSING_COLUMN'],
    ['a time that is none', 'sent-at=soon', ORDERS, 'BAD_PARAMETER'],
    [
      'a campaign of no kind',
      'campaign=May&sent-at=2026-05-02',
      'Email Address,Opens\na@example.com,3\n',
      'MISSING_KIND',
    ],
    ['an unknown meaning of a state', 'state=ok%3Dfine', ORDERS, 'BAD_PARAMETER'],
    ['a parameter twice', 'sheet=a&sheet=b', ORDERS, 'BAD_PARAMETER'],
  ])('refuses a file with %s and stores nothing', async (_, query, file, code) => {
    const answer = await post(await store.key(), query, file);
    expect(codeOf(answer)).toEqual([400, code]);
    expect(JSON.stringify(answer.body)).not.toContain(folder);
    expect(await jobsOf(store)).toEqual([]);
    if (!code.startsWith('BAD_')) expect(files()).toEqual([]);
  });

  it('needs imports:write, and shows the import to its own workspace alone', async () => {
    expect(codeOf(await post(await store.key(['imports:read']), '', ORDERS))).toEqual([403, 'FORBIDDEN']);
    await post(await store.key(['imports:write']), '', ORDERS);
    const seen = async (key: string) =>
      (await surface().ask<{ importJobs: { nodes: object[] } }>(key, '{ importJobs { nodes { fileName } } }')).data
        .importJobs.nodes;
    expect(await seen(await store.key(['imports:read']))).toEqual([{ fileName: 'upload' }]);
    expect(await seen(await (await createStore(db)).key(['imports:read']))).toEqual([]);
  });

  it('refuses a file over the limit, whether or not its size is known', async () => {
    const large = HEADER.padEnd(BYTE_LIMIT + 1, '\n');
    expect(codeOf(await post(await store.key(), '', large))).toEqual([413, 'FILE_TOO_LARGE']);
    expect(codeOf(await post(await store.key(), '', inChunks(large, 1000)))).toEqual([413, 'FILE_TOO_LARGE']);
    expect(readdirSync(join(folder, '..')).flatMap((name) => readdirSync(join(folder, '..', name)))).toEqual([]);
  });

  it('fails an import that is under way when the server stops', async () => {
    uploads = await openUploads({ folder, byteLimit: 10 * BYTE_LIMIT });
    const rows = Array.from({ length: 20_000 }, (_, i) => `ann,${i},2026-01-02,tea,1,4.50,EUR\n`);
    const { status } = await post(await store.key(), '', HEADER + rows.join(''));
    await uploads.close(0);
    expect(status).toBe(202);
    await expect
      .poll(() => jobsOf(store))
      .toMatchObject([{ status: 'FAILED', reason: expect.stringMatching(/again/) }]);
    await expect.poll(files).toEqual([]);
  });

  it('removes what a server that was killed left behind, and nothing else', async () => {
    mkdirSync(folder);
    const uuid = '00000000-0000-4000-8000-000000000001';
    const other = `${process.ppid}-${uuid}`;
    for (const name of [`${process.pid}-${uuid}`, `4194305-${uuid}`, other, 'notes.txt']) {
      writeFileSync(join(folder, name), '');
    }
    await openUploads({ folder, byteLimit: BYTE_LIMIT });
    expect(files().sort()).toEqual([other, 'notes.txt'].sort());
  });
});

describe('a server that listens', () => {
  let address: AddressInfo;
  let logged: object[];
  beforeEach(async () => {
    const made = surface();
    logged = made.logged;
    const server = createServer(made.surface).listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    address = server.address() as AddressInfo;
    return () => new Promise((resolve) => server.close(resolve));
  });

  const send = async () => {
    const headers = { 'x-api-key': await store.key(), 'transfer-encoding': 'chunked' };
    return request({ host: '127.0.0.1', port: address.port, path: '/imports', method: 'POST', headers });
  };

  it('leaves nothing of an upload that the client breaks off', async () => {
    const sent = await send();
    sent.on('error', () => {});
    sent.write(ORDERS);
    await expect.poll(() => files().map((name) => statSync(join(folder, name)).size)).toEqual([ORDERS.length]);
    sent.destroy();
    await expect.poll(files).toEqual([]);
    expect(await jobsOf(store)).toEqual([]);
    expect(logged).toEqual([]);
  });

  it('answers a file over the limit before it has come to its end', async () => {
    const sent = await send();
    const answered = new Promise<number | undefined>((resolve, reject) => {
      sent.on('response', (response) => resolve(response.resume().statusCode)).on('error', reject);
    });
    sent.write(HEADER.padEnd(BYTE_LIMIT + 1, '\n'));
    expect(await answered).toBe(413);
    sent.destroy();
    expect(files()).toEqual([]);
  });
});
