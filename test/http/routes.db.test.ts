import { randomUUID } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { Database } from '../../server/store/database.ts';
import { createServerSurface } from '../../server/yoga.ts';
import { freshDatabase } from '../support/database.ts';
import { noUploads } from '../support/no-uploads.ts';
import { createStore, NOW, PEPPER, type Store } from '../support/store.ts';
import { testSurface } from '../support/surface.ts';

let db: Database;
let store: Store;
let folder: string;
beforeAll(async () => {
  db = await freshDatabase();
  store = await createStore(db);
  folder = mkdtempSync(join(tmpdir(), 'surface-'));
  mkdirSync(join(folder, 'dist/widgets'), { recursive: true });
  mkdirSync(join(folder, 'demo'));
  writeFileSync(join(folder, 'dist/widgets/perennial.js'), 'export {};');
  writeFileSync(join(folder, 'dist/widgets/perennial.js.map'), '{}');
  writeFileSync(join(folder, 'dist/secret.js'), 'secret');
  writeFileSync(join(folder, 'demo/index.html'), '<p token="{{token}}">{{shop}}, {{token}}</p>');
  writeFileSync(join(folder, 'demo/import.html'), '<p token="{{token}}">');
  writeFileSync(join(folder, 'demo/admin.js'), 'const {{token}} = 1;');
  writeFileSync(join(folder, 'demo/admin.css'), 'p { color: red }');
});
afterAll(async () => {
  await db.close();
  rmSync(folder, { recursive: true });
});

const surface = (demoKey?: string, ownKey?: string) => testSurface(db, { folder, demoKey, ownKey });

describe('/health', () => {
  it('needs no key and looks at the database', async () => {
    const response = await surface().fetch('/health');
    expect(response.status).toBe(200);
    expect(await response.json()).toEqual({ status: 'ok', engine: 'postgresql' });
  });

  it('says so when the database does not answer', async () => {
    const pool = { query: () => Promise.reject(new Error('down')) };
    const { fetch, logged } = testSurface({ ...db, pool } as unknown as Database);
    const response = await fetch('/health');
    expect(response.status).toBe(503);
    expect(await response.json()).toEqual({ status: 'unavailable', engine: 'postgresql' });
    expect(logged).toHaveLength(1);
  });
});

describe('/widgets', () => {
  it('gives the bundle to pages of any site, and nothing again when it has not changed', async () => {
    const { fetch } = surface();
    const response = await fetch('/widgets/perennial.js', { headers: { origin: 'https://shop.example' } });
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe('text/javascript; charset=utf-8');
    expect(response.headers.get('access-control-allow-origin')).toBe('*');
    expect(await response.text()).toBe('export {};');
    const etag = response.headers.get('etag')!;
    const again = await fetch('/widgets/perennial.js', { headers: { 'if-none-match': etag } });
    expect([again.status, await again.text()]).toEqual([304, '']);
    expect((await fetch('/widgets/perennial.js.map')).status).toBe(200);
  });

  it.each([
    '/widgets/none.js',
    '/widgets/..%2Fsecret.js',
    '/widgets/../secret.js',
    '/widgets/',
    '/widgets/perennial.css',
  ])('has nothing at %s', async (path) => {
    expect((await surface().fetch(path)).status).toBe(404);
  });
});

