import type pg from 'pg';
import { type Columns, columnNames, columnsOf, insertion, unnest } from '../../store/sql/unnest.ts';
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

const NAMED: Columns<NamedProduct> = {
  id: 'uuid',
  externalId: 'text',
  name: 'text',
  category: 'text',
  namedAt: 'timestamptz',
};
const NAMED_VALUES = ['name', 'category', 'named_at'];
const isLatest = 'k.named_at is null or excluded.named_at >= k.named_at';
const latest = (name: string) =>
  `case when ${isLatest} then coalesce(excluded.${name}, k.${name}) else coalesce(k.${name}, excluded.${name}) end`;
const LATEST_NAMES = [latest('name'), latest('category'), 'greatest(k.named_at, excluded.named_at)'].join(', ');

/** The latest order's name and category count, in whatever order files come; an older one's only where there is none. */
export async function upsertProducts(
  tx: pg.PoolClient,
  { workspaceId }: JobScope,
  products: readonly NamedProduct[],
): Promise<void> {
  if (products.length === 0) return;
  await tx.query(
    insertion(
      'product as k',
      { workspace_id: workspaceId },
      NAMED,
      products,
      `on conflict (id) do update set (${NAMED_VALUES.join(', ')}) = (${LATEST_NAMES})
         where (${columnsOf('k', NAMED_VALUES)}) is distinct from (${LATEST_NAMES})`,
    ),
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
