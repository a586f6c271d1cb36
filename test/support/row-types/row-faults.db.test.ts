import { expect, it } from 'vitest';

import { testDatabase } from '../database.ts';
import { testFile } from '../files.ts';
import { readRowTypes } from './read-row-types.ts';
import { rowFaults } from './row-faults.ts';

/** Row type, statement, and a part of each fault that is to be found. */
const CASES: readonly (readonly [row: string, sql: string, ...faults: string[]])[] = [
  ['{ id: string; n: number }', `select gen_random_uuid() as id, 1 as n`],
  ['{ n: number }', `select 1::numeric as n`, 'column "n" is numeric (string in JavaScript), declared number'],
  ['{ n: number }', `select count(*) as n`, 'column "n" is int8 (string in JavaScript), declared number'],
  ['{ n: number | string }', `select 1 as n`, 'declared string | number'],
  ['{ at: string }', `select now() as at`, 'column "at" is timestamptz (date in JavaScript), declared string'],
  ['{ on: Date }', `select current_date as on`, 'column "on" is date (string in JavaScript), declared Date'],
  ['{ at: Date; on: string }', `select now() as at, current_date as on`],
  ['{ n: number | null }', `select null as n`, 'column "n" is text'],
  ['{ n: number; m: string }', `select 1 as n`, 'column "m" is missing, declared string'],
  ['{ n: number; m?: string }', `select 1 as n`],
  ['{ n: number }', `select 1 as n, 2 as m`, 'column "m" is not declared'],
  ['{ n: number }', `select null::int as n`, 'n: Invalid input: expected number, received null'],
  ['{ kind: "A" | "B" }', `select 'C' as kind`, 'kind: Invalid'],
  ['{ kind: "A" | "B" | null }', `select 'A' as kind union all select null`],
  ['{ names: readonly string[] }', `select array['a'] as names`],
  ['{ names: readonly number[] }', `select array['a'] as names`, 'column "names" is text[]'],
  ['{ j: { n: number; at?: string }[] }', `select json_build_array(json_build_object('n', 1)) as j`],
  ['{ j: { n: number } | null }', `select jsonb_build_object('n', '1') as j`, 'j.n: Invalid input: expected number'],
  ['{ j: { n: number } }', `select json_build_object('m', 1) as j`, 'j.n: Invalid input'],
  ['{ j: Record<string, number> }', `select json_build_object('m', 'x') as j`, 'j.m: Invalid input'],
  ['{ j: Date }', `select to_json(now()) as j`, 'column "j" is json'],
  ['{ n: any }', `select 1 as n`, 'declared any'],
  ['{ n: Unfound }', `select 1 as n`, 'declared Unfound'],
  ['{ n: string }', `select 'a'::name as n`, 'not in COLUMN_TYPES'],
];

it('finds where a row type and the database differ', async () => {
  const { pool } = await testDatabase();
  const types = readRowTypes([testFile(CASES.map(([row]) => `pool.query<${row}>('');`).join('\n'), 'rows.ts')]);
  const sites = Object.keys(types.statements);
  const faultsOf = rowFaults(types);
  expect(sites).toEqual(CASES.map((_, index) => expect.stringMatching(`/rows.ts:${index + 1}$`)));
  for (const [index, [row, sql, ...expected]] of CASES.entries()) {
    const faults = faultsOf(sites[index]!, await pool.query(sql));
    const parts = expected.map((part) => expect.stringContaining(part));
    expect.soft(faults, `${row} of ${sql}`).toEqual(parts);
  }
});
