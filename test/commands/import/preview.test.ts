import { expect, it } from 'vitest';

import { previewOf, showPreview } from '../../../server/commands/import/preview.ts';
import { openTable } from '../../../server/imports/reading/open-table.ts';
import { testFile } from '../../support/files.ts';

it('shows five rows in lines of at most 80 characters, and names the columns that do not fit', async () => {
  const header = Array.from({ length: 30 }, (_, i) => `Column ${i}`);
  const rows = Array.from({ length: 9 }, (_, row) => header.map((_, i) => `value ${row} of ${i} is long and longer`));
  const preview = await previewOf(await openTable(testFile([header, ...rows].map((row) => row.join(';')).join('\n'))));
  expect(preview.rows).toEqual(rows.slice(0, 5));
  const text = showPreview(preview);
  const lines = text.split('\n');
  expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(80);
  expect(lines[0]).toMatch(/^Column 0 +Column 1 +Column 2 +Column 3$/);
  expect(lines[5]).toMatch(/^value 4 of 0/);
  for (const name of header) expect(text.replace(/\s+/g, ' ')).toContain(name);
});
