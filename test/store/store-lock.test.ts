import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { expect, it, onTestFinished } from 'vitest';

import { acquireStore } from '../../server/store/store-lock.ts';
import { testFolder } from '../support/files.ts';

const lockOf = (folder: string) => join(folder, 'lock.json');
const hold = (folder: string, holder: object) => writeFileSync(lockOf(folder), JSON.stringify(holder));

/** Number of a process that has ended. */
const deadPid = () => spawnSync(process.execPath, ['-e', '']).pid;

it('is taken once, shown to others while its socket answers, and gone when released', async () => {
  const folder = testFolder();
  const lock = await acquireStore(folder);
  if ('host' in lock && lock.host !== undefined) throw new Error('expected the lock');
  const server = createServer().listen(join(folder, '.s.PGSQL.5432'));
  onTestFinished(() => void server.close());
  lock.publish(folder);
  expect(await acquireStore(folder)).toMatchObject({ host: folder });
  lock.release();
  expect(existsSync(lockOf(folder))).toBe(false);
});

it('is waited for as long as its holder lives, however long that takes to start or to close', async () => {
  const folder = testFolder();
  const lock = await acquireStore(folder);
  if (lock.host !== undefined) throw new Error('expected the lock');
  const next = acquireStore(folder, 2000);
  expect(await Promise.race([next, setTimeout(3500, 'waits')])).toBe('waits');
  lock.release();
  expect(await next).toHaveProperty('release');
});

it('is taken over from a process that has ended', async () => {
  const folder = testFolder();
  hold(folder, { pid: deadPid(), host: '/nowhere' });
  await acquireStore(folder);
  expect(JSON.parse(readFileSync(lockOf(folder), 'utf8'))).toEqual({ id: expect.any(String), pid: process.pid });
});

it('is taken over from a predecessor with the number of this process, as in a container', async () => {
  const folder = testFolder();
  hold(folder, { pid: process.pid, host: '/nowhere' });
  expect(await acquireStore(folder)).toHaveProperty('release');
});

it.each([
  ['whose socket cannot be reached', { host: '/nowhere' }],
  ['that shows no sign of life', {}],
])('is left to a living process %s', async (_, holder) => {
  const folder = testFolder();
  hold(folder, { pid: process.ppid, ...holder });
  await expect(acquireStore(folder, 300)).rejects.toMatchObject({
    code: 'STORE_LOCKED',
    message: expect.stringContaining(String(process.ppid)),
  });
  expect(existsSync(lockOf(folder))).toBe(true);
});

it.skipIf(process.platform !== 'linux')(
  'is taken over from a killed process that nobody has reaped yet (Linux only: elsewhere nothing tells)',
  async () => {
    const folder = testFolder();
    const parent = spawn('sh', ['-c', 'sleep 0 & echo $!; exec sleep 60']);
    onTestFinished(() => void parent.kill());
    const [pid] = await once(parent.stdout, 'data');
    hold(folder, { pid: Number(String(pid)), host: '/nowhere' });
    expect(await acquireStore(folder)).toHaveProperty('release');
  },
);
