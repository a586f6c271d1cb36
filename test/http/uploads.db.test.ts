import { readdirSync, statSync } from 'node:fs';
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest';

import type { Uploads } from '../../server/http/uploads.ts';
import type { Database } from '../../server/store/database.ts';
import { freshDatabase } from '../support/database.ts';
import { createStore, type Store } from '../support/store.ts';
import { testSurface } from '../support/surface.ts';
import { testUploads } from '../support/uploads.ts';

const FILE = 'customer,order,placed at,unit price\nann,1,2026-01-02,4.50\n';

let db: Database;
let store: Store;
beforeAll(async () => {
  db = await freshDatabase();
});
afterAll(() => db.close());
beforeEach(async () => {
  store = await createStore(db);
});

/** A surface with uploads of its own. */
async function surfaceWith(limits?: Parameters<typeof testUploads>[0]) {
  const { uploads, folder, end } = await testUploads(limits);
  onTestFinished(end);
  const surface = testSurface(db, { uploads });
  return {
    ...surface,
    uploads,
    files: () => readdirSync(folder),
    folder,
    send: async (key: string, body: BodyInit = FILE, query = 'name=shop.csv') => {
      const response = await surface.fetch(`/uploads?${query}`, {
        method: 'POST',
        headers: { 'x-api-key': key },
        body,
      });
      const answer = await response.json();
      return { status: response.status, code: answer.errors?.[0].extensions.code, ...answer };
    },
    isKnown: async (key: string, upload: string) => {
      const { errors } = await surface.ask(key, `{ importPreview(upload: "${upload}") { header } }`);
      return errors?.[0]?.extensions.code !== 'UNKNOWN_UPLOAD';
    },
  };
}

describe('POST /uploads', () => {
  it('keeps a file for an hour, for its owner alone', async () => {
    const { send, files, folder } = await surfaceWith();
    const before = Date.now();
    const answer = await send(await store.key(['imports:write']));
    expect(answer).toMatchObject({ status: 201, upload: expect.any(String), name: 'shop.csv', bytes: FILE.length });
    const hour = Date.parse(answer.expiresAt) - before - 3_600_000;
    expect(hour).toBeGreaterThanOrEqual(0);
    expect(hour).toBeLessThan(60_000);
    expect(files().map((name) => statSync(join(folder, name)).mode & 0o777)).toEqual([0o600]);
  });

  it('refuses a key without imports:write, and parameters that it does not know', async () => {
    const { send, files } = await surfaceWith();
    expect(await send(await store.key(['imports:read']))).toMatchObject({ status: 403, code: 'FORBIDDEN' });
    const key = await store.key();
    for (const query of ['format=orders', 'name=', 'name=a&name=b', 'name=a%00b', `name=${'x'.repeat(501)}`])
      expect(await send(key, FILE, query)).toMatchObject({ status: 400, code: 'BAD_PARAMETER' });
    expect(() => files()).toThrow(/ENOENT/);
  });

  it('refuses a file over the limit and leaves nothing of it', async () => {
    const { send, files } = await surfaceWith({ byteLimit: 10 });
    expect(await send(await store.key())).toMatchObject({ status: 413, code: 'FILE_TOO_LARGE' });
    expect(files()).toEqual([]);
  });

  it('takes four files at a time and no more', async () => {
    const { surface, send, files } = await surfaceWith();
    const key = await store.key();
    const ends: (() => void)[] = [];
    const open = () =>
      new ReadableStream({
        start: (controller) => {
          controller.enqueue(Buffer.from(FILE));
          ends.push(() => controller.close());
        },
      });
    const slow = Array.from({ length: 4 }, async () => {
      const init = { method: 'POST', headers: { 'x-api-key': key }, body: open(), duplex: 'half' };
      return (await surface.fetch(new URL('http://api.test/uploads'), init as RequestInit)).status;
    });
    await expect.poll(() => files().length).toBe(4);
    for (let n = 0; n < 6; n++) expect(await send(key)).toMatchObject({ status: 429, code: 'TOO_MANY_IMPORTS' });
    for (const end of ends) end();
    expect(await Promise.all(slow)).toEqual([201, 201, 201, 201]);
    expect(await send(key)).toMatchObject({ status: 201 });
  });

  it('keeps the five newest files of a workspace, whatever others send', async () => {
    const { send, files, isKnown } = await surfaceWith();
    const [key, other] = [await store.key(), await (await createStore(db)).key()];
    const theirs = await send(other);
    const uploads: string[] = [];
    for (let n = 0; n < 7; n++) uploads.push((await send(key)).upload);
    expect(await Promise.all(uploads.slice(0, 3).map((upload) => isKnown(key, upload)))).toEqual([false, false, true]);
    expect(await isKnown(other, theirs.upload)).toBe(true);
    await expect.poll(files).toHaveLength(6);
  });

  it('keeps no more bytes of a workspace than one file may have', async () => {
    const { send, files, isKnown } = await surfaceWith({ byteLimit: 2 * FILE.length });
    const key = await store.key();
    const [first] = [await send(key), await send(key), await send(key)];
    expect(await isKnown(key, first!.upload)).toBe(false);
    await expect.poll(files).toHaveLength(2);
  });

  it('forgets a file when its time is over', async () => {
    const { send, files, isKnown } = await surfaceWith({ keepMs: 20 });
    const key = await store.key();
    const { upload } = await send(key);
    await expect.poll(files).toEqual([]);
    expect(await isKnown(key, upload)).toBe(false);
  });

  it('leaves no file behind when the server stops', async () => {
    const { send, files, uploads } = await surfaceWith();
    await send(await store.key());
    await uploads.close(10_000);
    expect(files()).toEqual([]);
  });
});

