import { DomainError } from '../domain/errors.ts';
import { isUuid } from '../domain/ids.ts';
import type { Database } from '../store/database.ts';

interface Dependencies {
  readonly prisma: Database['prisma'];
  readonly now: Date;
}

/**
 * Makes a key useless from now on; a key that was revoked before keeps its first date.
 * @returns When it was revoked.
 * @throws DomainError KEY_NOT_FOUND when the workspace has no such key.
 */
export async function revokeKey({ prisma, now }: Dependencies, workspaceId: string, id: string): Promise<Date> {
  const found = isUuid(id) && (await prisma.apiKey.findUnique({ where: { id, workspaceId } }));
  if (!found) {
    throw new DomainError(
      'KEY_NOT_FOUND',
      `this workspace has no API key ${id}: list its keys, or choose another workspace`,
      ['id'],
    );
  }
  if (found.revokedAt !== null) return found.revokedAt;
  await prisma.apiKey.updateMany({ where: { id, workspaceId, revokedAt: null }, data: { revokedAt: now } });
  return now;
}

/** Makes all keys of this name useless. */
export async function revokeKeysNamed({ prisma, now }: Dependencies, workspaceId: string, name: string): Promise<void> {
  await prisma.apiKey.updateMany({ where: { workspaceId, name, revokedAt: null }, data: { revokedAt: now } });
}
