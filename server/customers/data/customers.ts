import type { Pool, PoolClient } from 'pg';
import { aligned } from '../../store/sql/aligned.ts';
import { parameters } from '../../store/sql/parameters.ts';
import type { WorkspaceView } from '../../store/workspace-view.ts';
import { CUSTOMER_COLUMNS, type CustomerRow, customersOf } from './customer-columns.ts';

/** Customers by id with their scores of the published run; null where the workspace has none of that id. */
export async function findCustomers(
  pool: Pool,
  view: WorkspaceView,
  ids: readonly string[],
): Promise<(CustomerRow | null)[]> {
  const { values, bind } = parameters();
  const { rows } = await pool.query<CustomerRow>(
    `select ${CUSTOMER_COLUMNS} from unnest(${bind(ids)}::uuid[]) k(id) ${customersOf('k', view, bind)}`,
    values,
  );
  return aligned(ids, rows, (row) => row.id);
}

export async function countCustomers(pool: Pool, { workspaceId }: WorkspaceView): Promise<number> {
  const { rows } = await pool.query<{ customers: number }>(
    'select count(*)::int as customers from customer where workspace_id = $1 and not is_anonymous',
    [workspaceId],
  );
  return rows[0]!.customers;
}

/** Customers by what reports call them: the shop's own id or, where there is none, an e-mail address. */
export async function findCustomersNamed(
  db: Pool | PoolClient,
  workspaceId: string,
  names: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const { rows } = await db.query<{ name: string; id: string; rank: number }>(
    `select external_id as name, id, 0 as rank from customer where workspace_id = $1 and external_id = any($2::text[]) and not is_anonymous
     union all
     select n.name, (array_agg(c.id order by c.external_id))[1], 1 from unnest($3::text[]) n(name)
     join customer c on c.workspace_id = $1 and c.email in (n.name, lower(n.name)) group by n.name
     order by rank desc`,
    [workspaceId, names, names.filter((name) => name.includes('@'))],
  );
  return new Map(rows.map(({ name, id }) => [name, id]));
}
