import { randomUUID } from 'node:crypto';
import type pg from 'pg';

import type { CustomerDetails, JobScope, ProductDetails } from './fact-batch.ts';
import { endOrphans } from './orphans.ts';
import { inTransaction } from './transaction.ts';
import { type Columns, slices, unnest } from './unnest.ts';

export interface JobFigures {
  readonly rows: number;
  readonly accepted: number;
  readonly rejected: Readonly<Record<string, number>>;
  readonly customers: number;
  readonly products: number;
  readonly orders: number;
  readonly refunds: number;
  readonly gross: string;
  readonly net: string;
}

/** Records the start of an import, and that earlier ones which have fallen silent were cut off. */
export async function startJob(
  pool: pg.Pool,
  workspaceId: string,
  file: { readonly name: string; readonly format: string },
): Promise<string> {
  const id = randomUUID();
  await endOrphans(pool, { workspaceId });
  await pool.query(
    "insert into import_job (id, workspace_id, file_name, format, status) values ($1, $2, $3, $4, 'RUNNING')",
    [id, workspaceId, file.name, file.format],
  );
  return id;
}

export async function failJob(pool: pg.Pool, { jobId, workspaceId }: JobScope, reason: string): Promise<void> {
  await pool.query(
    "update import_job set status = 'FAILED', reason = $3, finished_at = now() where id = $1 and workspace_id = $2",
    [jobId, workspaceId, reason],
  );
}

/** Completes an import: the last word on names, refunds bound to orders that came after them, and the figures. */
export function finishJob(
  pool: pg.Pool,
  job: JobScope,
  details: { readonly customers: readonly CustomerDetails[]; readonly products: readonly ProductDetails[] },
  figures: JobFigures,
): Promise<void> {
  return inTransaction(pool, async (tx) => {
    for (const slice of slices(details.products, 10_000)) await updateProducts(tx, job, slice);
    for (const slice of slices(details.customers, 10_000)) await updateCustomers(tx, job, slice);
    await linkRefunds(tx, job);
    await tx.query(
      `update import_job set status = 'DONE', finished_at = now(), rows = $3, accepted = $4, rejected = $5,
         customers = $6, products = $7, orders = $8, refunds = $9, gross = $10, net = $11
       where id = $1 and workspace_id = $2`,
      [
        job.jobId,
        job.workspaceId,
        figures.rows,
        figures.accepted,
        JSON.stringify(figures.rejected),
        figures.customers,
        figures.products,
        figures.orders,
        figures.refunds,
        figures.gross,
        figures.net,
      ],
    );
  });
}

async function updateProducts(
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

/** The file's last word counts, but for the channel: it is the one that won the customer. */
async function updateCustomers(
  tx: pg.PoolClient,
  { workspaceId }: JobScope,
  customers: readonly CustomerDetails[],
): Promise<void> {
  const columns: Columns<CustomerDetails> = {
    id: 'uuid',
    name: 'text',
    email: 'text',
    country: 'text',
    channel: 'text',
  };
  await tx.query(
    `update customer c
     set name = coalesce(d.name, c.name), email = coalesce(d.email, c.email), country = coalesce(d.country, c.country), channel = coalesce(c.channel, d.channel)
     from ${unnest(columns, 2)}
     where c.workspace_id = $1 and c.id = d.id
       and (coalesce(d.name, c.name), coalesce(d.email, c.email), coalesce(d.country, c.country), coalesce(c.channel, d.channel))
         is distinct from (c.name, c.email, c.country, c.channel)`,
    [workspaceId, ...unnest.values(columns, customers)],
  );
}

async function linkRefunds(tx: pg.PoolClient, { workspaceId }: JobScope): Promise<void> {
  await tx.query(
    `with linked as (
       update refund r set order_id = o.id from "order" o
       where r.workspace_id = $1 and r.order_id is null and o.customer_id = r.customer_id and o.external_id = r.external_id
       returning r.customer_id)
     update customer set fact_version = fact_version + 1 where workspace_id = $1 and id in (select customer_id from linked)`,
    [workspaceId],
  );
}
