/** A sparse matrix by rows: the entries of row r are at `start[r]` to `start[r + 1]`, their columns ascending. */
export interface Sparse {
  readonly rows: number;
  readonly columns: number;
  readonly start: Uint32Array;
  readonly column: Uint32Array;
  readonly value: Float32Array;
}

/** The same entries by columns. */
export function transpose({ rows, columns, start, column, value }: Sparse): Sparse {
  const turned = new Uint32Array(columns + 1);
  for (const c of column) turned[c + 1]!++;
  for (let c = 0; c < columns; c++) turned[c + 1]! += turned[c]!;
  const next = turned.slice(0, columns);
  const rowOf = new Uint32Array(column.length);
  const values = new Float32Array(column.length);
  for (let row = 0; row < rows; row++) {
    for (let entry = start[row]!; entry < start[row + 1]!; entry++) {
      const place = next[column[entry]!]!++;
      rowOf[place] = row;
      values[place] = value[entry]!;
    }
  }
  return { rows: columns, columns: rows, start: turned, column: rowOf, value: values };
}
