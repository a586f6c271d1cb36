import type { Pool } from 'pg';
import { DomainError } from '../domain/errors.ts';
import { withoutEmptyLists } from '../domain/filter.ts';
import { upsertPlacement } from './data/placements.ts';
import { assertPlacement, MOST_PLACEMENTS, type Placement, type PlacementRules } from './placement.ts';

interface Dependencies {
  readonly pool: Pool;
  readonly now: Date;
}

/** Creates or replaces the placement of this name. @throws DomainError naming the argument that is not acceptable. */
export async function savePlacement(
  { pool, now }: Dependencies,
  workspaceId: string,
  asked: PlacementRules,
): Promise<Placement> {
  const rules = withoutEmptyLists(asked);
  assertPlacement(rules);
  const saved = await upsertPlacement(pool, workspaceId, rules, now);
  if (saved !== null) return saved;
  const message = `a workspace has ${MOST_PLACEMENTS} placements at most: delete one that shows nothing any more`;
  throw new DomainError('TOO_MANY_PLACEMENTS', message, ['name']);
}
