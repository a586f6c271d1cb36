import type pg from 'pg';
import { type Columns, unnest } from '../../store/unnest.ts';
import type { JobScope } from './import-batch.ts';
import type { ProductDetails } from './order-batch.ts';

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

/** A product as the catalogue has it; null leaves what is there. */
export interface CatalogueRow extends ProductDetails {
  readonly price: string | null;
  readonly unitCost: string | null;
  readonly isInStock: boolean | null;
  readonly isExcluded: boolean | null;
}

const CATALOGUE: Columns<CatalogueRow> = {
  id: 'uuid',
  externalId: 'text',
  name: 'text',
  category: { repeated: 'text' },
  price: 'numeric',
  unitCost: 'numeric',
  isInStock: 'bool',
  isExcluded: 'bool',
};

/** Stores products, each at most once in the list, whether anybody has bought them or not. */
export async function writeCatalogue(
  tx: pg.PoolClient,
  job: JobScope,
  products: readonly CatalogueRow[],
): Promise<void> {
  if (products.length === 0) return;
  await insertProducts(tx, job, products);
  await tx.query(
    `update product p set name = d.name, category = d.category, price = d.price, unit_cost = d.unit_cost,
       in_stock = d.in_stock, is_excluded = d.is_excluded
     from (
       select k.id, coalesce(d.name, k.name) as name, coalesce(d.category, k.category) as category,
         coalesce(d.price::numeric(14, 4), k.price) as price, coalesce(d."unitCost"::numeric(14, 4), k.unit_cost) as unit_cost,
         coalesce(d."isInStock", k.in_stock) as in_stock, coalesce(d."isExcluded", k.is_excluded) as is_excluded
       from ${unnest(CATALOGUE, 2)} join product k on k.id = d.id and k.workspace_id = $1) as d
     where p.workspace_id = $1 and p.id = d.id
       and (p.name, p.category, p.price, p.unit_cost, p.in_stock, p.is_excluded)
         is distinct from (d.name, d.category, d.price, d.unit_cost, d.in_stock, d.is_excluded)`,
    [job.workspaceId, ...unnest.values(CATALOGUE, products)],
  );
}
