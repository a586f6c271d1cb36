import type { Pool } from 'pg';

import { aligned } from '../../store/sql/aligned.ts';
import type { WorkspaceView } from '../../store/workspace-view.ts';
import { type ProductRow, type ProductScore, scoredProductJson, scoreJson, scoreOf } from './product-columns.ts';

/** Products by id with the figures of the published run; null where the workspace has none of that id. */
export async function findProducts(
  pool: Pool,
  { workspaceId, runId }: WorkspaceView,
  ids: readonly string[],
): Promise<(ProductRow | null)[]> {
  const { rows } = await pool.query<{ product: ProductRow }>(
    `select ${scoredProductJson('p', 's')} as product from product p ${scoreOf('p', 's', '$3')}
     where p.workspace_id = $1 and p.id = any($2::uuid[])`,
    [workspaceId, ids, runId],
  );
  return aligned(
    ids,
    rows.map(({ product }) => product),
    ({ id }) => id,
  );
}

/** The figures of products in the published run; null where it has none. */
export async function findProductScores(
  pool: Pool,
  { workspaceId, runId }: WorkspaceView,
  ids: readonly string[],
): Promise<(ProductScore | null)[]> {
  if (runId === null) return ids.map(() => null);
  const { rows } = await pool.query<{ id: string; score: ProductScore }>(
    `select s.product_id as id, ${scoreJson('s')} as score from product_score s
     where s.workspace_id = $1 and s.run_id = $2 and s.product_id = any($3::uuid[])`,
    [workspaceId, runId, ids],
  );
  const scores = new Map(rows.map(({ id, score }) => [id, score]));
  return ids.map((id) => scores.get(id) ?? null);
}
