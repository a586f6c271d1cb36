import { randomUUID } from 'node:crypto';
import { linkSync, readFileSync, renameSync, rmSync, statSync, utimes, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';

import { DomainError } from '../domain/errors.ts';

/** How often the holder touches the lock, as a sign of life. */
const SIGN_MS = 1000;
/** How long others wait without a sign of life, or for a socket that does not answer: its address is withdrawn a moment later where it closes. */
const PATIENCE_MS = 30_000;

/** A place at the engine of another process, which stays as long as it is taken. */
export interface Guest {
  readonly host: string;
  leave(): void;
}

export interface StoreLock {
  readonly host?: undefined;
  /** Shows other processes where the engine listens; undefined while it closes. */
  publish(host: string | undefined): void;
  release(): void;
}

interface Holder {
  /** Distinguishes this lock from every other of the same process number. */
  readonly id: string;
  readonly pid: number;
  readonly host?: string | undefined;
}

/** Ids of the locks that this process holds. */
const held = new Set<string>();

/**
 * PGlite has no lock of its own and a second engine on its folder corrupts it. The lock is a file with the holder's pid and,
 * once its engine may be joined, the address of its socket. Whoever comes while the engine starts, migrates or closes waits as
 * long as the holder shows that it is alive.
 * @returns The lock, or a place at the engine of the live process that holds it.
 * @throws DomainError STORE_LOCKED when the holder seems to live but does not answer.
 */
export async function acquireStore(folder: string, patienceMs = PATIENCE_MS): Promise<StoreLock | Guest> {
  const path = join(folder, 'lock.json');
  const mine = { id: randomUUID(), pid: process.pid };
  let sign: string | undefined;
  let signAt = 0;
  for (;;) {
    if (create(path, mine)) return hold(path, mine);
    const holder = read(path);
    if (holder === undefined) continue;
    const guest = holder.host === undefined ? null : await visit(holder.host);
    if (guest !== null) return guest;
    // This process's own number on a lock that it does not hold is a predecessor's, as in a container, where all are 1.
    const isStale = holder.pid === process.pid ? !held.has(holder.id) : !isAlive(holder.pid);
    if (isStale && remove(path, holder)) continue;
    const latest = holder.host ?? touchedAt(path);
    if (latest !== sign) {
      sign = latest;
      signAt = Date.now();
    }
    if (Date.now() - signAt > patienceMs) {
      throw new DomainError(
        'STORE_LOCKED',
        `${folder} is in use by process ${holder.pid}, which does not answer: end it, or remove ${path} if it is not a Perennial process`,
      );
    }
    await setTimeout(100);
  }
}

function hold(path: string, mine: Holder): StoreLock {
  held.add(mine.id);
  const signs = setInterval(() => utimes(path, new Date(), new Date(), () => {}), SIGN_MS).unref();
  return {
    publish: (host) => write(path, { ...mine, host }, renameSync),
    release: () => {
      clearInterval(signs);
      rmSync(path, { force: true });
      held.delete(mine.id);
    },
  };
}

const touchedAt = (path: string) => String(statSync(path, { throwIfNoEntry: false })?.mtimeMs);

function create(path: string, holder: Holder): boolean {
  try {
    write(path, holder, linkSync);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

/** Written beside and moved (or linked, which fails where the file exists) into place: nobody reads half a text. */
function write(path: string, holder: Holder, place: (from: string, to: string) => void): void {
  const draft = `${path}.${randomUUID()}`;
  writeFileSync(draft, JSON.stringify(holder), { mode: 0o600 });
  try {
    place(draft, path);
  } finally {
    rmSync(draft, { force: true });
  }
}

function read(path: string): Holder | undefined {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as Holder;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/**
 * Removes a lock whose holder has ended. Only one process at a time removes this one, and looks again first: a slower one would
 * remove its successor's.
 */
function remove(path: string, stale: Holder): boolean {
  const turn = `${path}.${stale.id}`;
  if (!create(turn, stale)) return false;
  if (read(path)?.id === stale.id) rmSync(path, { force: true });
  rmSync(turn, { force: true });
  return true;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return !isZombie(pid);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** A killed process answers signals until its parent takes note of its end. */
function isZombie(pid: number): boolean {
  try {
    return /\) [ZX] /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false;
  }
}

function visit(host: string): Promise<Guest | null> {
  return new Promise((resolve) => {
    const socket = connect(join(host, '.s.PGSQL.5432'));
    socket.on('error', () => resolve(null));
    socket.once('connect', () => resolve({ host, leave: () => socket.destroy() }));
  });
}
