import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';

import { acquireStore, type StoreLock } from './store-lock.ts';

/** Connections that the embedded engine's socket takes at once, over all processes. */
const MAX_CONNECTIONS = 32;

export interface Embedded {
  /** Folder of the Unix socket: what `pg` takes as `host`. */
  readonly host: string;
  /** Whether this process runs the engine; false when it is a guest of another that does. */
  readonly owner: boolean;
  close(): Promise<void>;
}

export interface Engine extends Embedded {
  /** The whole data directory as a tar archive, to start further engines from. */
  dump(): Promise<Uint8Array<ArrayBuffer>>;
}

/** Runs PGlite in a worker thread behind a Unix socket that only this user can reach; in memory when `folder` is absent. */
export async function startEngine(folder?: string, dump?: Uint8Array<ArrayBuffer>): Promise<Engine> {
  // mkdtemp makes the folder with mode 0700.
  const host = mkdtempSync(join(tmpdir(), 'perennial-'));
  const worker = new Worker(new URL('./embedded-worker.js', import.meta.url), {
    workerData: { folder, dump, socket: join(host, '.s.PGSQL.5432'), maxConnections: MAX_CONNECTIONS },
  });
  const next = <T>() =>
    new Promise<T>((resolve, reject) => {
      worker.once('message', resolve);
      worker.once('error', reject);
    });
  await next();
  return {
    host,
    owner: true,
    dump: async () => {
      const answer = next<ArrayBuffer>();
      worker.postMessage('dump');
      return new Uint8Array(await answer);
    },
    close: async () => {
      const closed = next();
      worker.postMessage('close');
      await closed;
      rmSync(host, { recursive: true, force: true });
    },
  };
}

/** Opens the store in `folder`: runs the engine, or joins the process that already does. */
export async function openEmbedded(folder: string): Promise<Embedded> {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const claim = await acquireStore(folder);
  if (claim.host !== undefined) return { host: claim.host, owner: false, close: async () => {} };
  return ownStore(folder, claim);
}

async function ownStore(folder: string, lock: StoreLock): Promise<Embedded> {
  try {
    const engine = await startEngine(join(folder, 'pg'));
    lock.publish(engine.host);
    return {
      ...engine,
      close: async () => {
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
