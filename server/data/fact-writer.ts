import type pg from 'pg';

import {
  DOCUMENT,
  type DocumentRow,
  type FactBatch,
  type JobScope,
  type NewCustomer,
  type ProductDetails,
  type RejectedRowInput,
} from './fact-batch.ts';
import { writeOrders } from './order-writer.ts';
import { inTransaction } from './transaction.ts';
import { type Columns, unnest } from './unnest.ts';

/** Stores one batch of an import: all of it or nothing. What is there already, unchanged, is not written again. */
export function writeFacts(pool: pg.Pool, job: JobScope, batch: FactBatch): Promise<void> {
  return inTransaction(pool, async (tx) => {
    await insertProducts(tx, job, batch.products);
    await insertCustomers(tx, job, batch.customers);
    const orders = batch.documents.filter(({ kind }) => kind === 'order');
    const refunds = batch.documents.filter(({ kind }) => kind === 'refund');
    const changed = [...(await writeOrders(tx, job, orders, batch.lines)), ...(await upsertRefunds(tx, job, refunds))];
    await markChanged(tx, job, changed, batch.documents);
    await insertRejected(tx, job, batch.rejected);
    await tx.query(
      'update import_job set rows = $3, accepted = $4, heartbeat_at = now() where id = $1 and workspace_id = $2',
      [job.jobId, job.workspaceId, batch.rows, batch.accepted],
    );
  });
}

async function insertProducts(
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

async function insertCustomers(
  tx: pg.PoolClient,
  { workspaceId }: JobScope,
  customers: readonly NewCustomer[],
): Promise<void> {
  if (customers.length === 0) return;
  const columns: Columns<NewCustomer> = { id: 'uuid', externalId: 'text', day: 'date' };
  await tx.query(
    `insert into customer (id, workspace_id, external_id, last_fact_on)
     select id, $1, "externalId", day from ${unnest(columns, 2)} on conflict do nothing`,
    [workspaceId, ...unnest.values(columns, customers)],
  );
}

async function upsertRefunds(
  tx: pg.PoolClient,
  job: JobScope,
  refunds: readonly DocumentRow[],
): Promise<readonly string[]> {
  if (refunds.length === 0) return [];
  const { rows } = await tx.query<{ customer_id: string }>(
    `insert into refund as r (customer_id, id, workspace_id, import_job_id, external_id, refunded_at, currency, amount, cost)
     select "customerId", id, $1, $2, "externalId", at, $3, amount, cost from ${unnest(DOCUMENT, 4)}
     on conflict (customer_id, id) do update set refunded_at = excluded.refunded_at, amount = excluded.amount, cost = excluded.cost
     where (r.refunded_at, r.amount, r.cost) is distinct from (excluded.refunded_at, excluded.amount, excluded.cost)
     returning customer_id`,
    [job.workspaceId, job.jobId, job.currency, ...unnest.values(DOCUMENT, refunds)],
  );
  return rows.map(({ customer_id }) => customer_id);
}

async function markChanged(
  tx: pg.PoolClient,
  { workspaceId }: JobScope,
  changed: readonly string[],
  documents: readonly DocumentRow[],
): Promise<void> {
  const latest = new Map(changed.map((id) => [id, new Date(0)]));
  if (latest.size === 0) return;
  for (const { customerId, at } of documents) {
    const known = latest.get(customerId);
    if (known !== undefined && at > known) latest.set(customerId, at);
  }
  const columns = { id: 'uuid', at: 'timestamptz' } as const;
  await tx.query(
    `update customer c set fact_version = c.fact_version + 1, last_fact_on = greatest(c.last_fact_on, (d.at at time zone 'UTC')::date)
     from ${unnest(columns, 2)} where c.workspace_id = $1 and c.id = d.id`,
    [
      workspaceId,
      ...unnest.values(
        columns,
        [...latest].map(([id, at]) => ({ id, at })),
      ),
    ],
  );
}

async function insertRejected(
  tx: pg.PoolClient,
  { jobId, workspaceId }: JobScope,
  rejected: readonly RejectedRowInput[],
): Promise<void> {
  if (rejected.length === 0) return;
  const columns: Columns<RejectedRowInput> = {
    line: 'int',
    reason: { repeated: 'text' },
    detail: { repeated: 'text' },
    raw: 'text',
  };
  await tx.query(
    `insert into rejected_row (import_job_id, workspace_id, line_no, reason, detail, raw)
     select $1, $2, line, reason, detail, raw from ${unnest(columns, 3)}`,
    [jobId, workspaceId, ...unnest.values(columns, rejected)],
  );
}
