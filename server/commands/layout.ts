import { Help } from 'commander';

type Cell = string | number;

/** Columns of a terminal. Longer lines are wrapped between words; a longer word stays whole. */
export const WIDTH = 80;

const GAP = '  ';

const help = Object.assign(new Help(), { minWidthToWrap: 0 });

export const wrapped = (text: string, width = WIDTH): string => help.boxWrap(text, width);

/** Names, and the value of each beside it. */
export function pairs(rows: readonly (readonly [name: string, value: Cell])[]): string {
  const indent = Math.max(...rows.map(([name]) => name.length)) + GAP.length;
  const lines = rows.flatMap(([name, value]) =>
    wrapped(String(value), WIDTH - indent)
      .split('\n')
      .map((line, i) => (i === 0 ? name : '').padEnd(indent) + line),
  );
  return lines.map((line) => line.trimEnd()).join('\n');
}

/** Aligned columns under their heads; where a terminal is too narrow for them, the cells of each row as lines. */
export function table(head: readonly string[], rows: readonly (readonly Cell[])[]): string {
  const all = [head, ...rows];
  const widths = head.map((_, column) => Math.max(...all.map((row) => String(row[column]).length)));
  const lines = all.map((row) =>
    row
      .map((cell, column) =>
        isNumeric(cell) ? String(cell).padStart(widths[column]!) : String(cell).padEnd(widths[column]!),
      )
      .join(GAP)
      .trimEnd(),
  );
  if (lines.every((line) => line.length <= WIDTH)) return lines.join('\n');
  const known = (row: readonly Cell[]) =>
    head.map((name, column): [string, Cell] => [name, row[column]!]).filter(([, cell]) => cell !== '');
  return rows.map((row) => pairs(known(row))).join('\n\n');
}

const isNumeric = (cell: Cell) => typeof cell === 'number' || /^-?\d+(\.\d+)?%?$/.test(cell);
