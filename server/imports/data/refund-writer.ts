import type pg from 'pg';
import { type Columns, columnNames, columnsOf, insertion, unnest } from '../../store/unnest.ts';
import type { JobScope } from './import-batch.ts';
import type { OrderOrRefund } from './order-batch.ts';
import type { Written } from './order-writer.ts';

const toRefund = ({ at, ...refund }: OrderOrRefund) => ({ ...refund, refundedAt: at });

const REFUND: Columns<Omit<ReturnType<typeof toRefund>, 'kind' | 'key' | 'channel' | 'country' | 'lines'>> = {
  customerId: 'uuid',
  id: 'uuid',
  externalId: 'text',
  refundedAt: 'timestamptz',
  amount: 'numeric(18, 4)',
  cost: 'numeric(18, 4)',
};
const REFUND_VALUES = columnNames(REFUND, ['customer_id', 'id', 'external_id']);

/** Stores new refunds. What is there of one stays as it is until the end of the file. */
export async function insertRefunds(
  tx: pg.PoolClient,
  { workspaceId, jobId, currency }: JobScope,
  refunds: readonly OrderOrRefund[],
): Promise<Written> {
  if (refunds.length === 0) return { newIds: [], customerIds: [] };
  const same = { workspace_id: workspaceId, import_job_id: jobId, currency };
  const { rows } = await tx.query<{ id: string; customer_id: string }>(
    insertion('refund', same, REFUND, refunds.map(toRefund), 'on conflict do nothing returning id, customer_id'),
  );
  return { newIds: rows.map(({ id }) => id), customerIds: rows.map(({ customer_id }) => customer_id) };
}

/** Updates refunds to their state in the whole file. @returns Customers of the refunds that have changed. */
export async function settleRefunds(
  tx: pg.PoolClient,
  { workspaceId }: JobScope,
  refunds: readonly OrderOrRefund[],
): Promise<readonly string[]> {
  if (refunds.length === 0) return [];
  const found = columnsOf('d', REFUND_VALUES);
  const { rows } = await tx.query<{ customer_id: string }>(
    `update refund r set (${REFUND_VALUES.join(', ')}) = (${found}) from ${unnest(REFUND, 2)}
     where r.workspace_id = $1 and r.customer_id = d.customer_id and r.id = d.id
       and (${columnsOf('r', REFUND_VALUES)}) is distinct from (${found})
     returning r.customer_id`,
    [workspaceId, ...unnest.values(REFUND, refunds.map(toRefund))],
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
     update customer set history_version = history_version + 1 where workspace_id = $1 and id in (select customer_id from linked)`,
    [workspaceId],
  );
}
