import { randomUUID } from 'node:crypto';
import type pg from 'pg';
import { endOrphans } from '../../store/orphans.ts';
import type { JobScope } from './import-batch.ts';

export interface JobFigures extends FileFigures {
  readonly rows: number;
  readonly accepted: number;
  readonly rejected: Readonly<Record<string, number>>;
  /** Rows that were left out, by the state of their orders. */
  readonly excluded: Readonly<Record<string, number>>;
}

/** What the rows of a file came to. */
export interface FileFigures extends OrderFigures {
  readonly products: number;
}

export interface OrderFigures {
  readonly customers: number;
  readonly orders: number;
  readonly refunds: number;
  /** Of orders, after discounts; anonymous ones aside. */
  readonly gross: string;
  readonly net: string;
  readonly discount: string;
  readonly tax: string;
  readonly shipping: string;
  /** Orders whose customer nothing names. */
  readonly anonymous: { readonly orders: number; readonly net: string };
}

/** What whoever imports should know of, though the rows count. */
export interface FoundWarning {
  readonly code: string;
  /** Rows or orders that it concerns. */
  readonly count: number;
  /** What they come to, in the currency of the workspace; null where it is not about money. */
  readonly amount: string | null;
}

export const NO_FIGURES: FileFigures = {
  customers: 0,
  products: 0,
  orders: 0,
  refunds: 0,
  gross: '0.0000',
  net: '0.0000',
  discount: '0.0000',
  tax: '0.0000',
  shipping: '0.0000',
  anonymous: { orders: 0, net: '0.0000' },
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
export async function finishJob(
  pool: pg.Pool,
  { jobId, workspaceId }: JobScope,
  { rejected, excluded, anonymous, ...figures }: JobFigures,
  warnings: readonly FoundWarning[] = [],
): Promise<void> {
  const { rows, accepted, customers, products, orders, refunds, gross, net, discount, tax, shipping } = figures;
  await pool.query(
    `update import_job set status = 'DONE', progress = 1, finished_at = now(), rows = $3, accepted = $4, rejected = $5, excluded = $6, warnings = $7,
       customers = $8, products = $9, orders = $10, refunds = $11, gross = $12, net = $13, discount = $14, tax = $15, shipping = $16,
       anonymous_orders = $17, anonymous_net = $18
     where id = $1 and workspace_id = $2`,
    [
      ...[
        jobId,
        workspaceId,
        rows,
        accepted,
        JSON.stringify(rejected),
        JSON.stringify(excluded),
        JSON.stringify(warnings),
      ],
      ...[customers, products, orders, refunds, gross, net, discount, tax, shipping, anonymous.orders, anonymous.net],
    ],
  );
}
