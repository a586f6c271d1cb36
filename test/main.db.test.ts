import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, expect, it, onTestFinished } from 'vitest';
import { serve } from '../server/main.ts';
import { connect, type Database } from '../server/store/database.ts';
import { freshDatabaseUrl } from './support/database.ts';
import { createStore, PEPPER } from './support/store.ts';

let url: string;
let dataFolder: string;
let db: Database;
beforeEach(async () => {
  url = await freshDatabaseUrl();
  dataFolder = mkdtempSync(join(tmpdir(), 'perennial-test-'));
  db = await connect({ connectionString: url, max: 2 }, 'postgresql');
  await createStore(db, [], { name: 'demo' });
  return async () => {
    await db.close();
    rmSync(dataFolder, { recursive: true });
  };
});

const start = (port = 0, host = '127.0.0.1') => {
  const config = {
    databaseUrl: url,
    dataFolder,
    uploadLimit: 1024 ** 2,
    pepper: PEPPER,
    host,
    port,
    logLevel: 'silent',
  } as const;
  return serve(config, { demo: true }, () => {});
};
const liveKeys = () => db.prisma.apiKey.count({ where: { revokedAt: null } });

it('serves the demo page with a key that works until the server closes', async () => {
  const server = await start();
  const page = await (await fetch(`${server.url}/demo`)).text();
  const headers = { 'content-type': 'application/json', 'x-api-key': /token="([^"]+)"/.exec(page)![1]! };
  const body = JSON.stringify({ query: '{ viewer { name } }' });
  const answer = await fetch(`${server.url}/graphql`, { method: 'POST', headers, body });
  expect(await answer.json()).toEqual({ data: { viewer: { name: 'demo page' } } });
  await server.close();
  expect(await liveKeys()).toBe(0);
});

it('has a page with a key that writes into a workspace of one’s own, where only this machine can ask for it', async () => {
  const server = await start();
  const page = await (await fetch(`${server.url}/demo/import`)).text();
  await server.close();
  const [, ending] = /token="[^"]+(.{4})"/.exec(page)!;
  const key = await db.prisma.apiKey.findFirstOrThrow({ where: { lastFour: ending! }, include: { workspace: true } });
  expect([key.workspace.name, key.scopes.includes('imports:write')]).toEqual(['default', true]);
  const others = await db.prisma.apiKey.findMany({ where: { id: { not: key.id } } });
  expect(others.flatMap(({ scopes }) => scopes).filter((scope) => scope.endsWith(':write'))).toEqual([]);
});

it('makes no key that writes where other machines reach the server', async () => {
  const server = await start(0, '0.0.0.0');
  const { port } = new URL(server.url);
  const page = await fetch(`http://127.0.0.1:${port}/demo/import`);
  const demo = await fetch(`http://127.0.0.1:${port}/demo`);
  await server.close();
  expect([page.status, demo.status, await db.prisma.apiKey.count()]).toEqual([403, 200, 1]);
});

it('revokes the demo key that a killed server left behind, and no other', async () => {
  const workspace = await db.prisma.workspace.findFirstOrThrow();
  const left = (name: string) => ({
    workspaceId: workspace.id,
    name,
    kind: 'RESTRICTED',
    scopes: ['orders:read'],
    lastFour: 'abcd',
  });
  const ids = ['00000000-0000-4000-8000-000000000001', '00000000-0000-4000-8000-000000000002'];
  await db.prisma.apiKey.createMany({
    data: [
      { ...left('demo page'), id: ids[0]!, hash: 'a' },
      { ...left('our own'), id: ids[1]!, hash: 'b' },
    ],
  });
  const server = await start();
  const revoked = await db.prisma.apiKey.findMany({ where: { revokedAt: { not: null } } });
  expect(revoked.map(({ id }) => id)).toEqual([ids[0]]);
  await server.close();
});

it('neither makes nor revokes a demo key when its port is taken', async () => {
  const running = await start();
  onTestFinished(() => running.close());
  const other = createServer().listen(0, '127.0.0.1');
  onTestFinished(() => void other.close());
  await new Promise((resolve) => other.once('listening', resolve));
  await expect(start((other.address() as AddressInfo).port)).rejects.toMatchObject({ code: 'EADDRINUSE' });
  expect(await db.prisma.apiKey.count()).toBe(2);
  expect(await liveKeys()).toBe(2);
});
