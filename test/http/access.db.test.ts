import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { formatKey } from '../../server/access/api-key.ts';
import type { Database } from '../../server/store/database.ts';
import { freshDatabase } from '../support/database.ts';
import { createStore, NOW, type Store } from '../support/store.ts';
import { testSurface } from '../support/surface.ts';

const SHOP = 'https://shop.example';
const STRANGER = 'https://stranger.example';

let db: Database;
let store: Store;
let surface: ReturnType<typeof testSurface>;
beforeAll(async () => {
  db = await freshDatabase();
  store = await createStore(db);
  surface = testSurface(db);
});
afterAll(() => db.close());

const post = (headers: object) =>
  surface.fetch('/graphql', {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ query: '{ viewer { name } }' }),
  });

const codeOf = async (response: Response) => (await response.json()).errors?.[0]?.extensions.code;

describe('a request', () => {
  it('is admitted with its key in either header', async () => {
    const key = await store.key();
    for (const headers of [
      { authorization: `Bearer ${key}` },
      { authorization: `bearer ${key}` },
      { 'x-api-key': key },
    ]) {
      const response = await post(headers);
      expect(response.status).toBe(200);
      expect(await response.json()).toEqual({ data: { viewer: { name: 'test' } } });
    }
  });

  it.each([
    ['no key', {}, 'this request has no API key'],
    ['another scheme', { authorization: 'Basic dXNlcjpwYXNz' }, 'mistyped or cut off'],
    ['half a key', { authorization: 'Bearer clv_rk_live_abc' }, 'mistyped or cut off'],
    ['a wrong checksum', { 'x-api-key': `clv_rk_live_${'a'.repeat(38)}` }, 'mistyped or cut off'],
    ['an unknown key', { 'x-api-key': formatKey('SECRET', 'z'.repeat(32)) }, 'the API key is unknown'],
  ])('is refused with %s', async (_name, headers, message) => {
    const response = await post(headers);
    expect(response.status).toBe(401);
    expect(response.headers.get('www-authenticate')).toBe('Bearer');
    const { errors } = await response.json();
    expect(errors).toHaveLength(1);
    expect(errors[0].extensions).toEqual({ code: 'UNAUTHENTICATED' });
    expect(errors[0].message).toContain(message);
    expect(errors[0].message).toContain('"Authorization: Bearer KEY" or "X-API-Key: KEY"');
  });

  it('is refused with a revoked or an expired key', async () => {
    for (const [change, message] of [
      [{ revokedAt: NOW }, 'was revoked'],
      [{ expiresAt: NOW }, 'has expired'],
    ] as const) {
      const key = await store.key();
      await db.prisma.apiKey.updateMany({ where: { lastFour: key.slice(-4) }, data: change });
      const response = await post({ 'x-api-key': key });
      expect(response.status).toBe(401);
      expect((await response.json()).errors[0].message).toContain(message);
    }
  });

  it('is refused before its document is looked at', async () => {
    const response = await surface.fetch('/graphql?query={nonsense', {
      headers: { accept: 'application/graphql-response+json' },
    });
    expect(response.status).toBe(401);
    expect(response.headers.get('content-type')).toContain('application/graphql-response+json');
  });

  it('cannot learn a key from what is stored', async () => {
    const key = await store.key();
    const { rows } = await db.pool.query('select row_to_json(k)::text as stored from api_key k');
    const secret = key.split('_')[3]!;
    for (const { stored } of rows) expect(stored).not.toContain(secret.slice(0, 10));
  });
});

