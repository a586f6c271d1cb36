import { randomInt, randomUUID } from 'node:crypto';
import { DomainError } from '../domain/errors.ts';
import { isReadScope, isScope, SCOPES, type Scope } from '../domain/scopes.ts';
import type { Database } from '../store/database.ts';
import { BASE62, formatKey, hashKey, KEY_SECRET_LENGTH, type KeyKind } from './api-key.ts';

export interface NewKey {
  /** What people call it, 1 to 100 characters. */
  readonly name: string;
  readonly kind: KeyKind;
  /** Ignored for a secret key, which has all. */
  readonly scopes: readonly string[];
  /** Pages that may use a publishable key: `https://admin.example.com`. */
  readonly origins: readonly string[];
  readonly expiresAt: Date | null;
}

export interface CreatedKey {
  readonly id: string;
  /** The key itself: shown now and never again. */
  readonly key: string;
  readonly scopes: readonly Scope[];
}

interface Dependencies {
  readonly prisma: Database['prisma'];
  readonly pepper: string;
  readonly now: Date;
}

/**
 * Makes an API key of a workspace; only its hash is stored.
 * @param creator Scopes of whoever makes it: the key gets none beyond these. The command line has all.
 * @throws DomainError naming the argument that is not acceptable.
 */
export async function createKey(
  { prisma, pepper, now }: Dependencies,
  workspaceId: string,
  input: NewKey,
  creator: readonly Scope[] = SCOPES,
): Promise<CreatedKey> {
  const name = input.name.trim();
  if (name === '' || name.length > 100)
    throw new DomainError('BAD_NAME', 'expected a name of 1 to 100 characters', ['name']);
  if (input.expiresAt !== null && !(input.expiresAt > now)) {
    throw new DomainError('BAD_EXPIRY', 'expected a time in the future', ['expiresAt']);
  }
  const scopes = acceptedScopes(input);
  const lacking = scopes.filter((scope) => !creator.includes(scope));
  if (lacking.length > 0) {
    throw new DomainError('SCOPE_NOT_HELD', `a key cannot give scopes that its creator lacks: ${lacking.join(', ')}`, [
      'scopes',
    ]);
  }
  const key = formatKey(input.kind, randomSecret());
  const id = randomUUID();
  await prisma.apiKey.create({
    data: {
      id,
      workspaceId,
      name,
      kind: input.kind,
      scopes: [...scopes],
      origins: acceptedOrigins(input),
      lastFour: key.slice(-4),
      hash: hashKey(key, pepper),
      createdAt: now,
      expiresAt: input.expiresAt,
    },
  });
  return { id, key, scopes };
}

function acceptedScopes({ kind, scopes }: NewKey): readonly Scope[] {
  if (kind === 'SECRET') return SCOPES;
  if (scopes.length === 0) throw new DomainError('BAD_SCOPE', 'expected at least one scope', ['scopes']);
  return [...new Set(scopes)].map((scope) => {
    if (!isScope(scope)) {
      throw new DomainError('BAD_SCOPE', `"${scope}" is no scope: expected ${SCOPES.join(', ')}`, ['scopes']);
    }
    if (kind === 'PUBLISHABLE' && !isReadScope(scope)) {
      throw new DomainError('BAD_SCOPE', `a publishable key can only read: "${scope}" is not for web pages`, [
        'scopes',
      ]);
    }
    return scope;
  });
}

function acceptedOrigins({ kind, origins }: NewKey): string[] {
  if (kind !== 'PUBLISHABLE') {
    if (origins.length > 0) throw new DomainError('BAD_ORIGIN', 'only a publishable key has origins', ['origins']);
    return [];
  }
  if (origins.length === 0) {
    throw new DomainError('BAD_ORIGIN', 'a publishable key needs the origins of the pages that use it', ['origins']);
  }
  return origins.map((origin) => {
    if (!/^https?:/.test(origin) || !URL.canParse(origin) || new URL(origin).origin !== origin) {
      throw new DomainError('BAD_ORIGIN', `"${origin}" is no origin: expected one such as https://admin.example.com`, [
        'origins',
      ]);
    }
    return origin;
  });
}

const randomSecret = () => Array.from({ length: KEY_SECRET_LENGTH }, () => BASE62[randomInt(BASE62.length)]).join('');
