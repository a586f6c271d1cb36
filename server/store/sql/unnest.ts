/** What TypeScript's values may be passed as each type of SQL. */
interface Passed {
  readonly uuid: string;
  readonly text: string;
  /** JSON as text. */
  readonly jsonb: string;
  readonly bool: boolean;
  readonly int: number;
  readonly float8: number;
  readonly numeric: string | number;
  /** With a scale the value is rounded as its column rounds it, so that the two compare. */
  readonly 'numeric(14, 4)': string | number;
  readonly 'numeric(18, 4)': string | number;
  readonly date: string;
  readonly timestamptz: Date | string;
  /** Lists: `unnest` would take an array of arrays apart, so they travel as texts. */
  readonly 'float4[]': ArrayLike<number>;
  readonly 'float8[]': ArrayLike<number>;
  readonly 'uuid[]': readonly string[];
}
type SqlType = keyof Passed;
type ListType = Extract<SqlType, `${string}[]`>;

/** The types of SQL that every value of a property may be passed as; any where nothing is known of the values. */
type SqlTypeOf<Value> = unknown extends Value
  ? SqlType
  : { [Type in SqlType]: NonNullable<Value> extends Passed[Type] ? Type : never }[SqlType];

/**
 * SQL type of each property that a batch of rows is passed in. A column of which many rows share a value has
 * `{ repeated }`: then each value is sent once, and a number for every row.
 */
export type Columns<Row> = {
  readonly [Name in keyof Row]: SqlTypeOf<Row[Name]> | { readonly repeated: SqlTypeOf<Row[Name]> };
};

/**
 * A table expression `d` over arrays, with a column for each property, named in snake case:
 * bulk writes as INSERT ... SELECT work alike on every engine (COPY does not).
 * @param first Number of the first parameter.
 */
export const unnest = <Row>(columns: Columns<Row>, first: number): string =>
  rowsOf(columns, first, (arrays) => {
    const names = arrays.map((_, index) => `c${index}`);
    return `unnest(${arrays.join(', ')}) as u (${names.join(', ')})`;
  });

/** As `unnest`, for an insertion, which joins them with nothing: PostgreSQL keeps no copy of the arrays' rows, and takes half the time. */
const unnestInLine = <Row>(columns: Columns<Row>, first: number): string =>
  rowsOf(columns, first, (arrays) => {
    const selected = arrays.map((array, index) => `unnest(${array}) as c${index}`);
    return `(select ${selected.join(', ')}) as u`;
  });

/** @param source SQL of a table `u` with the arrays as columns `c0`, `c1`, ... */
function rowsOf<Row>(columns: Columns<Row>, first: number, source: (arrays: readonly string[]) => string): string {
  let parameter = first;
  const arrays: string[] = [];
  const selected = Object.entries<SqlType | { readonly repeated: SqlType }>(columns).map(([name, type], index) => {
    if (isList(type)) {
      arrays.push(`$${parameter++}::text[]`);
      return `c${index}::${type} as ${columnName(name)}`;
    }
    if (typeof type === 'string') {
      arrays.push(`$${parameter++}::${type}[]`);
      return `c${index} as ${columnName(name)}`;
    }
    const values = `$${parameter++}::${type.repeated}[]`;
    arrays.push(`$${parameter++}::int[]`);
    return `(${values})[c${index}] as ${columnName(name)}`;
  });
  return `(select ${selected.join(', ')} from ${source(arrays)}) as d`;
}

/** The parameters that `unnest(columns, ...)` refers to. */
unnest.values = <Row>(columns: Columns<Row>, rows: readonly Row[]): unknown[] =>
  (Object.keys(columns) as (keyof Row)[]).flatMap((name) => {
    const type = columns[name];
    const values = rows.map((row) => row[name]);
    if (typeof type === 'string') return [toArray(type, values)];
    const positions = new Map<unknown, number>();
    const indices = values.map((value) => {
      if (value === null) return null;
      const position = positions.get(value) ?? positions.size + 1;
      positions.set(value, position);
      return position;
    });
    return [toArray(type.repeated, [...positions.keys()]), toArray('int', indices)];
  });

const columnName = (property: string) => property.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

/** The names of the columns in SQL, in their order, without those left out. */
export const columnNames = <Row>(columns: Columns<Row>, leftOut: readonly string[] = []): string[] =>
  Object.keys(columns)
    .map(columnName)
    .filter((name) => !leftOut.includes(name));

/** A list of the same columns of a table: `c.name, c.email`. */
export const columnsOf = (table: string, names: readonly string[]): string =>
  names.map((name) => `${table}.${name}`).join(', ');

/**
 * A statement that inserts rows into a table, with the same value of some columns (named as in SQL) in all of them.
 * @param rest What comes after the rows: a conflict clause, what to return.
 */
export function insertion<Row>(
  table: string,
  same: Readonly<Record<string, unknown>>,
  columns: Columns<Row>,
  rows: readonly Row[],
  rest = '',
): { readonly text: string; readonly values: unknown[] } {
  const shared = Object.keys(same);
  const names = columnNames(columns);
  const selected = [...shared.map((_, index) => `$${index + 1}`), ...names];
  return {
    text: `insert into ${table} (${[...shared, ...names].join(', ')})
      select ${selected.join(', ')} from ${unnestInLine(columns, shared.length + 1)} ${rest}`,
    values: [...Object.values(same), ...unnest.values(columns, rows)],
  };
}

/** As a float4 knows them: PostgreSQL refuses what is too small for one. */
const listOf = (type: ListType, list: ArrayLike<number | string>) =>
  `{${Array.from(list, (each) => (type === 'float4[]' ? Math.fround(Number(each)) : each)).join(',')}}`;

const isList = (type: unknown): type is ListType => typeof type === 'string' && type.endsWith('[]');

/** The driver quotes and escapes every element; only text, JSON and times need that. */
const toArray = (type: SqlType, values: readonly unknown[]): unknown =>
  isList(type)
    ? values.map((list) => listOf(type, list as ArrayLike<number | string>))
    : type === 'text' || type === 'jsonb' || type === 'timestamptz'
      ? values
      : `{${values.map((value) => value ?? 'NULL').join(',')}}`;

export function* slices<Row>(rows: readonly Row[], size: number): Generator<readonly Row[]> {
  for (let start = 0; start < rows.length; start += size) yield rows.slice(start, start + size);
}