describe('the last use of a key', () => {
  const lastUse = async (key: string) => {
    const { lastUsedAt } = await db.prisma.apiKey.findFirstOrThrow({ where: { lastFour: key.slice(-4) } });
    return lastUsedAt?.toISOString();
  };
  /** The use that is noted when a key last used at one time is used at another. */
  const usedAt = async (key: string, lastUsedAt: Date | null, now: Date) => {
    await db.prisma.apiKey.updateMany({ where: { lastFour: key.slice(-4) }, data: { lastUsedAt } });
    const { surface } = testSurface(db, { clock: () => now });
    const url = 'http://api.test/graphql?query={viewer{name}}';
    const afterwards: Promise<unknown>[] = [];
    const waitUntil = (work: Promise<unknown>) => void afterwards.push(work);
    const response = await surface.fetch(url, { headers: { 'x-api-key': key } }, { waitUntil });
    expect(response.status).toBe(200);
    await Promise.all(afterwards);
    return lastUse(key);
  };
  const later = (seconds: number) => new Date(NOW.getTime() + seconds * 1000);

  it('is noted, at most once a minute', async () => {
    const key = await store.key();
    expect(await usedAt(key, null, NOW)).toBe(NOW.toISOString());
    expect(await usedAt(key, NOW, later(61))).toBe(later(61).toISOString());
    expect(await usedAt(key, NOW, later(59))).toBe(NOW.toISOString());
  });
});

describe('a page', () => {
  it('of this server may use any key', async () => {
    for (const origin of ['http://api.test', 'https://api.test']) {
      const response = await post({ 'x-api-key': await store.key(), origin });
      expect(response.status).toBe(200);
      expect(response.headers.get('access-control-allow-origin')).toBeNull();
    }
  });

  it('of another site may use a publishable key that lists it, and read the answer', async () => {
    const response = await post({ 'x-api-key': await store.key(['orders:read'], 'PUBLISHABLE', [SHOP]), origin: SHOP });
    expect(response.status).toBe(200);
    expect(response.headers.get('access-control-allow-origin')).toBe(SHOP);
    expect(response.headers.get('access-control-allow-credentials')).toBeNull();
    expect(response.headers.get('vary')).toBe('Origin');
  });

  it('of another site may use no other key', async () => {
    const refused: [string, string][] = [
      [await store.key(), SHOP],
      [await store.key([], 'SECRET'), SHOP],
      [await store.key(['orders:read'], 'PUBLISHABLE', [SHOP]), STRANGER],
      [await store.key(['orders:read'], 'PUBLISHABLE', [SHOP]), 'http://shop.example'],
      [await store.key(['orders:read'], 'PUBLISHABLE', [SHOP]), 'null'],
    ];
    for (const [key, origin] of refused) {
      const response = await post({ 'x-api-key': key, origin });
      expect(response.status).toBe(403);
      expect(await codeOf(response)).toBe('ORIGIN_NOT_ALLOWED');
    }
  });

  it('that some key lists may read why it was refused; a strange one may not', async () => {
    await store.key(['orders:read'], 'PUBLISHABLE', [SHOP]);
    const known = await post({ origin: SHOP });
    expect([known.status, known.headers.get('access-control-allow-origin')]).toEqual([401, SHOP]);
    const strange = await post({ origin: STRANGER });
    expect([strange.status, strange.headers.get('access-control-allow-origin')]).toEqual([401, null]);
  });
});

describe('a preflight', () => {
  const preflight = async (origin: string) => {
    const response = await surface.fetch('/graphql', {
      method: 'OPTIONS',
      headers: { origin, 'access-control-request-method': 'POST', 'access-control-request-headers': 'authorization' },
    });
    return { status: response.status, allowed: response.headers.get('access-control-allow-origin'), response };
  };

  it('allows an origin that some active publishable key lists', async () => {
    await store.key(['orders:read'], 'PUBLISHABLE', [SHOP]);
    const { status, allowed, response } = await preflight(SHOP);
    expect([status, allowed]).toEqual([204, SHOP]);
    expect(response.headers.get('access-control-allow-headers')).toBe('authorization, content-type, x-api-key');
  });

  it('allows no other origin', async () => {
    const once = 'https://once.example';
    await store.key(['orders:read'], 'PUBLISHABLE', [once]);
    await db.prisma.apiKey.updateMany({ where: { origins: { has: once } }, data: { revokedAt: NOW } });
    const over = 'https://over.example';
    await store.key(['orders:read'], 'PUBLISHABLE', [over]);
    await db.prisma.apiKey.updateMany({ where: { origins: { has: over } }, data: { expiresAt: NOW } });
    for (const origin of [STRANGER, once, over, 'null']) expect((await preflight(origin)).allowed).toBeNull();
  });
});
