import type { Pool } from 'pg';

import { type Page, type Slice, sliceOf } from '../../domain/page.ts';
import { grouped } from '../../store/sql/aligned.ts';
import type { WorkspaceView } from '../../store/workspace-view.ts';

export interface RejectedRow {
  readonly importJobId: string;
  readonly lineNo: number;
  readonly reason: string;
  readonly detail: string;
  readonly raw: string;
}

/** The same page of each job's rejected rows, by line number, in one statement. */
export async function findRejectedRows(
  pool: Pool,
  { workspaceId }: WorkspaceView,
  page: Page,
  jobIds: readonly string[],
): Promise<Slice<RejectedRow>[]> {
  const { rows } = await pool.query<RejectedRow>(
    `select r.* from unnest($2::uuid[]) k(job_id) cross join lateral (
       select r.import_job_id as "importJobId", r.line_no as "lineNo", r.reason, r.detail, r.raw
       from rejected_row r
       where r.import_job_id = k.job_id and r.workspace_id = $1 and r.line_no > $3
       order by r.line_no limit $4
     ) r`,
    [workspaceId, jobIds, page.position?.[0] ?? -1, page.size + 1],
  );
  return grouped(jobIds, rows, (row) => row.importJobId).map((found) =>
    sliceOf(page, found, (row) => [String(row.lineNo)]),
  );
}

export async function hasImportJob(pool: Pool, { workspaceId }: WorkspaceView, id: string): Promise<boolean> {
  const { rowCount } = await pool.query('select 1 from import_job where workspace_id = $1 and id = $2', [
    workspaceId,
    id,
  ]);
  return rowCount === 1;
}
