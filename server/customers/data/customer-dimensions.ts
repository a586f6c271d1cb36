import type { Pool } from 'pg';

import type { WorkspaceView } from '../../store/workspace-view.ts';

/** A value that customers or products have, and how many have it. */
export interface DimensionValue {
  readonly value: string;
  readonly count: number;
}

export interface CustomerDimensions {
  readonly countries: readonly DimensionValue[];
  readonly channels: readonly DimensionValue[];
  readonly categories: readonly DimensionValue[];
}

const values = (table: 'customer' | 'product', column: string, condition = 'true') => `(
  select coalesce(json_agg(v order by v.count desc, v.value), '[]')
  from (select ${column} as value, count(*)::int as count from ${table}
    where workspace_id = $1 and ${column} is not null and ${condition} group by ${column}) v)`;

const LISTS = {
  countries: values('customer', 'country', 'not is_anonymous'),
  channels: values('customer', 'channel', 'not is_anonymous'),
  categories: values('product', 'category'),
} as const;

/** The values that filters can name, most frequent first, in one statement; lists that are not wanted are empty and cost nothing. */
export async function readCustomerDimensions(
  pool: Pool,
  { workspaceId }: WorkspaceView,
  wanted: (name: keyof CustomerDimensions) => boolean,
): Promise<CustomerDimensions> {
  const list = (name: keyof CustomerDimensions) => `${wanted(name) ? LISTS[name] : `'[]'::json`} as ${name}`;
  const { rows } = await pool.query<CustomerDimensions>(
    `select ${list('countries')}, ${list('channels')}, ${list('categories')} from workspace where id = $1`,
    [workspaceId],
  );
  return rows[0]!;
}
