import type pg from 'pg';

import { insertCustomers, markChanged, updateCustomers } from './customer-writer.ts';
import type { Closing, DocumentRow, FactBatch, JobScope, RejectedRowInput } from './fact-batch.ts';
import { settleOrders, writeOrders } from './order-writer.ts';
import { insertProducts, updateProducts } from './product-writer.ts';
import { insertRefunds, linkRefunds, settleRefunds } from './refund-writer.ts';
import { inTransaction } from './transaction.ts';
import { type Columns, slices, unnest } from './unnest.ts';

const ofKind = (documents: readonly DocumentRow[], wanted: DocumentRow['kind']) =>
  documents.filter(({ kind }) => kind === wanted);

/**
 * Stores one batch of an import: all of it or nothing. What is there already, unchanged, is not written again.
 * @returns Ids of the orders and refunds that were not there before.
 */
export function writeFacts(pool: pg.Pool, job: JobScope, batch: FactBatch): Promise<ReadonlySet<string>> {
  return inTransaction(pool, async (tx) => {
    await insertProducts(tx, job, batch.products);
    await insertCustomers(tx, job, batch.customers);
    const orders = await writeOrders(tx, job, ofKind(batch.documents, 'order'), batch.lines);
    const refunds = await insertRefunds(tx, job, ofKind(batch.documents, 'refund'));
    await markChanged(tx, job, [...orders.customerIds, ...refunds.customerIds], batch.documents);
    await insertRejected(tx, job, batch.rejected);
    await tx.query(
      'update import_job set rows = $3, accepted = $4, heartbeat_at = now() where id = $1 and workspace_id = $2',
      [job.jobId, job.workspaceId, batch.rows, batch.accepted],
    );
    return new Set([...orders.newIds, ...refunds.newIds]);
  });
}

const SLICE = 10_000;

/** Settles what the batches could not know before the end of the file. */
export function closeFacts(pool: pg.Pool, job: JobScope, { customers, products, documents }: Closing): Promise<void> {
  return inTransaction(pool, async (tx) => {
    for (const slice of slices(products, SLICE)) await updateProducts(tx, job, slice);
    for (const slice of slices(customers, SLICE)) await updateCustomers(tx, job, slice);
    for (const slice of slices(documents, SLICE)) {
      const orders = await settleOrders(tx, job, ofKind(slice, 'order'));
      const refunds = await settleRefunds(tx, job, ofKind(slice, 'refund'));
      await markChanged(tx, job, [...orders, ...refunds], slice);
    }
    await linkRefunds(tx, job);
  });
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
