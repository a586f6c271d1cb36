import type pg from 'pg';
import { z } from 'zod';

import type { RowTypes, Shape } from './read-row-types.ts';

/** What the driver makes of a column, by the OID of the database's type; `json` stands for whatever JSON may hold. */
const COLUMN_TYPES: Readonly<Record<number, readonly [name: string, kind: string]>> = {
  16: ['bool', 'boolean'],
  20: ['int8', 'string'],
  21: ['int2', 'number'],
  23: ['int4', 'number'],
  25: ['text', 'string'],
  114: ['json', 'json'],
  700: ['float4', 'number'],
  701: ['float8', 'number'],
  1007: ['int4[]', 'number[]'],
  1009: ['text[]', 'string[]'],
  1022: ['float8[]', 'number[]'],
  1042: ['char', 'string'],
  1043: ['varchar', 'string'],
  1082: ['date', 'string'],
  1184: ['timestamptz', 'date'],
  1700: ['numeric', 'string'],
  2950: ['uuid', 'string'],
  2951: ['uuid[]', 'string[]'],
  3802: ['jsonb', 'json'],
};
/** The columns of every result are compared with its type, and the values of so many of its rows. */
const MOST_ROWS = 50;

/** Compares results of statements with the row types declared for them. */
export function rowFaults({ statements, types }: RowTypes) {
  const schemas: z.ZodType[] = [];

  /** @param site `file:line` of the statement. @returns What is wrong, in the words of a failing test. */
  return function faultsOf(site: string, { fields, rows }: pg.QueryResult): string[] {
    const type = statements[site]!;
    const [shape] = types[type]!.shapes;
    const declared = shape?.kind === 'object' ? shape.properties : {};
    const oids = new Map(fields.map((field) => [field.name, field.dataTypeID]));
    const missing = Object.keys(declared).filter((name) => !oids.has(name) && !isOptional(declared[name]!));
    const faults = [
      ...missing.map((name) => `column "${name}" is missing, declared ${types[declared[name]!]!.name}`),
      ...[...oids].flatMap(([name, oid]) => columnFault(name, oid, declared[name])),
    ];
    if (faults.length === 0) faults.push(...rows.slice(0, MOST_ROWS).flatMap((row) => valueFaults(row, type)));
    return faults.map((fault) => `${site} (${types[type]!.name}): ${fault}`);
  };

  function columnFault(name: string, oid: number, type: number | undefined): string[] {
    if (type === undefined) return [`column "${name}" is not declared`];
    const [database, kind] = COLUMN_TYPES[oid] ?? [`of OID ${oid}`, 'not in COLUMN_TYPES'];
    return fits(kind, type)
      ? []
      : [`column "${name}" is ${database} (${kind} in JavaScript), declared ${types[type]!.name}`];
  }

  /** Whether each value of the type may be one of the column, null aside. */
  function fits(kind: string, type: number): boolean {
    return types[type]!.shapes.every((shape) => {
      if (shape.kind === 'null' || shape.kind === 'undefined' || shape.kind === 'unknown') return true;
      if (kind === 'json') return shape.kind !== 'date' && shape.kind !== 'never';
      if (shape.kind === 'array') return kind.endsWith('[]') && fits(kind.slice(0, -2), shape.items);
      return kind === (shape.kind === 'literal' ? typeof shape.value : shape.kind);
    });
  }

  function valueFaults(row: unknown, type: number): string[] {
    const issues = schemaOf(type).safeParse(row).error?.issues ?? [];
    return issues.map(({ path, message }) => `${path.filter((key) => typeof key === 'string').join('.')}: ${message}`);
  }

  function isOptional(type: number): boolean {
    return types[type]!.shapes.some(({ kind }) => kind === 'undefined');
  }

  function schemaOf(type: number): z.ZodType {
    schemas[type] ??= z.lazy(() => {
      const { shapes } = types[type]!;
      const has = (kind: Shape['kind']) => shapes.some((shape) => shape.kind === kind);
      const some = z.union(shapes.filter(({ kind }) => kind !== 'null' && kind !== 'undefined').map(schemaOfShape));
      const nullable = has('null') ? some.nullable() : some;
      return has('undefined') ? nullable.optional() : nullable;
    });
    return schemas[type]!;
  }

  function schemaOfShape(shape: Shape): z.ZodType {
    switch (shape.kind) {
      case 'literal':
        return z.literal(shape.value);
      case 'array':
        return z.array(schemaOf(shape.items));
      case 'record':
        return z.record(z.string(), schemaOf(shape.items));
      case 'object':
        return z.object(Object.fromEntries(Object.entries(shape.properties).map(([key, of]) => [key, schemaOf(of)])));
      default:
        return z[shape.kind]();
    }
  }
}
