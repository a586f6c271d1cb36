import { openTable, type TableOptions } from '../../../server/imports/reading/open-table.ts';
import type { Row } from '../../../server/imports/reading/table.ts';
import { testFile } from '../../support/files.ts';

/** A file with this content, opened and read. */
export async function read(content: string | Uint8Array, options?: TableOptions) {
  const { first, layout, rows } = await openTable(testFile(content), options);
  const all: Row[] = [];
  for await (const row of rows()) all.push(row);
  return { first, layout, rows: all, fields: all.map(({ fields }) => fields) };
}
