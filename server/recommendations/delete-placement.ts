import type { Pool } from 'pg';

import { deletePlacement as deleteRow, listPlacements } from './data/placements.ts';
import { noSuchPlacement } from './placement.ts';

/** Removes a placement. @throws DomainError NO_SUCH_PLACEMENT naming those that exist. */
export async function deletePlacement(pool: Pool, workspaceId: string, name: string): Promise<void> {
  if (await deleteRow(pool, workspaceId, name)) return;
  const placements = await listPlacements(pool, workspaceId);
  throw noSuchPlacement(
    name,
    placements.map((placement) => placement.name),
    'name',
  );
}
