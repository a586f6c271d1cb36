import type pg from 'pg';

import type { DocumentRow, FactBatch, LineRow, NewCustomer, ProductDetails, RejectedRowInput } from './fact-batch.ts';
import { inTransaction } from './transaction.ts';
import { type Columns, unnest } from './unnest.ts';

export interface JobScope {
  readonly jobId: string;
  readonly workspaceId: string;
  readonly currency: string;
}

/** Stores one batch of an import: all of it or nothing. What is there already, unchanged, is not written again. */
export function writeFacts(pool: pg.Pool, job: JobScope, batch: FactBatch): Promise<void> {
  return inTransaction(pool, async (tx) => {
    await insertProducts(tx, job, batch.products);
    await insertCustomers(tx, job, batch.customers);
    const changed = [
      ...(await upsertOrders(
        tx,
        job,
        batch.documents.filter(({ kind }) => kind === 'order'),
      )),
      ...(await upsertRefunds(
        tx,
        job,
        batch.documents.filter(({ kind }) => kind === 'refund'),
      )),
      ...(await upsertLines(tx, job, batch.lines)),
    ];
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

const DOCUMENT: Columns<Omit<DocumentRow, 'kind'>> = {
  customerId: 'uuid',
  id: 'uuid',
  externalId: 'text',
  at: 'timestamptz',
  amount: 'numeric',
  cost: 'numeric',
  channel: 'text',
  country: 'text',
  lines: 'int',
};

type Changed = { readonly customer_id: string };
type Shortened = Changed & { readonly id: string; readonly line_count: number };

async function upsertOrders(
  tx: pg.PoolClient,
  job: JobScope,
  orders: readonly DocumentRow[],
): Promise<readonly Changed[]> {
  if (orders.length === 0) return [];
  const { rows } = await tx.query<Shortened & { readonly rewritten: boolean }>(
    `insert into "order" as o
       (customer_id, id, workspace_id, import_job_id, external_id, placed_at, currency, amount, cost, channel, country, line_count)
     select "customerId", id, $1, $2, "externalId", at, $3, amount, cost, channel, country, lines from ${unnest(DOCUMENT, 4)}
     on conflict (customer_id, id) do update
       set placed_at = excluded.placed_at, amount = excluded.amount, cost = excluded.cost, channel = excluded.channel,
           country = excluded.country, line_count = excluded.line_count
     where (o.placed_at, o.amount, o.cost, o.channel, o.country, o.line_count)
       is distinct from (excluded.placed_at, excluded.amount, excluded.cost, excluded.channel, excluded.country, excluded.line_count)
     returning customer_id, id, line_count, xmax <> 0 as rewritten`,
    [job.workspaceId, job.jobId, job.currency, ...unnest.values(DOCUMENT, orders)],
  );
  // An order that the shop has shortened since an earlier import loses the lines it no longer has.
  const columns: Columns<Shortened> = { customer_id: 'uuid', id: 'uuid', line_count: 'int' };
  const rewritten = rows.filter((row) => row.rewritten);
  if (rewritten.length > 0) {
    await tx.query(
      `delete from order_line l using ${unnest(columns, 2)}
       where l.workspace_id = $1 and l.customer_id = d.customer_id and l.order_id = d.id and l.line_no > d.line_count`,
      [job.workspaceId, ...unnest.values(columns, rewritten)],
    );
  }
  return rows;
}

async function upsertRefunds(
  tx: pg.PoolClient,
  job: JobScope,
  refunds: readonly DocumentRow[],
): Promise<readonly Changed[]> {
  if (refunds.length === 0) return [];
  const { rows } = await tx.query<Changed>(
    `insert into refund as r (customer_id, id, workspace_id, import_job_id, external_id, refunded_at, currency, amount, cost)
     select "customerId", id, $1, $2, "externalId", at, $3, amount, cost from ${unnest(DOCUMENT, 4)}
     on conflict (customer_id, id) do update set refunded_at = excluded.refunded_at, amount = excluded.amount, cost = excluded.cost
     where (r.refunded_at, r.amount, r.cost) is distinct from (excluded.refunded_at, excluded.amount, excluded.cost)
     returning customer_id`,
    [job.workspaceId, job.jobId, job.currency, ...unnest.values(DOCUMENT, refunds)],
  );
  return rows;
}

async function upsertLines(
  tx: pg.PoolClient,
  { workspaceId }: JobScope,
  lines: readonly LineRow[],
): Promise<readonly Changed[]> {
  if (lines.length === 0) return [];
  const columns: Columns<LineRow> = {
    customerId: 'uuid',
    orderId: 'uuid',
    lineNo: 'int',
    productId: 'uuid',
    quantity: 'numeric',
    unitPrice: 'numeric',
    discount: 'numeric',
    unitCost: 'numeric',
  };
  const { rows } = await tx.query<Changed>(
    `with written as (
       insert into order_line as l (customer_id, order_id, line_no, workspace_id, product_id, quantity, unit_price, discount, unit_cost)
       select "customerId", "orderId", "lineNo", $1, "productId", quantity, "unitPrice", discount, "unitCost" from ${unnest(columns, 2)}
       on conflict (customer_id, order_id, line_no) do update
         set product_id = excluded.product_id, quantity = excluded.quantity, unit_price = excluded.unit_price,
             discount = excluded.discount, unit_cost = excluded.unit_cost
       where (l.product_id, l.quantity, l.unit_price, l.discount, l.unit_cost)
         is distinct from (excluded.product_id, excluded.quantity, excluded.unit_price, excluded.discount, excluded.unit_cost)
       returning customer_id)
     select distinct customer_id from written`,
    [workspaceId, ...unnest.values(columns, lines)],
  );
  return rows;
}

async function markChanged(
  tx: pg.PoolClient,
  { workspaceId }: JobScope,
  changed: readonly Changed[],
  documents: readonly DocumentRow[],
): Promise<void> {
  const latest = new Map(changed.map(({ customer_id }) => [customer_id, new Date(0)]));
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
  const columns: Columns<RejectedRowInput> = { line: 'int', reason: 'text', detail: 'text', raw: 'text' };
  await tx.query(
    `insert into rejected_row (import_job_id, workspace_id, line_no, reason, detail, raw)
     select $1, $2, line, reason, detail, raw from ${unnest(columns, 3)}`,
    [jobId, workspaceId, ...unnest.values(columns, rejected)],
  );
}
