import type { Pool } from 'pg';

import { setGlobalHoldoutShare } from '../access/data/workspaces.ts';
import { assertHoldoutShare } from './campaign-rules.ts';

/** Keeps a share of customers out of campaigns from now on. @throws DomainError BAD_SHARE */
export async function changeHoldoutShare(pool: Pool, workspaceId: string, share: number): Promise<void> {
  assertHoldoutShare(share);
  await setGlobalHoldoutShare(pool, workspaceId, share);
}
