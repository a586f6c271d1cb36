import type { Pool } from 'pg';

import { findRejectedRows, hasImportJob } from '../data/rejected-rows.ts';
import type { Caller } from '../domain/caller.ts';
import { DomainError } from '../domain/errors.ts';
import type { Page } from '../domain/page.ts';
import type { Scope } from '../domain/scopes.ts';
import { isUuid } from '../domain/uuid.ts';

const ROWS_AT_A_TIME = 1000;
const SCOPES: readonly Scope[] = ['imports:read', 'customers:pii'];

/** Id of the import in `/imports/ID/rejects.csv`; null for another path. */
export function rejectsPath(path: string): string | null {
  const id = /^\/imports\/([^/]+)\/rejects\.csv$/.exec(path)?.[1];
  return id !== undefined && isUuid(id) ? id : null;
}

/** All rejected rows of an import as CSV, read as fast as the reader takes them. @throws DomainError FORBIDDEN or NOT_FOUND. */
export async function rejectsCsv(pool: Pool, { key, workspace }: Caller, jobId: string): Promise<Response> {
  const lacking = SCOPES.filter((scope) => !key.scopes.includes(scope));
  if (lacking.length > 0) throw new DomainError('FORBIDDEN', `this API key lacks the scope ${lacking.join(', ')}`);
  const tenant = { workspaceId: workspace.id, runId: null };
  if (!(await hasImportJob(pool, tenant, jobId))) {
    throw new DomainError('NOT_FOUND', `no import ${jobId} in this workspace`);
  }
  async function* csv() {
    yield 'line_no,reason,detail,raw\n';
    let page: Page | null = { size: ROWS_AT_A_TIME, backward: false, position: null };
    while (page !== null) {
      const [found] = await findRejectedRows(pool, tenant, page, [jobId]);
      const { items, hasNextPage } = found!;
      yield items.map(({ node }) => line(node.lineNo, node.reason, node.detail, node.raw)).join('');
      page = hasNextPage ? { ...page, position: items.at(-1)!.position } : null;
    }
  }
  return new Response(streamed(csv()), {
    headers: {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': `attachment; filename="rejects-${jobId}.csv"`,
    },
  });
}

function streamed(texts: AsyncGenerator<string>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  return new ReadableStream({
    pull: async (controller) => {
      const { done, value } = await texts.next();
      if (done) controller.close();
      else controller.enqueue(encoder.encode(value));
    },
    cancel: async () => {
      await texts.return(undefined);
    },
  });
}

const line = (lineNo: number, ...texts: string[]) =>
  `${[lineNo, ...texts.map((text) => `"${text.replaceAll('"', '""')}"`)].join(',')}\n`;
