import type pg from 'pg';
import { csvLine } from '../customers/csv-line.ts';
import { DomainError } from '../domain/errors.ts';
import { isUuid } from '../domain/ids.ts';
import type { Page } from '../domain/page.ts';
import { findRejectedRows, hasImportJob, type RejectedRow } from './data/rejected-rows.ts';

const ROWS_AT_A_TIME = 1000;

/** All rejected rows of an import, page by page, as fast as the reader takes them. @throws DomainError NOT_FOUND */
export async function rejectedRows(
  pool: pg.Pool,
  workspaceId: string,
  jobId: string,
): Promise<AsyncIterable<readonly RejectedRow[]>> {
  const view = { workspaceId, runId: null };
  if (!isUuid(jobId) || !(await hasImportJob(pool, view, jobId))) {
    throw new DomainError('NOT_FOUND', `no import ${jobId} in this workspace`, ['job']);
  }
  return (async function* pages() {
    let page: Page | null = { size: ROWS_AT_A_TIME, backward: false, position: null };
    while (page !== null) {
      const [found] = await findRejectedRows(pool, view, page, [jobId]);
      const { items, hasNextPage } = found!;
      yield items.map(({ node }) => node);
      page = hasNextPage ? { ...page, position: items.at(-1)!.position } : null;
    }
  })();
}

export const REJECTS_HEADER = 'line_no,reason,detail,raw\n';

/** One line of CSV; the raw row is one cell. */
export const rejectToCsv = ({ lineNo, reason, detail, raw }: RejectedRow): string =>
  csvLine([lineNo, reason, detail, raw]);
