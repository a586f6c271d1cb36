import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import type pg from 'pg';

import { acquireStore, type StoreLock } from './store-lock.ts';

/** Connections that the embedded engine's socket takes at once, over all processes. */
const MAX_CONNECTIONS = 64;
/** PostgreSQL's own default. Preparing it is a third of what a start costs. */
const CACHE_MB = 128;
/** The longest time that a timer takes. */
const FOREVER_MS = 2 ** 31 - 1;

/** The embedded engine is only another address: a socket's folder. */
export const embeddedAddress = (host: string): pg.PoolConfig => ({
  host,
  port: 5432,
  database: 'postgres',
  user: 'postgres',
  max: 6,
});

export interface Embedded {
  /** Folder of the Unix socket: what `pg` takes as `host`. */
  readonly host: string;
  /** Whether this process runs the engine; false when it is a guest of another that does. */
  readonly owner: boolean;
  /** Lets other processes join. */
  announce(): void;
  /** @param guestsMs How long to wait for other processes that have joined; until they end when absent. */
  close(guestsMs?: number): Promise<void>;
}

export interface EngineOptions {
  /** Where the data directory is; in memory when absent. */
  readonly folder?: string;
  /** A data directory to start from, as `dump` gives it. */
  readonly dump?: Uint8Array<ArrayBuffer>;
  /** Memory for pages of tables. */
  readonly cacheMb?: number | undefined;
}

export interface Engine {
  readonly host: string;
  /** Resolves as soon as nobody is connected; from then on nobody can be. */
  retire(): Promise<void>;
  close(): Promise<void>;
  /** The whole data directory as a tar archive, to start further engines from. */
  dump(): Promise<Uint8Array<ArrayBuffer>>;
}

/** Runs PGlite in a worker thread behind a Unix socket that only this user can reach. */
export async function startEngine({ folder, dump, cacheMb = CACHE_MB }: EngineOptions = {}): Promise<Engine> {
  // mkdtemp makes the folder with mode 0700.
  const host = mkdtempSync(join(tmpdir(), 'perennial-'));
  const worker = new Worker(new URL('./embedded-worker.js', import.meta.url), {
    workerData: { folder, dump, cacheMb, socket: join(host, '.s.PGSQL.5432'), maxConnections: MAX_CONNECTIONS },
  });
  /** What the worker answers to a message of this kind. */
  const answer = <T>(kind: string) =>
    new Promise<T>((resolve, reject) => {
      worker.on('message', (message: { kind: string; value: T }) => {
        if (message.kind === kind) resolve(message.value);
      });
      worker.once('error', reject);
    });
  const ask = <T>(kind: string) => {
    worker.postMessage(kind);
    return answer<T>(kind);
  };
  await answer('listen');
  return {
    host,
    retire: () => ask('retire'),
    dump: async () => new Uint8Array(await ask<ArrayBuffer>('dump')),
    close: async () => {
      await ask('close');
      rmSync(host, { recursive: true, force: true });
    },
  };
}

/** Opens the store in `folder`: runs the engine, or joins the process that already does. */
export async function openEmbedded(folder: string, cacheMb?: number): Promise<Embedded> {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const claim = await acquireStore(folder);
  if (claim.host !== undefined)
    return { host: claim.host, owner: false, announce: () => {}, close: async () => claim.leave() };
  return ownStore(folder, claim, cacheMb);
}

async function ownStore(folder: string, lock: StoreLock, cacheMb?: number): Promise<Embedded> {
  try {
    const engine = await startEngine({ folder: join(folder, 'pg'), cacheMb });
    return {
      host: engine.host,
      owner: true,
      announce: () => lock.publish(engine.host),
      close: async (guestsMs = FOREVER_MS) => {
        await Promise.race([engine.retire(), setTimeout(guestsMs, undefined, { ref: false })]);
        lock.publish(undefined);
        await engine.close();
        lock.release();
      },
    };
  } catch (error) {
    lock.release();
    throw error;
  }
}
