import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isWellFormedKey } from '../../server/access/api-key.ts';
import type { CallerWorkspace } from '../../server/access/caller.ts';
import type { AnalysisInput } from '../../server/analysis/settle-analysis.ts';
import { DomainError } from '../../server/domain/errors.ts';
import type { Database } from '../../server/store/database.ts';
import { freshDatabase } from '../support/database.ts';
import { createStore, insertRun } from '../support/store.ts';
import { testSurface } from '../support/surface.ts';

let db: Database;
let ask: ReturnType<typeof testSurface>['ask'];
beforeAll(async () => {
  db = await freshDatabase();
  ask = testSurface(db).ask;
});
afterAll(() => db.close());

describe('createApiKey', () => {
  const CREATE = `mutation($input: CreateApiKeyInput!) { createApiKey(input: $input) {
    ... on CreatedApiKey { key apiKey { id name kind scopes origins lastFour expiresAt } }
    ... on DomainError { code message field } } }`;
  interface Created {
    readonly createApiKey: { readonly key: string; readonly apiKey: { readonly id: string } };
  }

  it('gives a key that works at once, with the scopes asked for', async () => {
    const store = await createStore(db, [{ id: 'a', score: {} }]);
    const input = { name: ' Reports ', scopes: ['customers:read'], expiresAt: '2027-01-01T00:00:00Z' };
    const { data } = await ask<Created>(await store.key(), CREATE, { input });
    const { key, apiKey } = data.createApiKey;
    expect(isWellFormedKey(key)).toBe(true);
    expect(key).toMatch(/^clv_rk_live_/);
    expect(apiKey).toEqual({
      id: expect.any(String),
      name: 'Reports',
      kind: 'RESTRICTED',
      scopes: ['customers:read'],
      origins: [],
      lastFour: key.slice(-4),
      expiresAt: '2027-01-01T00:00:00.000Z',
    });
    expect((await ask(key, '{ customers { nodes { externalId } } viewer { id } }')).data).toEqual({
      customers: { nodes: [{ externalId: 'a' }] },
      viewer: { id: apiKey.id },
    });
  });

  it('gives no scope that its creator lacks', async () => {
    const store = await createStore(db);
    const key = await store.key(['keys:write', 'customers:read']);
    for (const input of [
      { name: 'more', scopes: ['customers:read', 'customers:pii'] },
      { name: 'all', kind: 'SECRET' },
    ]) {
      const { data } = await ask(key, CREATE, { input });
      expect(data).toMatchObject({ createApiKey: { code: 'SCOPE_NOT_HELD', field: ['scopes'] } });
    }
    const { data } = await ask(key, CREATE, { input: { name: 'less', scopes: ['customers:read'] } });
    // The key is shown although the caller may not read keys.
    expect(data).toMatchObject({ createApiKey: { key: expect.stringMatching(/^clv_rk_/) } });
  });

  it.each([
    [{ name: ' ' }, 'BAD_NAME'],
    [{ name: 'x'.repeat(101), scopes: ['orders:read'] }, 'BAD_NAME'],
    [{ name: 'k', scopes: [] }, 'BAD_SCOPE'],
    [{ name: 'k', scopes: ['everything'] }, 'BAD_SCOPE'],
    [{ name: 'k', scopes: ['orders:read'], origins: ['https://shop.example'] }, 'BAD_ORIGIN'],
    [{ name: 'k', kind: 'PUBLISHABLE', scopes: ['orders:read'] }, 'BAD_ORIGIN'],
    [{ name: 'k', kind: 'PUBLISHABLE', scopes: ['orders:read'], origins: ['https://shop.example/page'] }, 'BAD_ORIGIN'],
    [{ name: 'k', kind: 'PUBLISHABLE', scopes: ['orders:read'], origins: ['shop.example'] }, 'BAD_ORIGIN'],
    [{ name: 'k', kind: 'PUBLISHABLE', scopes: ['orders:read'], origins: ['null'] }, 'BAD_ORIGIN'],
    [{ name: 'k', kind: 'PUBLISHABLE', scopes: ['customers:pii'], origins: ['https://shop.example'] }, 'BAD_SCOPE'],
    [{ name: 'k', kind: 'PUBLISHABLE', scopes: ['keys:write'], origins: ['https://shop.example'] }, 'BAD_SCOPE'],
    [{ name: 'k', kind: 'PUBLISHABLE', scopes: ['feedback:write'], origins: ['https://shop.example'] }, 'BAD_SCOPE'],
    [{ name: 'k', scopes: ['orders:read'], expiresAt: '2026-01-15T12:00:00Z' }, 'BAD_EXPIRY'],
  ])('answers %o with what is wrong', async (input, code) => {
    const store = await createStore(db);
    const { data, errors } = await ask<{ createApiKey: { code: string; message: string } }>(await store.key(), CREATE, {
      input,
    });
    expect(errors).toBeUndefined();
    expect(data.createApiKey.code).toBe(code);
    expect(data.createApiKey.message).not.toBe('');
  });
});

