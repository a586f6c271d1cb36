import { cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { beforeAll, describe, expect, it } from 'vitest';

import { type Database, openDatabase } from '../../server/store/database.ts';
import { openEmbedded } from '../../server/store/embedded.ts';
import { readMigrations } from '../../server/store/migrate.ts';
import { testFolder } from '../support/files.ts';
import { importThreeTogether } from '../support/start-together.ts';

const open = (dataFolder: string) => openDatabase({ databaseUrl: undefined, dataFolder });

describe('three commands started together', { timeout: 180_000 }, () => {
  it('all work on a folder that holds no store yet', () => importThreeTogether(testFolder()));
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
