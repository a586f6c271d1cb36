import { isUuid } from '../domain/ids.ts';
import { REJECTS_HEADER, rejectedRows, rejectToCsv } from '../imports/export-rejects.ts';
import { csvResponse } from './csv-response.ts';
import type { AdmittedVisit, RouteDependencies } from './route.ts';

/** All rejected rows of an import as CSV, read as fast as the reader takes them. @throws DomainError NOT_FOUND. */
export async function rejectsCsv(
  { database: { pool } }: RouteDependencies,
  { caller: { workspace }, path: { id }, onFault }: AdmittedVisit,
): Promise<Response | null> {
  if (id === undefined || !isUuid(id)) return null;
  const pages = await rejectedRows(pool, workspace.id, id);
  async function* csv() {
    yield REJECTS_HEADER;
    for await (const page of pages) yield page.map(rejectToCsv).join('');
  }
  return csvResponse(csv(), `rejects-${id}.csv`, onFault);
}
