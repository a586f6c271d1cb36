/** SQL type of each property that a batch of rows is passed in. */
export type Columns<Row> = {
  readonly [Name in keyof Row]: 'uuid' | 'text' | 'int' | 'float8' | 'numeric' | 'date' | 'timestamptz';
};

/**
 * A table expression `d` over arrays, one parameter a column, named as the properties are:
 * bulk writes as INSERT ... SELECT work alike on every engine (COPY does not).
 * @param first Number of the first parameter.
 */
export function unnest<Row>(columns: Columns<Row>, first: number): string {
  const entries = Object.entries<string>(columns);
  const arrays = entries.map(([, type], index) => `$${first + index}::${type}[]`);
  return `unnest(${arrays.join(', ')}) as d (${entries.map(([name]) => `"${name}"`).join(', ')})`;
}

/** The parameters that `unnest(columns, ...)` refers to. */
unnest.values = <Row>(columns: Columns<Row>, rows: readonly Row[]): unknown[][] =>
  (Object.keys(columns) as (keyof Row)[]).map((name) => rows.map((row) => row[name]));

export function* slices<Row>(rows: readonly Row[], size: number): Generator<readonly Row[]> {
  for (let start = 0; start < rows.length; start += size) yield rows.slice(start, start + size);
}
