import { DomainError } from '../domain/errors.ts';
import { SCOPES } from '../domain/scopes.ts';
import type { Database } from '../store/database.ts';
import { hashKey, isWellFormedKey } from './api-key.ts';
import type { Caller } from './caller.ts';
import { findKey, type StoredKey } from './data/api-keys.ts';

interface Dependencies {
  readonly pool: Database['pool'];
  readonly pepper: string;
  readonly now: Date;
}

/**
 * Finds out who asks, in one statement.
 * @param text The key as the request gave it; null when it gave none.
 * @throws DomainError UNAUTHENTICATED with what is wrong with the key and what is expected.
 */
export async function authenticate({ pool, pepper, now }: Dependencies, text: string | null): Promise<Caller> {
  if (text === null) throw refusal('this request has no API key');
  if (!isWellFormedKey(text)) throw refusal('the API key is mistyped or cut off');
  const found = await findKey(pool, hashKey(text, pepper));
  if (found === null) throw refusal('the API key is unknown');
  assertUsable(found, now);
  const { key, workspace } = found;
  return { key: key.kind === 'SECRET' ? { ...key, scopes: SCOPES } : key, workspace };
}

function assertUsable({ revokedAt, expiresAt }: StoredKey, now: Date): void {
  if (revokedAt !== null) throw unauthenticated('the API key was revoked: create another');
  if (expiresAt !== null && expiresAt <= now) throw unauthenticated('the API key has expired: create another');
}

const refusal = (what: string) =>
  unauthenticated(`${what}: expected the header "Authorization: Bearer KEY" or "X-API-Key: KEY"`);

const unauthenticated = (message: string) => new DomainError('UNAUTHENTICATED', message);
