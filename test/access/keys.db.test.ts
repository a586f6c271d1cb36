import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isWellFormedKey } from '../../server/access/api-key.ts';
import { authenticate } from '../../server/access/authenticate.ts';
import { createKey, type NewKey } from '../../server/access/create-key.ts';
import { listKeys } from '../../server/access/list-keys.ts';
import { revokeKey } from '../../server/access/revoke-key.ts';
import { SCOPES } from '../../server/domain/scopes.ts';
import type { Database } from '../../server/store/database.ts';
import { statementsOf } from '../support/count-statements.ts';
import { freshDatabase } from '../support/database.ts';
import { createStore, NOW, PEPPER } from '../support/store.ts';

const NEW: NewKey = { name: 'k', kind: 'RESTRICTED', scopes: ['orders:read'], origins: [], expiresAt: null };

describe.each(['postgresql', 'embedded'] as const)('keys on %s', (engine) => {
  let db: Database;
  beforeAll(async () => {
    db = await freshDatabase(engine);
  });
  afterAll(() => db.close());

  const create = (workspaceId: string, input: Partial<NewKey> = {}) =>
    createKey({ prisma: db.prisma, pepper: PEPPER, now: NOW }, workspaceId, { ...NEW, ...input });
  const read = (key: string | null, pepper = PEPPER) => authenticate({ pool: db.pool, pepper, now: NOW }, key);

  it('tell who asks, in one statement', async () => {
    const { workspaceId, runId } = await createStore(db, [], { name: `who-${engine}` });
    const { id, key } = await create(workspaceId, { kind: 'PUBLISHABLE', origins: ['https://shop.example'] });
    const { result, statements } = await statementsOf(() => read(key));
    expect(result).toEqual({
      key: {
        id,
        name: 'k',
        kind: 'PUBLISHABLE',
        scopes: ['orders:read'],
        origins: ['https://shop.example'],
        lastFour: key.slice(-4),
        lastUsedAt: null,
      },
      workspace: {
        id: workspaceId,
        name: `who-${engine}`,
        currency: 'EUR',
        annualDiscountRate: 0.1,
        marginRate: null,
        timeZone: 'UTC',
        revenue: 'NET_SALES',
        currencyDisplay: 'symbol',
        globalHoldoutShare: 0,
        publishedRunId: runId,
      },
    });
    expect(statements).toHaveLength(1);
  });

  it('are found with the pepper they were made with alone', async () => {
    const { workspaceId } = await createStore(db);
    const { key } = await create(workspaceId);
    await expect(read(key, 'another pepper')).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
  });

  it('are refused without a statement when they cannot be one', async () => {
    const { result, statements } = await statementsOf(() =>
      Promise.allSettled([read(null), read('x'), read(`clv_sk_live_${'0'.repeat(38)}`)]),
    );
    expect(result.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
    expect(statements).toEqual([]);
  });

  it('are listed with what is known of them, but for the hash', async () => {
    const { workspaceId } = await createStore(db);
    const made = [await create(workspaceId), await create(workspaceId, { kind: 'SECRET' })];
    const listed = await listKeys(db.prisma, workspaceId);
    expect(new Set(listed.map(({ id }) => id))).toEqual(new Set(made.map(({ id }) => id)));
    expect(listed.find(({ kind }) => kind === 'SECRET')?.scopes).toEqual(SCOPES);
    for (const row of listed) expect(Object.keys(row)).not.toContain('hash');
  });

  it('are revoked for good, keeping the first date', async () => {
    const { workspaceId } = await createStore(db);
    const { id, key } = await create(workspaceId);
    for (const now of [NOW, new Date('2027-01-01')])
      expect(await revokeKey({ prisma: db.prisma, now }, workspaceId, id)).toEqual(NOW);
    expect((await listKeys(db.prisma, workspaceId))[0]?.revokedAt).toEqual(NOW);
    await expect(read(key)).rejects.toThrow('the API key was revoked');
  });

  it('of another workspace cannot be revoked', async () => {
    const [mine, other] = [await createStore(db), await createStore(db)];
    const { id, key } = await create(other.workspaceId);
    await expect(revokeKey({ prisma: db.prisma, now: NOW }, mine.workspaceId, id)).rejects.toMatchObject({
      code: 'KEY_NOT_FOUND',
    });
    await expect(read(key)).resolves.toBeDefined();
  });

  it('are none where the id is no id at all', async () => {
    const { workspaceId } = await createStore(db);
    const revoke = revokeKey({ prisma: db.prisma, now: NOW }, workspaceId, 'nonsense');
    await expect(revoke).rejects.toMatchObject({ code: 'KEY_NOT_FOUND' });
  });

  it('cannot expire at a time that is none', async () => {
    const { workspaceId } = await createStore(db);
    await expect(create(workspaceId, { expiresAt: new Date('soon') })).rejects.toMatchObject({ code: 'BAD_EXPIRY' });
  });

  it('differ, and are well-formed', async () => {
    const { workspaceId } = await createStore(db);
    const keys = await Promise.all(Array.from({ length: 5 }, async () => (await create(workspaceId)).key));
    expect(new Set(keys).size).toBe(5);
    expect(keys.every(isWellFormedKey)).toBe(true);
  });
});
