import { firstRows } from '../../imports/preview-import.ts';
import type { Table } from '../../imports/reading/table.ts';
import { table, WIDTH, wrapped } from '../layout.ts';

/** The first rows of a file. */
export interface Preview {
  readonly header: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

const LONGEST_CELL = 18;
const GAP = 2;

export const previewOf = async (file: Pick<Table, 'first' | 'rows'>): Promise<Preview> => ({
  header: file.first,
  rows: await firstRows(file),
});

/** A table as wide as a terminal; columns that do not fit are named below it. */
export function showPreview({ header, rows }: Preview): string {
  const cells = [header, ...rows].map((row) => header.map((_, column) => clipped(row[column] ?? '')));
  const widths = header.map((_, column) => Math.max(...cells.map((row) => row[column]!.length)) + GAP);
  let used = -GAP;
  const fitting = widths.findIndex((width) => {
    used += width;
    return used > WIDTH;
  });
  const shown = fitting === -1 ? header.length : fitting;
  const [head, ...body] = cells.map((row) => row.slice(0, shown));
  const rest = header.slice(shown);
  return table(head!, body) + (rest.length === 0 ? '' : `\n${wrapped(`more columns: ${rest.join(', ')}`)}`);
}

const clipped = (cell: string) => {
  const line = cell.replace(/\s+/g, ' ').trim();
  return line.length > LONGEST_CELL ? `${line.slice(0, LONGEST_CELL - 3)}...` : line;
};
