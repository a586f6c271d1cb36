import type { Database } from '../data/database.ts';
import { DomainError } from '../domain/errors.ts';

/**
 * Makes a key useless from now on; a key that was revoked before keeps its first date.
 * @throws DomainError KEY_NOT_FOUND when the workspace has no such key.
 */
export async function revokeKey(
  { prisma, now }: { readonly prisma: Database['prisma']; readonly now: Date },
  workspaceId: string,
  id: string,
): Promise<void> {
  const { count } = await prisma.apiKey.updateMany({
    where: { id, workspaceId, revokedAt: null },
    data: { revokedAt: now },
  });
  if (count === 0 && (await prisma.apiKey.count({ where: { id, workspaceId } })) === 0) {
    throw new DomainError('KEY_NOT_FOUND', `no API key ${id} in this workspace`, ['id']);
  }
}