describe('/demo', () => {
  it('is given the demo key and a strict policy', async () => {
    const { fetch } = surface('clv_rk_live_demo');
    const page = await fetch('/demo');
    expect(await page.text()).toBe('<p token="clv_rk_live_demo">Fennel &amp; Co, clv_rk_live_demo</p>');
    expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(page.headers.get('content-security-policy')).toBe(
      "default-src 'self'; style-src 'self'; img-src 'self' data:; require-trusted-types-for 'script'; trusted-types lit-html; frame-ancestors 'self'",
    );
    expect(page.headers.get('x-content-type-options')).toBe('nosniff');
    expect(page.headers.get('referrer-policy')).toBe('no-referrer');
    expect(await (await fetch('/demo/admin.js')).text()).toBe('const {{token}} = 1;');
    expect((await fetch('/demo/admin.css')).headers.get('content-type')).toBe('text/css; charset=utf-8');
  });

  it.each(['api.test', 'localhost:4000', '127.0.0.1:4000', '[::1]:4000', '192.168.1.7'])(
    'is shown at %s',
    async (host) => {
      const { fetch } = surface('clv_rk_live_demo');
      expect(await (await fetch(`http://${host}/demo`)).text()).toContain('clv_rk_live_demo');
    },
  );

  it.each(['rebound.example:4000', 'localhost.example', '127.0.0.1.example'])('is not shown at %s', async (host) => {
    const response = await surface('clv_rk_live_demo').fetch(`http://${host}/demo`);
    expect([response.status, await response.text()]).toEqual([
      421,
      'expected the host api.test, localhost or an address',
    ]);
  });

  it('has pages of one’s own shop, with a key of their own', async () => {
    const { fetch } = surface('clv_rk_live_demo', 'clv_rk_live_own');
    expect(await (await fetch('/demo/own')).text()).toBe('<p token="clv_rk_live_own">Your shop, clv_rk_live_own</p>');
    expect(await (await fetch('/demo/import')).text()).toBe('<p token="clv_rk_live_own">');
    expect((await fetch('http://rebound.example/demo/import')).status).toBe(421);
  });

  it.each(['/demo/own', '/demo/import'])(
    'does not show %s, or any key, where there is none of its own',
    async (path) => {
      const response = await surface('clv_rk_live_demo').fetch(path);
      expect([response.status, await response.text()]).toEqual([403, expect.not.stringContaining('clv_')]);
    },
  );

  it('is not there without a demo key', async () => {
    for (const path of ['/demo', '/demo/admin.js']) expect((await surface().fetch(path)).status).toBe(404);
  });
});

it('leads from / to the demo page, or to GraphiQL where there is none', async () => {
  const to = async (demoKey?: string) =>
    (await surface(demoKey).fetch('/', { redirect: 'manual' })).headers.get('location');
  expect([await to('clv_rk_live_demo'), await to()]).toEqual(['/demo', '/graphql']);
});

