import type { Pool } from 'pg';

import { placementId } from '../../domain/ids.ts';
import { MOST_PLACEMENTS, type Placement, type PlacementRules } from '../placement.ts';

/** Columns of PlacementRules. An empty list stands for all. */
const RULES = `name, nullif(kinds, '{}') as kinds, nullif(categories, '{}') as categories,
  trim_scale(minimum_price)::text as "minimumPrice", trim_scale(maximum_price)::text as "maximumPrice",
  not_bought_within_days as "notBoughtWithinDays", most_per_category as "mostPerCategory", fallback,
  control_share as "controlShare"`;

/** Names of the workspace's placements, in their order. */
export async function placementNames(pool: Pool, workspaceId: string): Promise<string[]> {
  const { rows } = await pool.query<{ name: string }>(
    'select name from recommendation_placement where workspace_id = $1 order by name',
    [workspaceId],
  );
  return rows.map(({ name }) => name);
}

/** Creates or replaces the placement of this name; null where that would be one more than a workspace may have. */
export async function upsertPlacement(
  pool: Pool,
  workspaceId: string,
  rules: PlacementRules,
  now: Date,
): Promise<Placement | null> {
  const { rows } = await pool.query<Placement>(
    `insert into recommendation_placement (id, workspace_id, name, kinds, categories, minimum_price, maximum_price,
       not_bought_within_days, most_per_category, fallback, control_share, created_at, updated_at)
     select $1::uuid, $2::uuid, $3::text, $4::text[], $5::text[], $6::numeric, $7::numeric, $8::int, $9::int, $10::text, $11::float8,
       $12::timestamptz, $12::timestamptz
     where (select count(*) from recommendation_placement where workspace_id = $2 and name <> $3) < ${MOST_PLACEMENTS}
     on conflict (id) do update set kinds = excluded.kinds, categories = excluded.categories,
       minimum_price = excluded.minimum_price, maximum_price = excluded.maximum_price,
       not_bought_within_days = excluded.not_bought_within_days, most_per_category = excluded.most_per_category,
       fallback = excluded.fallback, control_share = excluded.control_share, updated_at = excluded.updated_at
     returning ${RULES}, updated_at as "updatedAt"`,
    [
      placementId(workspaceId, rules.name),
      workspaceId,
      rules.name,
      rules.kinds ?? [],
      rules.categories ?? [],
      rules.minimumPrice,
      rules.maximumPrice,
      rules.notBoughtWithinDays,
      rules.mostPerCategory,
      rules.fallback,
      rules.controlShare,
      now,
    ],
  );
  return rows[0] ?? null;
}

/** Removes the placement of this name. @returns Whether there was one. */
export async function deletePlacement(pool: Pool, workspaceId: string, name: string): Promise<boolean> {
  const { rowCount } = await pool.query('delete from recommendation_placement where workspace_id = $1 and name = $2', [
    workspaceId,
    name,
  ]);
  return rowCount === 1;
}

/** A statement of some of a workspace's placements as JSON, and of the names of all. Takes placeholders. */
export const placementsJson = (workspace: string, names: string): string =>
  `select coalesce(json_agg(p), '[]') as placements, (select coalesce(array_agg(name order by name), '{}')
     from recommendation_placement where workspace_id = ${workspace}) as names
   from (select ${RULES} from recommendation_placement where workspace_id = ${workspace} and name = any(${names}::text[])) p`;
