import { RequestFailure } from '../shared/client.ts';
import type { Session } from '../shared/session.ts';
import type { Localize } from '../shared/words/localize.ts';

import { besideEndpoint } from './import.data.ts';

interface Answer {
  readonly upload?: string;
  readonly errors?: readonly { readonly message: string; readonly extensions?: { readonly code?: string } }[];
}

/** How long a browser has to begin a download. */
const KEPT_MS = 10_000;

type Server = Pick<Session, 'endpoint' | 'token'>;

/**
 * Sends a file to the server, which keeps it for an hour. XMLHttpRequest shows how much is sent; `fetch` does not.
 * @returns Id of the upload.
 * @throws {RequestFailure} unreachable, or failed with the server's reason. A signal that aborts throws its own reason.
 */
export function sendFile(
  { endpoint = '', token }: Server,
  file: File,
  onSent: (bytes: number) => void,
  signal: AbortSignal,
): Promise<string> {
  const url = besideEndpoint(endpoint, '/uploads', location.href);
  url.searchParams.set('name', file.name);
  return new Promise((resolve, reject) => {
    const sending = new XMLHttpRequest();
    const lost = () => reject(new RequestFailure('unreachable', file.name));
    sending.open('POST', url);
    sending.responseType = 'json';
    if (token !== undefined) sending.setRequestHeader('authorization', `Bearer ${token}`);
    sending.upload.onprogress = ({ loaded }) => onSent(loaded);
    sending.onerror = lost;
    sending.onabort = () => reject(signal.reason);
    sending.onload = () => {
      const { upload, errors: [error] = [] }: Answer = sending.response ?? {};
      const code = error?.extensions?.code;
      if (upload !== undefined) resolve(upload);
      else reject(new RequestFailure('failed', error ? `${error.message} (${code})` : `HTTP ${sending.status}`));
    };
    signal.addEventListener('abort', () => sending.abort(), { once: true });
    sending.send(file);
  });
}

/** Saves a file of the server, which asks for the key in a header: a link could not send it. @throws {RequestFailure} */
export async function saveFile({ endpoint = '', token }: Server, path: string, name: string): Promise<void> {
  const response = await fetch(besideEndpoint(endpoint, path, location.href), {
    headers: token === undefined ? {} : { authorization: `Bearer ${token}` },
  }).catch((error: unknown) => {
    throw new RequestFailure('unreachable', String(error));
  });
  if (!response.ok) throw new RequestFailure('failed', `HTTP ${response.status}`);
  const address = URL.createObjectURL(await response.blob());
  Object.assign(document.createElement('a'), { href: address, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(address), KEPT_MS);
}

/** Why the server did not do what it was asked for, in the server's words or in the reader's. */
export function reasonOf(error: unknown, words: Localize): string {
  if (!(error instanceof RequestFailure)) throw error;
  return error.kind === 'failed' ? error.message : words.term(error.kind);
}