describe('GraphiQL', () => {
  const page = async (demoKey?: string) => {
    const response = await surface(demoKey).fetch('/graphql', { headers: { accept: 'text/html' } });
    expect(response.status).toBe(200);
    expect(response.headers.get('content-security-policy')).toBe("frame-ancestors 'self'");
    return response.text();
  };

  it('needs no key, loads nothing from elsewhere, and starts with the demo key when there is one', async () => {
    const html = await page('clv_rk_live_demo');
    expect(html).not.toMatch(/<(script|link)[^>]+(src|href)="https?:/);
    expect(html).toContain('Bearer clv_rk_live_demo');
    expect(await page()).toContain('Bearer YOUR_API_KEY');
  });

  it('keeps the demo key from a page that has pointed its own name at the server', async () => {
    const { fetch } = surface('clv_rk_live_demo');
    const response = await fetch('http://rebound.example/graphql', { headers: { accept: 'text/html' } });
    const html = await response.text();
    expect(html).toContain('Bearer YOUR_API_KEY');
    expect(html).not.toContain('clv_rk_live_demo');
  });
});

describe('/imports/:id/rejects.csv', () => {
  async function importJob(workspaceId: string, rows: number): Promise<string> {
    const id = randomUUID();
    await db.prisma.importJob.create({
      data: { id, workspaceId, fileName: 'f.csv', source: 'orders', status: 'DONE' },
    });
    await db.pool.query(
      `insert into rejected_row (import_job_id, line_no, workspace_id, reason, detail, raw)
       select $1, n, $2, 'BAD_DATE', 'not a date: "x"', 'a,b' || chr(10) || n from generate_series(1, $3::int) n`,
      [id, workspaceId, rows],
    );
    return id;
  }
  const get = async (id: string, key: string) =>
    surface().fetch(`/imports/${id}/rejects.csv`, { headers: { 'x-api-key': key } });

  it('gives all rows, over many pages', async () => {
    const response = await get(await importJob(store.workspaceId, 2500), await store.key());
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe('text/csv; charset=utf-8');
    const text = await response.text();
    expect(text.startsWith('line_no,reason,detail,raw\n1,"BAD_DATE","not a date: ""x""","a,b\n1"\n2,')).toBe(true);
    expect(text.match(/"BAD_DATE"/g)).toHaveLength(2500);
    expect(text.endsWith('2500,"BAD_DATE","not a date: ""x""","a,b\n2500"\n')).toBe(true);
  });

  it('gives the header alone for an import that rejected nothing', async () => {
    const response = await get(await importJob(store.workspaceId, 0), await store.key());
    expect(await response.text()).toBe('line_no,reason,detail,raw\n');
  });

  it('needs imports:read and customers:pii, and an import of the workspace', async () => {
    const id = await importJob(store.workspaceId, 1);
    const status = async (key: string, job = id) => (await get(job, key)).status;
    expect(await status(await store.key(['imports:read', 'customers:pii']))).toBe(200);
    expect(await status(await store.key(['imports:read']))).toBe(403);
    expect(await status(await store.key(['customers:pii']))).toBe(403);
    expect(await status('clv_none')).toBe(401);
    expect(await status(await store.key(), randomUUID())).toBe(404);
    expect(await status(await (await createStore(db)).key())).toBe(404);
  });
});

it('has nothing elsewhere', async () => {
  for (const path of ['/favicon.ico', '/imports/7/rejects.csv', '/graphql/x', '/metrics']) {
    expect((await surface().fetch(path)).status).toBe(404);
  }
});

describe('a method that a path does not take', () => {
  it.each([
    ['POST', '/health', 'GET, HEAD'],
    ['OPTIONS', '/health', 'GET, HEAD'],
    ['DELETE', '/', 'GET, HEAD'],
    ['POST', '/widgets/perennial.js', 'GET, HEAD'],
    ['POST', '/customers.csv', 'GET, HEAD, OPTIONS'],
    ['PUT', `/imports/${randomUUID()}/rejects.csv`, 'GET, HEAD, OPTIONS'],
    ['PUT', '/graphql', 'GET, POST, OPTIONS'],
  ])('%s %s is refused with those it takes', async (method, path, allowed) => {
    const response = await surface().fetch(path, { method, headers: { 'x-api-key': await store.key() } });
    expect([response.status, response.headers.get('allow')]).toEqual([405, allowed]);
    expect((await response.json()).errors[0].extensions.code).toBe('METHOD_NOT_ALLOWED');
  });

  it('leaves a path that is not there not found', async () => {
    expect((await surface().fetch('/metrics', { method: 'DELETE' })).status).toBe(404);
  });
});

it('gives the header of a file alone to HEAD', async () => {
  const response = await surface().fetch('/widgets/perennial.js', { method: 'HEAD' });
  expect([response.status, response.headers.get('content-type')]).toEqual([200, 'text/javascript; charset=utf-8']);
});

it('listens as a handler of node:http', async () => {
  const key = await store.key();
  const log = () => {};
  const startAnalysis = () => Promise.reject(new Error('not here'));
  const listener = createServerSurface({
    database: db,
    pepper: PEPPER,
    clock: () => NOW,
    logger: { error: log, warn: log },
    folder,
    host: '127.0.0.1',
    uploads: noUploads,
    startAnalysis,
  });
  const server = createServer(listener).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  try {
    const init = { method: 'POST', headers: { 'content-type': 'application/json', 'x-api-key': key } };
    const answer = await fetch(`${address}/graphql`, {
      ...init,
      body: JSON.stringify({ query: '{ viewer { name } }' }),
    });
    expect(await answer.json()).toEqual({ data: { viewer: { name: 'test' } } });
    const graphiql = await fetch(`${address}/graphql`, { headers: { accept: 'text/html' } });
    expect(await graphiql.text()).toContain('<title>Perennial</title>');
    const tooBig = await fetch(`${address}/graphql`, { ...init, body: 'x'.repeat(2 * 1024 * 1024) });
    expect(tooBig.status).toBe(413);
    const id = randomUUID();
    await db.prisma.importJob.create({
      data: { id, workspaceId: store.workspaceId, fileName: 'f', source: 'orders', status: 'DONE' },
    });
    const csv = await fetch(`${address}/imports/${id}/rejects.csv`, { headers: { 'x-api-key': key } });
    expect(await csv.text()).toBe('line_no,reason,detail,raw\n');
    expect((await fetch(`${address}/widgets/perennial.js`)).headers.get('etag')).toMatch(/^"[\w-]{22}"$/);
  } finally {
    server.closeAllConnections();
    server.close();
  }
});
