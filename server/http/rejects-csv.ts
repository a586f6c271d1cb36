import type { Pool } from 'pg';

import type { Caller } from '../access/caller.ts';
import { DomainError } from '../domain/errors.ts';
import type { Scope } from '../domain/scopes.ts';
import { isUuid } from '../domain/uuid.ts';
import { REJECTS_HEADER, rejectedRows, rejectToCsv } from '../imports/export-rejects.ts';
import { csvResponse, type OnFault } from './csv-response.ts';

const SCOPES: readonly Scope[] = ['imports:read', 'customers:pii'];

/** Id of the import in `/imports/ID/rejects.csv`; null for another path. */
export function rejectsPath(path: string): string | null {
  const id = /^\/imports\/([^/]+)\/rejects\.csv$/.exec(path)?.[1];
  return id !== undefined && isUuid(id) ? id : null;
}

/** All rejected rows of an import as CSV, read as fast as the reader takes them. @throws DomainError FORBIDDEN or NOT_FOUND. */
export async function rejectsCsv(
  pool: Pool,
  { key, workspace }: Caller,
  jobId: string,
  onFault: OnFault,
): Promise<Response> {
  const lacking = SCOPES.filter((scope) => !key.scopes.includes(scope));
  if (lacking.length > 0) throw new DomainError('FORBIDDEN', `this API key lacks the scope ${lacking.join(', ')}`);
  const pages = await rejectedRows(pool, workspace.id, jobId);
  async function* csv() {
    yield REJECTS_HEADER;
    for await (const page of pages) yield page.map(rejectToCsv).join('');
  }
  return csvResponse(csv(), `rejects-${jobId}.csv`, onFault);
}
