import type { TypedDocumentString } from '../generated/graphql.ts';

import type { Session } from './session.ts';

/** Why a request failed, in the ways a reader of the page can do something about. */
export type FailureKind = 'unconfigured' | 'unreachable' | 'refused' | 'failed';

export class RequestFailure extends Error {
  readonly kind: FailureKind;

  constructor(kind: FailureKind, message: string) {
    super(message);
    this.kind = kind;
  }
}

interface Answer<Result> {
  readonly data?: Result | null;
  readonly errors?: readonly { readonly message: string; readonly extensions?: { readonly code?: string } }[];
}

/**
 * Sends one GraphQL document over HTTP.
 * @throws {RequestFailure} when no endpoint is known, it cannot be reached, it refuses the key, or it answers with errors.
 */
export async function request<Result, Variables>(
  { endpoint, token }: Pick<Session, 'endpoint' | 'token'>,
  document: TypedDocumentString<Result, Variables>,
  variables: Variables,
  signal?: AbortSignal,
): Promise<Result> {
  if (endpoint === undefined) throw new RequestFailure('unconfigured', 'no endpoint');
  const headers: Record<string, string> = { 'content-type': 'application/json', accept: 'application/json' };
  if (token !== undefined) headers.authorization = `Bearer ${token}`;
  const body = JSON.stringify({ query: document.toString(), variables });
  const response = await fetch(endpoint, { method: 'POST', headers, body, signal }).catch((error: unknown) => {
    throw new RequestFailure('unreachable', String(error));
  });
  const { data, errors: [error] = [] }: Answer<Result> = await response.json().catch(() => ({}));
  const code = error?.extensions?.code;
  const reason = error ? `${error.message}${code ? ` (${code})` : ''}` : `HTTP ${response.status}`;
  if (response.status === 401 || response.status === 403) throw new RequestFailure('refused', reason);
  if (error || data === undefined || data === null) throw new RequestFailure('failed', reason);
  return data;
}
