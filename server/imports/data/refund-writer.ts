import type pg from 'pg';
import { unnest } from '../../store/unnest.ts';
import type { JobScope } from './import-batch.ts';
import { ORDER_OR_REFUND, type OrderOrRefund } from './order-batch.ts';
import type { Written } from './order-writer.ts';

/** Stores new refunds. What is there of one stays as it is until the end of the file. */
export async function insertRefunds(
  tx: pg.PoolClient,
  job: JobScope,
  refunds: readonly OrderOrRefund[],
): Promise<Written> {
  if (refunds.length === 0) return { newIds: [], customerIds: [] };
  const { rows } = await tx.query<{ id: string; customer_id: string }>(
    `insert into refund (customer_id, id, workspace_id, import_job_id, external_id, refunded_at, currency, amount, cost)
     select "customerId", id, $1, $2, "externalId", at, $3, amount, cost from ${unnest(ORDER_OR_REFUND, 4)}
     on conflict do nothing returning id, customer_id`,
    [job.workspaceId, job.jobId, job.currency, ...unnest.values(ORDER_OR_REFUND, refunds)],
  );
  return { newIds: rows.map(({ id }) => id), customerIds: rows.map(({ customer_id }) => customer_id) };
}

/** Brings refunds to what the whole file says of them. @returns Customers of the refunds that have changed. */
export async function settleRefunds(
  tx: pg.PoolClient,
  { workspaceId }: JobScope,
  refunds: readonly OrderOrRefund[],
): Promise<readonly string[]> {
  if (refunds.length === 0) return [];
  const { rows } = await tx.query<{ customer_id: string }>(
    `update refund r set refunded_at = d.at, amount = d.amount, cost = d.cost from ${unnest(ORDER_OR_REFUND, 2)}
     where r.workspace_id = $1 and r.customer_id = d."customerId" and r.id = d.id
       and (r.refunded_at, r.amount, r.cost) is distinct from (d.at, d.amount::numeric(18, 4), d.cost::numeric(18, 4))
     returning r.customer_id`,
    [workspaceId, ...unnest.values(ORDER_OR_REFUND, refunds)],
  );
  return rows.map(({ customer_id }) => customer_id);
}

/** Binds refunds to orders that have come since. */
export async function linkRefunds(tx: pg.PoolClient, { workspaceId }: JobScope): Promise<void> {
  await tx.query(
    `with linked as (
       update refund r set order_id = o.id from "order" o
       where r.workspace_id = $1 and r.order_id is null and o.customer_id = r.customer_id and o.external_id = r.external_id
       returning r.customer_id)
     update customer set fact_version = fact_version + 1 where workspace_id = $1 and id in (select customer_id from linked)`,
    [workspaceId],
  );
}
