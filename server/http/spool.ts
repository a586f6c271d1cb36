import { open } from 'node:fs/promises';

import { DomainError } from '../domain/errors.ts';

export interface SpoolLimits {
  readonly byteLimit: number;
  /** How long a connection may send nothing. */
  readonly idleMs: number;
}

/**
 * Writes the body of a request to a new file. A stream that is given up is left unread: to cancel it would cut the
 * connection, and with it the answer.
 * @returns Bytes of the file.
 * @throws DomainError FILE_TOO_LARGE, UPLOAD_STALLED or UPLOAD_CUT_OFF.
 */
export async function spool(request: Request, path: string, { byteLimit, idleMs }: SpoolLimits): Promise<number> {
  if (Number(request.headers.get('content-length') ?? 0) > byteLimit) throw tooLarge(byteLimit);
  const file = await open(path, 'wx', 0o600);
  try {
    const reader = request.body?.getReader();
    let bytes = 0;
    for (;;) {
      const chunk = reader && (await within(idleMs, reader.read()).catch(asCutOff));
      if (request.signal.aborted) throw cutOff();
      if (chunk?.value === undefined) return bytes;
      bytes += chunk.value.byteLength;
      if (bytes > byteLimit) throw tooLarge(byteLimit);
      await file.writeFile(chunk.value);
    }
  } finally {
    await file.close();
  }
}

async function within<Value>(ms: number, work: Promise<Value>): Promise<Value> {
  let timer: NodeJS.Timeout | undefined;
  const stalled = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(stall(ms)), ms);
  });
  return Promise.race([work, stalled]).finally(() => clearTimeout(timer));
}

const tooLarge = (byteLimit: number) =>
  new DomainError(
    'FILE_TOO_LARGE',
    `the file is larger than ${byteLimit} bytes: send it compressed (gzip) or in parts`,
  );

const stall = (ms: number) =>
  new DomainError('UPLOAD_STALLED', `no byte of the file came for ${ms / 1000} seconds: send it again`);

const cutOff = () => new DomainError('UPLOAD_CUT_OFF', 'the connection ended before the file did: send it again');

const asCutOff = (error: unknown) => {
  throw error instanceof DomainError ? error : cutOff();
};