describe.each(['/uploads', '/imports'])('a connection to %s', (path) => {
  let files: () => string[];
  let uploads: Uploads;
  let address: AddressInfo;
  beforeEach(async () => {
    const made = await testUploads({ idleMs: 100 });
    uploads = made.uploads;
    files = () => readdirSync(made.folder);
    const server = createServer(testSurface(db, { uploads }).surface).listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    address = server.address() as AddressInfo;
    return async () => {
      await new Promise((resolve) => server.close(resolve));
      await made.end();
    };
  });

  const send = async () => {
    const headers = { 'x-api-key': await store.key(), 'transfer-encoding': 'chunked' };
    return request({ host: '127.0.0.1', port: address.port, path, method: 'POST', headers });
  };

  it('that stalls is given up, with an answer', async () => {
    const sent = await send();
    const answered = new Promise<[number | undefined, string]>((resolve, reject) => {
      sent.on('error', reject).on('response', async (response) => {
        const chunks = await response.setEncoding('utf8').toArray();
        resolve([response.statusCode, JSON.parse(chunks.join('')).errors[0].extensions.code]);
      });
    });
    sent.write(FILE);
    expect(await answered).toEqual([408, 'UPLOAD_STALLED']);
    expect(files()).toEqual([]);
    sent.destroy();
  });

  it('that is slow and steady is not', async () => {
    const sent = await send();
    const answered = new Promise((resolve) => sent.on('response', (response) => resolve(response.resume().statusCode)));
    for (const line of FILE.split(/(?<=\n)/)) {
      sent.write(line);
      await new Promise((resolve) => setTimeout(resolve, 70));
    }
    sent.end();
    expect(await answered).toBe(path === '/uploads' ? 201 : 202);
  });

  it('that breaks off leaves nothing', async () => {
    const sent = await send();
    sent.on('error', () => {});
    sent.write(FILE);
    await expect.poll(files).toHaveLength(1);
    sent.destroy();
    await expect.poll(files).toEqual([]);
  });
});

it('stops reading a file for a preview when its client leaves', async () => {
  const { uploads, end } = await testUploads({ byteLimit: 10_000_000 });
  onTestFinished(end);
  const rows = Array.from({ length: 100_000 }, (_, n) => `ann,${n},2026-01-02,4.50\n`);
  const sent = new Request('http://api.test', { method: 'POST', body: FILE + rows.join('') });
  const { id } = await uploads.keep(sent, { workspaceId: store.workspaceId, name: 'large.csv' });
  const outcomes: unknown[] = [];
  const watched: Uploads = {
    ...uploads,
    read: async (upload, work) => {
      asked.destroy();
      const result = await uploads.read(upload, work);
      outcomes.push(result);
      return result;
    },
  };
  const { surface, logged } = testSurface(db, { uploads: watched });
  const server = createServer(surface).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  onTestFinished(() => void server.close());
  const { port } = server.address() as AddressInfo;
  const asked = request({
    ...{ host: '127.0.0.1', port, path: '/graphql', method: 'POST' },
    headers: { 'x-api-key': await store.key(), 'content-type': 'application/json' },
  });
  asked.on('error', () => {});
  asked.end(JSON.stringify({ query: `{ importPreview(upload: "${id}") { header report { rows } } }` }));
  await expect.poll(() => outcomes).toMatchObject([{ refusal: { code: 'REQUEST_CUT_OFF' } }]);
  expect(logged).toEqual([]);
});
