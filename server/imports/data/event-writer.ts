import type pg from 'pg';

import type { ProductEventKind } from '../../domain/product-events.ts';
import { type Columns, insertion } from '../../store/sql/unnest.ts';
import { insertVisitors, type Visitor } from './customer-writer.ts';
import type { JobScope } from './import-batch.ts';
import type { ProductDetails } from './order-batch.ts';
import { insertProducts } from './product-writer.ts';

export interface EventRow {
  readonly customerId: string;
  readonly id: string;
  readonly productId: string;
  readonly kind: ProductEventKind;
  readonly at: Date;
}

export interface EventBatch {
  readonly customers: readonly Visitor[];
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
  const same = { workspace_id: job.workspaceId };
  await tx.query(insertion('product_event', same, EVENT, events, 'on conflict do nothing'));
}
