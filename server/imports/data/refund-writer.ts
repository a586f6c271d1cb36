import type pg from 'pg';
import { refundId } from '../../domain/ids.ts';
import { type Columns, columnNames, columnsOf, insertion } from '../../store/sql/unnest.ts';
import { columnKey } from '../orders/order-refund.ts';
import { isFromColumn } from '../storing/gather-orders.ts';
import { type Identified, identify } from './identify.ts';
import type { JobScope } from './import-batch.ts';
import type { OrderOrRefund } from './order-batch.ts';

const REFUNDS = { table: 'refund', at: 'refunded_at', idOf: refundId };

const toRefund = ({ customerId, id, number, at, amount, cost, paidCurrency, paidAmount }: Identified) => ({
  customerId,
  id,
  externalId: number,
  refundedAt: at,
  amount,
  cost,
  paidCurrency,
  paidAmount,
});

const REFUND: Columns<ReturnType<typeof toRefund>> = {
  customerId: 'uuid',
  id: 'uuid',
  externalId: 'text',
  refundedAt: 'timestamptz',
  amount: 'numeric(18, 4)',
  cost: 'numeric(18, 4)',
  paidCurrency: { repeated: 'text' },
  paidAmount: 'numeric(18, 4)',
};
const REFUND_VALUES = columnNames(REFUND, ['customer_id', 'id', 'external_id']);

/** Stores refunds, and brings those that are there to what the file has. @returns Customers of new and changed ones. */
export async function writeRefunds(
  tx: pg.PoolClient,
  job: JobScope,
  refunds: readonly OrderOrRefund[],
): Promise<readonly string[]> {
  if (refunds.length === 0) return [];
  const { workspaceId, jobId, currency } = job;
  const columns = refunds.filter(isFromColumn);
  const rows = refunds.filter((refund) => !isFromColumn(refund));
  const replaced = await deleteColumns(tx, job, rows);
  const written = [...rows, ...(await withoutRows(tx, job, columns))];
  if (written.length === 0) return replaced;
  const same = { workspace_id: workspaceId, import_job_id: jobId, currency };
  const found = columnsOf('excluded', REFUND_VALUES);
  const { rows: changed } = await tx.query<{ customer_id: string }>(
    insertion(
      'refund as r',
      same,
      REFUND,
      (await identify(tx, job, REFUNDS, written)).map(toRefund),
      `on conflict (customer_id, id) do update set (import_job_id, ${REFUND_VALUES.join(', ')}) = (excluded.import_job_id, ${found})
         where (${columnsOf('r', REFUND_VALUES)}) is distinct from (${found})
       returning customer_id`,
    ),
  );
  return [...replaced, ...changed.map(({ customer_id }) => customer_id)];
}

/** Deletes refunds from columns of orders whose refunds come with rows of their own. @returns Their customers. */
async function deleteColumns(
  tx: pg.PoolClient,
  { workspaceId }: JobScope,
  refunds: readonly OrderOrRefund[],
): Promise<readonly string[]> {
  if (refunds.length === 0) return [];
  const ids = refunds.map(({ customerId, number }) => refundId(customerId, columnKey(number)));
  const { rows } = await tx.query<{ customer_id: string }>(
    'delete from refund where workspace_id = $1 and customer_id = any($2::uuid[]) and id = any($3::uuid[]) returning customer_id',
    [workspaceId, customersOf(refunds), ids],
  );
  return rows.map(({ customer_id }) => customer_id);
}

/** Those of orders none of whose refunds is stored with a row of its own. */
async function withoutRows(
  tx: pg.PoolClient,
  { workspaceId }: JobScope,
  columns: readonly OrderOrRefund[],
): Promise<readonly OrderOrRefund[]> {
  if (columns.length === 0) return [];
  const ids = columns.map(({ customerId, key }) => refundId(customerId, key));
  const { rows } = await tx.query<{ customer_id: string; external_id: string }>(
    `select customer_id, external_id from refund where workspace_id = $1 and customer_id = any($2::uuid[])
       and external_id = any($3::text[]) and id <> all($4::uuid[])`,
    [workspaceId, customersOf(columns), columns.map(({ number }) => number), ids],
  );
  const known = new Set(rows.map(({ customer_id, external_id }) => `${customer_id} ${external_id}`));
  return columns.filter(({ customerId, number }) => !known.has(`${customerId} ${number}`));
}

const customersOf = (refunds: readonly OrderOrRefund[]) => [...new Set(refunds.map(({ customerId }) => customerId))];

/**
 * Binds refunds of these customers to their orders: of two with the same number the last one before the refund. Orders are
 * restricted by the join alone: with the list of customers beside it, each refund would search for all of them.
 */
export async function linkRefunds(
  tx: pg.PoolClient,
  { workspaceId }: JobScope,
  customerIds: readonly string[],
): Promise<void> {
  if (customerIds.length === 0) return;
  await tx.query(
    `update refund r set order_id = n.order_id
     from (
       select distinct on (r.customer_id, r.id) r.customer_id, r.id, o.id as order_id
       from refund r join "order" o on o.customer_id = r.customer_id and o.external_id = r.external_id and o.workspace_id = r.workspace_id
       where r.workspace_id = $1 and r.customer_id = any($2::uuid[]) and r.order_id is null
       order by r.customer_id, r.id, o.placed_at <= r.refunded_at desc, abs(extract(epoch from r.refunded_at - o.placed_at))) n
     where r.workspace_id = $1 and r.customer_id = any($2::uuid[]) and r.customer_id = n.customer_id and r.id = n.id`,
    [workspaceId, customerIds],
  );
}