describe('revokeApiKey', () => {
  const REVOKE = `mutation($id: ID!) { revokeApiKey(input: { id: $id }) {
    ... on RevokedApiKey { apiKey { revokedAt } } ... on DomainError { code field } } }`;

  it('makes a key useless, and does so once', async () => {
    const store = await createStore(db);
    const [admin, victim] = [await store.key(), await store.key()];
    const { data } = await ask<{ viewer: { id: string } }>(victim, '{ viewer { id } }');
    for (let time = 0; time < 2; time++) {
      expect((await ask(admin, REVOKE, data.viewer)).data).toEqual({
        revokeApiKey: { apiKey: { revokedAt: '2026-01-15T12:00:00.000Z' } },
      });
    }
    const { errors } = await ask(victim, '{ viewer { id } }');
    expect(errors?.[0]?.extensions.code).toBe('UNAUTHENTICATED');
  });

  it('says that an id is none of a key', async () => {
    const store = await createStore(db);
    const key = await store.key();
    expect((await ask(key, REVOKE, { id: 'x' })).data).toEqual({ revokeApiKey: { code: 'BAD_ID', field: ['id'] } });
    const { data } = await ask<{ workspace: { id: string } }>(key, '{ workspace { id } }');
    expect((await ask(key, REVOKE, data.workspace)).data).toEqual({ revokeApiKey: { code: 'BAD_ID', field: ['id'] } });
  });
});

describe('startAnalysis', () => {
  const START = `mutation($input: StartAnalysisInput!) { startAnalysis(input: $input) {
    ... on StartedAnalysis { run { status asOf } } ... on DomainError { code message field } } }`;

  it('starts one of the caller’s workspace and answers with the run', async () => {
    const store = await createStore(db);
    const asked: [CallerWorkspace, AnalysisInput][] = [];
    const { ask } = testSurface(db, {
      startAnalysis: async (workspace, input) => {
        asked.push([workspace, input]);
        return { runId: await insertRun(db, workspace.id) };
      },
    });
    const key = await store.key();
    const input = { asOf: '2025-12-31', model: 'BG_NBD', annualDiscountRate: 0.15, marginRate: 0.3 };
    expect((await ask(key, START, { input })).data).toEqual({
      startAnalysis: { run: { status: 'RUNNING', asOf: '2025-12-31' } },
    });
    await ask(key, START, { input: {} });
    expect(asked.map(([workspace]) => workspace.id)).toEqual([store.workspaceId, store.workspaceId]);
    expect(asked[0]?.[1]).toEqual({ ...input, model: 'bg' });
    expect(asked[1]?.[1]).toEqual({ model: 'auto' });
  });

  it('answers with what is wrong', async () => {
    const store = await createStore(db);
    const { ask } = testSurface(db, {
      startAnalysis: async () => {
        throw new DomainError('BAD_RATE', 'expected a rate above -1, got -2', ['annualDiscountRate']);
      },
    });
    expect((await ask(await store.key(), START, { input: { annualDiscountRate: -2 } })).data).toEqual({
      startAnalysis: { code: 'BAD_RATE', message: 'expected a rate above -1, got -2', field: ['annualDiscountRate'] },
    });
  });

  it('refuses a day that is none', async () => {
    const store = await createStore(db);
    const { errors } = await ask(await store.key(), START, { input: { asOf: '2025-02-30' } });
    expect(errors?.[0]?.message).toContain('"2025-02-30" is no day of the calendar');
    expect(errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT');
  });
});
