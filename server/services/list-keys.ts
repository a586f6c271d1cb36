import type { ApiKey, PrismaClient } from '../../prisma/generated/client/client.ts';

export type ListedKey = Omit<ApiKey, 'hash' | 'workspaceId'>;

/** The workspace's keys, oldest first, revoked ones included; never the keys themselves or their hashes. */
export const listKeys = (prisma: PrismaClient, workspaceId: string): Promise<ListedKey[]> =>
  prisma.apiKey.findMany({
    where: { workspaceId },
    orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
    omit: { hash: true, workspaceId: true },
  });
