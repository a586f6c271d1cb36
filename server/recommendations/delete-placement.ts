import type { Pool } from 'pg';

import { deletePlacement as deleteRow, placementNames } from './data/placements.ts';
import { noSuchPlacement } from './placement.ts';

/** Removes a placement. @throws DomainError NO_SUCH_PLACEMENT naming those that exist. */
export async function deletePlacement(pool: Pool, workspaceId: string, name: string): Promise<void> {
  if (await deleteRow(pool, workspaceId, name)) return;
  throw noSuchPlacement(name, await placementNames(pool, workspaceId), 'name');
}
