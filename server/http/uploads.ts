import { randomUUID } from 'node:crypto';
import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';

import { DomainError } from '../domain/errors.ts';
import { KeptUploads, type Upload, type UploadLabel } from './kept-uploads.ts';
import { spool } from './spool.ts';

/** Files that clients send, each on disk until its import has ended or its time is over. */
export interface Uploads {
  /** Writes the body of a request to a file and works on it. @throws DomainError as {@link spool}, or TOO_MANY_IMPORTS. */
  receive<Result>(
    request: Request,
    work: (path: string, stop: AbortSignal) => Promise<Worked<Result>>,
  ): Promise<Result>;
  /** Writes the body of a request to a file and keeps it for its workspace. @throws DomainError as `receive`. */
  keep(request: Request, label: UploadLabel): Promise<Upload>;
  /** @throws DomainError UNKNOWN_UPLOAD where the workspace has no such file, or none any more. */
  find(workspaceId: string, id: string): Upload;
  /** Works on a file that is kept. @throws DomainError UNKNOWN_UPLOAD where its time ends meanwhile, or TOO_MANY_IMPORTS. */
  read<Result>(upload: Upload, work: (stop: AbortSignal) => Promise<Result>): Promise<Result>;
  /** Imports a file that is kept, once: a repeated call answers the same job. */
  importOnce(upload: Upload, start: (stop: AbortSignal) => Promise<Required<Worked<string>>>): Promise<string>;
  /** Waits for the imports that are under way, then stops them. @param graceMs How long it waits each time. */
  close(graceMs: number): Promise<void>;
}

export interface Worked<Result> {
  readonly result: Result;
  /** The file stays until this has settled; it is removed at once where nothing goes on. */
  readonly until?: Promise<unknown>;
}

/** Files that may be received, read or stored at a time: each has memory of its own. */
const MOST_AT_ONCE = 4;

/** Removes what a server that was killed left behind in the folder. */
export async function openUploads({
  folder,
  byteLimit,
  idleMs = 30_000,
  keepMs = 60 * 60_000,
}: {
  readonly folder: string;
  readonly byteLimit: number;
  /** How long a connection may send nothing. */
  readonly idleMs?: number;
  /** How long a file is kept for its import. */
  readonly keepMs?: number;
}): Promise<Uploads> {
  await removeLeftovers(folder);
  const kept = new KeptUploads({ byteLimit, keepMs });
  const underWay = new Set<Promise<unknown>>();
  const stopping = new AbortController();
  let busy = 0;

  /** @param end Runs when the work is over, and what goes on after it. */
  async function work<Result>(
    end: () => Promise<void> | void,
    task: (stop: AbortSignal) => Promise<Worked<Result>>,
  ): Promise<Result> {
    if (busy >= MOST_AT_ONCE) {
      throw new DomainError('TOO_MANY_IMPORTS', `${busy} files are being imported: try again when one is done`);
    }
    busy++;
    const settle = async () => {
      busy--;
      await end();
    };
    try {
      const { result, until } = await task(stopping.signal);
      if (until === undefined) await settle();
      else {
        const rest: Promise<unknown> = until
          .catch(() => {})
          .then(settle)
          .finally(() => underWay.delete(rest));
        underWay.add(rest);
      }
      return result;
    } catch (error) {
      await settle();
      throw error;
    }
  }

  async function write(request: Request, path: string): Promise<number> {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    return spool(request, path, { byteLimit, idleMs });
  }

  const nothing = () => {};
  const newPath = () => join(folder, `${process.pid}-${randomUUID()}`);
  const remove = (path: string) => rm(path, { force: true });

  return {
    receive: (request, task) => {
      const path = newPath();
      return work(
        () => remove(path),
        async (stop) => {
          await write(request, path);
          return task(path, stop);
        },
      );
    },
    keep: (request, label) => {
      const path = newPath();
      return work(nothing, async () => {
        try {
          return { result: kept.add({ ...label, path, bytes: await write(request, path) }) };
        } catch (error) {
          await remove(path);
          throw error;
        }
      });
    },
    find: (workspaceId, id) => kept.find(workspaceId, id),
    read: (upload, task) =>
      work(nothing, async (stop) => {
        const result = await task(stop).finally(() => kept.assertKept(upload));
        return { result };
      }),
    importOnce: (upload, start) =>
      kept.importOnce(upload, () =>
        work(nothing, async (stop) => {
          const { result, until } = await start(stop);
          return { result, until: until.catch(() => {}).then(() => kept.endImport(upload)) };
        }),
      ),
    close: async (graceMs) => {
      const ended = () => Promise.race([Promise.allSettled(underWay), wait(graceMs)]);
      await ended();
      stopping.abort(new DomainError('SERVER_STOPPED', 'the server was stopped: send the file again'));
      await ended();
      await kept.clear();
    },
  };
}

/** Files are named after the process that receives them. */
async function removeLeftovers(folder: string): Promise<void> {
  const names = await readdir(folder).catch(() => []);
  const left = names.filter((name) => {
    const pid = Number(/^(\d+)-[\da-f-]{36}$/.exec(name)?.[1]);
    return pid === process.pid || (pid > 0 && !isRunning(pid));
  });
  await Promise.all(left.map((name) => rm(join(folder, name), { force: true })));
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

const wait = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms).unref());
