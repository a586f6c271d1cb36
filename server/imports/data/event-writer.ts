import type pg from 'pg';

import type { ProductEventKind } from '../../domain/product-events.ts';
import { type Columns, unnest } from '../../store/unnest.ts';
import { insertVisitors } from './customer-writer.ts';
import type { JobScope } from './import-batch.ts';
import type { NewCustomer, ProductDetails } from './order-batch.ts';
import { insertProducts } from './product-writer.ts';

export interface EventRow {
  readonly customerId: string;
  readonly id: string;
  readonly productId: string;
  readonly kind: ProductEventKind;
  readonly at: Date;
}

export interface EventBatch {
  readonly customers: readonly NewCustomer[];
  readonly products: readonly ProductDetails[];
  readonly events: readonly EventRow[];
}

const EVENT: Columns<EventRow> = {
  customerId: { repeated: 'uuid' },
  id: 'uuid',
  productId: { repeated: 'uuid' },
  kind: { repeated: 'text' },
  at: 'timestamptz',
};

/** Stores events with the customers and products that nothing else has named yet. Summaries hold: they are made of orders alone. */
export async function writeEvents(
  tx: pg.PoolClient,
  job: JobScope,
  { customers, products, events }: EventBatch,
): Promise<void> {
  await insertProducts(tx, job, products);
  await insertVisitors(tx, job, customers);
  if (events.length === 0) return;
  await tx.query(
    `insert into product_event (customer_id, id, workspace_id, product_id, kind, at)
     select "customerId", id, $1, "productId", kind, at from ${unnest(EVENT, 2)} on conflict do nothing`,
    [job.workspaceId, ...unnest.values(EVENT, events)],
  );
}
