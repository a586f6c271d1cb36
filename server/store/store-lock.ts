import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';

import { DomainError } from '../domain/errors.ts';

/** How long a second process waits for the first to finish starting its engine. */
const START_UP_MS = 30_000;
/** How long it waits where the first does not answer: it may be closing, and withdraws its address a moment later. */
const UNREACHABLE_MS = 3000;

export interface StoreLock {
  readonly host?: undefined;
  /** Tells other processes where the engine listens; undefined while it closes. */
  publish(host: string | undefined): void;
  release(): void;
}

interface Holder {
  readonly pid: number;
  readonly host?: string | undefined;
}

/**
 * PGlite has no lock of its own and a second engine on its folder corrupts it. The lock is a file with the holder's pid and,
 * once its engine listens, the address of its socket.
 * @returns The lock, or `{ host }` of the live process that holds it.
 * @throws DomainError STORE_LOCKED when the holder lives but does not answer.
 */
export async function acquireStore(folder: string): Promise<StoreLock | { readonly host: string }> {
  const path = join(folder, 'lock.json');
  const begun = Date.now();
  const deadline = begun + START_UP_MS;
  for (;;) {
    if (create(path)) {
      return {
        publish: (host) => write(path, { pid: process.pid, host }, renameSync),
        release: () => rmSync(path, { force: true }),
      };
    }
    const holder = read(path);
    if (holder === undefined) continue;
    if (holder.host !== undefined && (await listens(holder.host))) return { host: holder.host };
    // This process's own number without an engine behind it is a predecessor's, as in a container, where all are 1.
    const isStale = !isAlive(holder.pid) || (holder.pid === process.pid && holder.host !== undefined);
    if (isStale) remove(path, holder);
    else if (Date.now() > (holder.host === undefined ? deadline : begun + UNREACHABLE_MS)) {
      throw new DomainError(
        'STORE_LOCKED',
        `${folder} is in use by process ${holder.pid}, whose socket cannot be reached from here: end it, or remove ${path} if it is not a Perennial process`,
      );
    } else await setTimeout(100);
  }
}

function create(path: string): boolean {
  try {
    write(path, { pid: process.pid }, linkSync);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

/** Written beside and moved (or linked, which fails where the file exists) into place: nobody reads half a text. */
function write(path: string, holder: Holder, place: (from: string, to: string) => void): void {
  const draft = `${path}.${process.pid}`;
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

function remove(path: string, stale: Holder): void {
  const now = read(path);
  if (now?.pid === stale.pid && now.host === stale.host) rmSync(path, { force: true });
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

function listens(host: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(join(host, '.s.PGSQL.5432'));
    socket.once('error', () => resolve(false));
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
  });
}
