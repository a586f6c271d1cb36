import type pg from 'pg';

import type { JobScope, ProductDetails } from './fact-batch.ts';
import { type Columns, unnest } from './unnest.ts';

export async function insertProducts(
  tx: pg.PoolClient,
  { workspaceId }: JobScope,
  products: readonly ProductDetails[],
): Promise<void> {
  if (products.length === 0) return;
  const columns: Columns<ProductDetails> = { id: 'uuid', externalId: 'text', name: 'text', category: 'text' };
  await tx.query(
    `insert into product (id, workspace_id, external_id, name, category)
     select id, $1, "externalId", name, category from ${unnest(columns, 2)} on conflict do nothing`,
    [workspaceId, ...unnest.values(columns, products)],
  );
}

export async function updateProducts(
  tx: pg.PoolClient,
  { workspaceId }: JobScope,
  products: readonly ProductDetails[],
): Promise<void> {
  const columns: Columns<Omit<ProductDetails, 'externalId'>> = { id: 'uuid', name: 'text', category: 'text' };
  await tx.query(
    `update product p set name = coalesce(d.name, p.name), category = coalesce(d.category, p.category) from ${unnest(columns, 2)}
     where p.workspace_id = $1 and p.id = d.id
       and (coalesce(d.name, p.name), coalesce(d.category, p.category)) is distinct from (p.name, p.category)`,
    [workspaceId, ...unnest.values(columns, products)],
  );
}
