import type pg from 'pg';
import { type Columns, columnNames, columnsOf, insertion, unnest } from '../../store/unnest.ts';
import type { JobScope } from './import-batch.ts';
import type { NamedProduct, ProductDetails } from './order-batch.ts';

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

/** The latest order's name and category count, in whatever order files come; an older one's only where there is none. */
export async function updateProducts(
  tx: pg.PoolClient,
  { workspaceId }: JobScope,
  products: readonly NamedProduct[],
): Promise<void> {
  const columns: Columns<Omit<NamedProduct, 'externalId'>> = {
    id: 'uuid',
    name: 'text',
    category: 'text',
    namedAt: 'timestamptz',
  };
  await tx.query(
    `update product p set name = n.name, category = n.category, named_at = n.named_at
     from (
       select k.id, case when l.is_latest then coalesce(d.name, k.name) else coalesce(k.name, d.name) end as name,
         case when l.is_latest then coalesce(d.category, k.category) else coalesce(k.category, d.category) end as category,
         greatest(k.named_at, d.named_at) as named_at
       from ${unnest(columns, 2)} join product k on k.id = d.id and k.workspace_id = $1
       cross join lateral (select k.named_at is null or d.named_at >= k.named_at as is_latest) l) n
     where p.workspace_id = $1 and p.id = n.id
       and (p.name, p.category, p.named_at) is distinct from (n.name, n.category, n.named_at)`,
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
