import type { Pool } from 'pg';
import { type ProductRow, scoredProductJson, scoreOf } from '../../customers/data/product-columns.ts';
import { grouped } from '../../store/sql/aligned.ts';
import type { WorkspaceView } from '../../store/workspace-view.ts';

export type NeighborKind = 'BOUGHT_TOGETHER' | 'SIMILAR';

export interface NeighborKey {
  readonly productId: string;
  readonly kind: NeighborKind;
  /** How many are asked for. */
  readonly first: number;
}

export interface NeighborRow {
  readonly product: ProductRow;
  /** In [0, 1], larger is nearer. */
  readonly score: number;
  /** Customers who bought both. */
  readonly customers: number;
  readonly lift: number;
}

export const neighborKey = ({ productId, kind, first }: NeighborKey): string => `${productId}/${kind}/${first}`;

/** The neighbours of each product by the published run, nearest first, without those that may not be recommended now. */
export async function findNeighbors(
  pool: Pool,
  { workspaceId, runId }: WorkspaceView,
  keys: readonly NeighborKey[],
): Promise<NeighborRow[][]> {
  if (runId === null) return keys.map(() => []);
  const { rows } = await pool.query<NeighborRow & NeighborKey>(
    `select k.product_id as "productId", k.kind, k.first, n.score, n.customers, n.lift, n.product
     from unnest($3::uuid[], $4::text[], $5::int[]) k(product_id, kind, first)
     cross join lateral (
       select n.rank, n.score, n.customers, n.lift, ${scoredProductJson('p', 's')} as product
       from product_neighbor n
       join product p on p.id = n.neighbor_id and p.workspace_id = n.workspace_id and p.in_stock and not p.is_excluded
       ${scoreOf('p', 's', '$2')}
       where n.workspace_id = $1 and n.run_id = $2 and n.product_id = k.product_id and n.kind = k.kind
       order by n.rank limit k.first) n
     order by n.rank`,
    [
      workspaceId,
      runId,
      keys.map(({ productId }) => productId),
      keys.map(({ kind }) => kind),
      keys.map(({ first }) => first),
    ],
  );
  return grouped(keys.map(neighborKey), rows, neighborKey);
}
