import type pg from 'pg';
import { type Columns, insertion } from '../../store/sql/unnest.ts';
import { inTransaction } from '../../store/transaction.ts';

/** Where a batch belongs. */
export interface JobScope {
  readonly jobId: string;
  readonly workspaceId: string;
  readonly currency: string;
  /** Whether nothing is to be stored: figures are counted as if it were. */
  readonly isDryRun: boolean;
}

/** What became of a file's rows. */
export interface RowBatch {
  /** Rows read since the beginning of the file, and how many of them were taken. */
  readonly rows: number;
  readonly accepted: number;
  /** Share of the import that is done with this batch, 0 to 1. */
  readonly progress: number;
  /** Since the last batch. */
  readonly rejected: readonly RejectedRowInput[];
}

export interface RejectedRowInput {
  readonly lineNo: number;
  readonly reason: string;
  readonly detail: string;
  readonly raw: string;
}

/** Stores a batch of an import together with what became of its rows: all of it or nothing. */
export async function writeBatch(
  pool: pg.Pool,
  job: JobScope,
  { rows, accepted, progress, rejected }: RowBatch,
  write: (tx: pg.PoolClient) => Promise<void>,
): Promise<void> {
  if (job.isDryRun) return;
  await inTransaction(pool, async (tx) => {
    await write(tx);
    await insertRejected(tx, job, rejected);
    await tx.query(
      'update import_job set rows = $3, accepted = $4, progress = $5, heartbeat_at = now() where id = $1 and workspace_id = $2',
      [job.jobId, job.workspaceId, rows, accepted, progress],
    );
  });
}

async function insertRejected(
  tx: pg.PoolClient,
  { jobId, workspaceId }: JobScope,
  rejected: readonly RejectedRowInput[],
): Promise<void> {
  if (rejected.length === 0) return;
  const columns: Columns<RejectedRowInput> = {
    lineNo: 'int',
    reason: { repeated: 'text' },
    detail: { repeated: 'text' },
    raw: 'text',
  };
  await tx.query(insertion('rejected_row', { import_job_id: jobId, workspace_id: workspaceId }, columns, rejected));
}
