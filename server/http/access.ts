import type { Pool } from 'pg';
import { authenticate } from '../access/authenticate.ts';
import type { Caller } from '../access/caller.ts';
import { isListedOrigin, touchKey } from '../access/data/api-keys.ts';
import { DomainError } from '../domain/errors.ts';

export interface AccessDependencies {
  readonly pool: Pool;
  readonly pepper: string;
  readonly clock: () => Date;
}

const MINUTE = 60_000;

/** The page that a request comes from when that is not one of this server's own; null otherwise. */
export function foreignOrigin(request: Request): string | null {
  const origin = request.headers.get('origin');
  if (origin === null) return null;
  const own = new URL(request.url).host;
  return URL.canParse(origin) && new URL(origin).host === own ? null : origin;
}

/**
 * Finds out who asks, and whether the page they ask from may.
 * @param later Takes work that nobody waits for: noting that the key was used.
 * @throws DomainError UNAUTHENTICATED or ORIGIN_NOT_ALLOWED.
 */
export async function admit(
  { pool, pepper, clock }: AccessDependencies,
  request: Request,
  later: (work: Promise<void>) => void,
): Promise<Caller> {
  const now = clock();
  const caller = await authenticate({ pool, pepper, now }, givenKey(request.headers));
  assertOrigin(caller, foreignOrigin(request));
  const { lastUsedAt } = caller.key;
  if (lastUsedAt === null || now.getTime() - lastUsedAt.getTime() > MINUTE) later(touchKey(pool, caller, now));
  return caller;
}

function givenKey(headers: Headers): string | null {
  const bearer = /^Bearer\s+(\S+)$/i.exec(headers.get('authorization') ?? '')?.[1];
  return bearer ?? headers.get('x-api-key') ?? headers.get('authorization');
}

function assertOrigin({ key }: Caller, origin: string | null): void {
  if (origin === null || (key.kind === 'PUBLISHABLE' && key.origins.includes(origin))) return;
  const why =
    key.kind === 'PUBLISHABLE'
      ? `this key does not list the origin ${origin}`
      : 'a web page of another site can only use a publishable key; keep this one on a server';
  throw new DomainError('ORIGIN_NOT_ALLOWED', why);
}

/** Headers that let a page of this origin read the answer; none unless a usable publishable key lists the origin. */
export async function corsHeaders(
  { pool, clock }: AccessDependencies,
  origin: string,
): Promise<Record<string, string>> {
  return (await isListedOrigin(pool, origin, clock())) ? { 'access-control-allow-origin': origin } : {};
}

/** Answer to a browser that asks whether a page may send its request. */
export async function preflight(dependencies: AccessDependencies, origin: string): Promise<Response> {
  const allowed = await corsHeaders(dependencies, origin);
  return new Response(null, {
    status: 204,
    headers: {
      ...allowed,
      'access-control-allow-methods': 'GET, POST',
      'access-control-allow-headers': 'authorization, content-type, x-api-key',
      'access-control-max-age': '600',
      vary: 'Origin',
    },
  });
}
