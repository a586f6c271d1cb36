import { randomUUID } from 'node:crypto';
import type pg from 'pg';
import { endOrphans } from '../../store/orphans.ts';
import type { JobScope } from './import-batch.ts';

export interface JobFigures extends FileFigures {
  readonly rows: number;
  readonly accepted: number;
  readonly rejected: Readonly<Record<string, number>>;
}

/** What the rows of a file came to. */
export interface FileFigures {
  readonly customers: number;
  readonly products: number;
  readonly orders: number;
  readonly refunds: number;
  readonly gross: string;
  readonly net: string;
}

export const NO_FIGURES: FileFigures = {
  customers: 0,
  products: 0,
  orders: 0,
  refunds: 0,
  gross: '0.0000',
  net: '0.0000',
};

/** Records the start of an import, and that earlier ones which have fallen silent were cut off. */
export async function startJob(
  pool: pg.Pool,
  workspaceId: string,
  file: { readonly name: string; readonly source: string },
): Promise<string> {
  const id = randomUUID();
  await endOrphans(pool, { workspaceId });
  await pool.query(
    "insert into import_job (id, workspace_id, file_name, source, status) values ($1, $2, $3, $4, 'RUNNING')",
    [id, workspaceId, file.name, file.source],
  );
  return id;
}

export async function failJob(pool: pg.Pool, { jobId, workspaceId }: JobScope, reason: string): Promise<void> {
  await pool.query(
    "update import_job set status = 'FAILED', reason = $3, finished_at = now() where id = $1 and workspace_id = $2 and status = 'RUNNING'",
    [jobId, workspaceId, reason],
  );
}

/** Completes an import with its figures. */
export async function finishJob(pool: pg.Pool, { jobId, workspaceId }: JobScope, figures: JobFigures): Promise<void> {
  const { rows, accepted, rejected, customers, products, orders, refunds, gross, net } = figures;
  await pool.query(
    `update import_job set status = 'DONE', finished_at = now(), rows = $3, accepted = $4, rejected = $5,
       customers = $6, products = $7, orders = $8, refunds = $9, gross = $10, net = $11
     where id = $1 and workspace_id = $2`,
    [jobId, workspaceId, rows, accepted, JSON.stringify(rejected), customers, products, orders, refunds, gross, net],
  );
}
