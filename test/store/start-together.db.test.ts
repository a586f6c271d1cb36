import { cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import pg from 'pg';
import { beforeAll, describe, expect, it } from 'vitest';

import { type Database, openDatabase } from '../../server/store/database.ts';
import { embeddedAddress, openEmbedded } from '../../server/store/embedded.ts';
import { migrate, readMigrations } from '../../server/store/migrate.ts';
import { json, run } from '../support/cli.ts';
import { testFile, testFolder } from '../support/files.ts';

const open = (dataFolder: string) => openDatabase({ databaseUrl: undefined, dataFolder });

/** A store as the release before the last migration leaves it. */
async function createOldStore(folder: string) {
  const embedded = await openEmbedded(folder);
  const pool = new pg.Pool(embeddedAddress(embedded.host));
  await migrate(pool, readMigrations().slice(0, -1));
  await pool.end();
  await embedded.close();
}

async function importThreeTogether(folder: string) {
  const file = testFile('customer,order,placed at,unit price\nann,1,2026-01-02,10\n');
  const shops = ['one', 'two', 'three'];
  const ends = await Promise.all(shops.map((name) => run(folder, 'import', file, '--format', 'orders', '-w', name)));
  expect(ends.map(({ code, stderr }) => (code === 0 ? 'imported' : stderr))).toEqual(shops.map(() => 'imported'));
  const migrations = readMigrations().map(({ name }) => name);
  expect(await json(folder, 'status', '-w', 'two')).toMatchObject({ migrations, customers: 1, orders: 1 });
}

describe('three commands started together', { timeout: 180_000 }, () => {
  it('all work on a folder that holds no store yet', () => importThreeTogether(testFolder()));

  it('all work on a store that lacks a migration', async () => {
    const folder = testFolder();
    await createOldStore(folder);
    await importThreeTogether(folder);
  });
});

describe('a process that joins another on the embedded engine', { timeout: 60_000 }, () => {
  let folder: string;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'perennial-test-'));
    await (await open(folder)).close();
    return () => rmSync(folder, { recursive: true });
  });

  const answers = async ({ pool }: Database) => (await pool.query('select 1 as one')).rows;

  it('waits while that one starts, and leaves no lock behind when all have ended', async () => {
    const databases = await Promise.all([open(folder), open(folder), open(folder)]);
    expect(databases.map(({ isGuest }) => isGuest).sort()).toEqual([false, true, true]);
    await Promise.all(databases.map((database) => database.close()));
    expect(existsSync(join(folder, 'lock.json'))).toBe(false);
  });

  it('keeps it running until it leaves, even while it asks nothing', async () => {
    const owner = await open(folder);
    const guest = await openEmbedded(folder);
    const ends: string[] = [];
    const closed = owner.close().then(() => ends.push('owner'));
    expect(await Promise.race([closed, setTimeout(500, 'runs')])).toBe('runs');
    ends.push('guest');
    await guest.close();
    await closed;
    expect(ends).toEqual(['guest', 'owner']);
  });

  it('is cut off when the owner waits no longer', async () => {
    const owner = await open(folder);
    const guest = await open(folder);
    await owner.close(0);
    await expect(answers(guest)).rejects.toThrow();
    await guest.close();
  });

  it('works on when the owner ends while it joins', async () => {
    const owner = await open(folder);
    const closed = owner.close();
    const next = await open(folder);
    expect(await answers(next)).toEqual([{ one: 1 }]);
    await next.close();
    await closed;
  });

  it('is refused where that one lacks a migration, being of an older release', async () => {
    const outdated = testFolder();
    cpSync(folder, outdated, { recursive: true });
    const owner = await open(outdated);
    const last = readMigrations().at(-1)!.name;
    await owner.pool.query('delete from _prisma_migrations where migration_name = $1', [last]);
    await expect(open(outdated)).rejects.toMatchObject({
      code: 'STORE_OUTDATED',
      message: expect.stringContaining(last),
    });
    await owner.close();
  });
});
