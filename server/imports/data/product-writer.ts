import type pg from 'pg';
import { type Columns, columnNames, columnsOf, insertion, unnest } from '../../store/unnest.ts';
import type { JobScope } from './import-batch.ts';
import type { ProductDetails } from './order-batch.ts';

export async function insertProducts(
  tx: pg.PoolClient,
  { workspaceId }: JobScope,
  products: readonly ProductDetails[],
): Promise<void> {
  if (products.length === 0) return;
  const columns: Columns<ProductDetails> = { id: 'uuid', externalId: 'text', name: 'text', category: 'text' };
  const same = { workspace_id: workspaceId };
  await tx.query(insertion('product', same, columns, products, 'on conflict do nothing'));
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
  readonly inStock: boolean | null;
  readonly isExcluded: boolean | null;
}

const CATALOGUE: Columns<CatalogueRow> = {
  id: 'uuid',
  externalId: 'text',
  name: 'text',
  category: { repeated: 'text' },
  price: 'numeric(14, 4)',
  unitCost: 'numeric(14, 4)',
  inStock: 'bool',
  isExcluded: 'bool',
};

const CATALOGUE_VALUES = columnNames(CATALOGUE, ['id', 'external_id']);
const LATEST_VALUES = CATALOGUE_VALUES.map((name) => `coalesce(d.${name}, p.${name})`).join(', ');

/** Stores products, each at most once in the list, whether anybody has bought them or not. */
export async function writeCatalogue(
  tx: pg.PoolClient,
  job: JobScope,
  products: readonly CatalogueRow[],
): Promise<void> {
  if (products.length === 0) return;
  await insertProducts(tx, job, products);
  await tx.query(
    `update product p set (${CATALOGUE_VALUES.join(', ')}) = (${LATEST_VALUES}) from ${unnest(CATALOGUE, 2)}
     where p.workspace_id = $1 and p.id = d.id and (${columnsOf('p', CATALOGUE_VALUES)}) is distinct from (${LATEST_VALUES})`,
    [job.workspaceId, ...unnest.values(CATALOGUE, products)],
  );
}
