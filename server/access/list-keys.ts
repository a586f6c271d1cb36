import type { Database } from '../store/database.ts';

/** The workspace's keys, oldest first, revoked ones included; never the keys themselves or their hashes. */
export const listKeys = (prisma: Database['prisma'], workspaceId: string) =>
  prisma.apiKey.findMany({
    where: { workspaceId },
    orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
    omit: { hash: true, workspaceId: true },
  });
