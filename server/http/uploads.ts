import { randomUUID } from 'node:crypto';
import { mkdir, open, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';

import { DomainError } from '../domain/errors.ts';

/** Files that clients send, each on disk until its import has ended. */
export interface Uploads {
  /** Writes the body of a request to a file and works on it. @throws DomainError FILE_TOO_LARGE or TOO_MANY_IMPORTS. */
  receive(request: Request, work: (path: string, stop: AbortSignal) => Promise<Received>): Promise<Response>;
  /** Waits for the imports that are under way, then stops them. @param graceMs How long it waits each time. */
  close(graceMs: number): Promise<void>;
}

export interface Received {
  readonly response: Response;
  /** The file stays until this has settled; it is removed at once where nothing goes on. */
  readonly until?: Promise<unknown>;
}

/** Files that may be received or stored at a time: each import has memory of its own. */
const MOST_AT_ONCE = 4;

/** Removes what a server that was killed left behind in the folder. */
export async function openUploads({
  folder,
  byteLimit,
}: {
  readonly folder: string;
  readonly byteLimit: number;
}): Promise<Uploads> {
  await removeLeftovers(folder);
  const underWay = new Set<Promise<unknown>>();
  const stopping = new AbortController();
  let files = 0;

  async function receive(request: Request, work: Parameters<Uploads['receive']>[1]): Promise<Response> {
    if (files >= MOST_AT_ONCE) {
      throw new DomainError('TOO_MANY_IMPORTS', `${files} files are being imported: try again when one is done`);
    }
    files++;
    const path = join(folder, `${process.pid}-${randomUUID()}`);
    const remove = async () => {
      files--;
      await rm(path, { force: true });
    };
    try {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      await spool(request, path, byteLimit);
      const { response, until } = await work(path, stopping.signal);
      if (until === undefined) await remove();
      else {
        const rest: Promise<unknown> = until
          .catch(() => {})
          .then(remove)
          .finally(() => underWay.delete(rest));
        underWay.add(rest);
      }
      return response;
    } catch (error) {
      await remove();
      throw error;
    }
  }

  return {
    receive,
    close: async (graceMs) => {
      const ended = () => Promise.race([Promise.allSettled(underWay), wait(graceMs)]);
      await ended();
      stopping.abort(new DomainError('SERVER_STOPPED', 'the server was stopped: send the file again'));
      await ended();
    },
  };
}

/** A stream that is given up is left unread: to cancel it would cut the connection, and with it the answer. */
async function spool(request: Request, path: string, byteLimit: number): Promise<void> {
  if (Number(request.headers.get('content-length') ?? 0) > byteLimit) throw tooLarge(byteLimit);
  const file = await open(path, 'wx', 0o600);
  try {
    const reader = request.body?.getReader();
    let bytes = 0;
    for (;;) {
      const chunk = await reader?.read().catch(() => null);
      if (chunk === null || request.signal.aborted) throw cutOff();
      if (chunk?.value === undefined) return;
      bytes += chunk.value.byteLength;
      if (bytes > byteLimit) throw tooLarge(byteLimit);
      await file.writeFile(chunk.value);
    }
  } finally {
    await file.close();
  }
}

const tooLarge = (byteLimit: number) =>
  new DomainError(
    'FILE_TOO_LARGE',
    `the file is larger than ${byteLimit} bytes: send it compressed (gzip) or in parts`,
  );

const cutOff = () => new DomainError('UPLOAD_CUT_OFF', 'the connection ended before the file did: send it again');

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
