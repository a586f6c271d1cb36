import type { Pool } from 'pg';
import { aligned } from '../../store/aligned.ts';
import { parameters } from '../../store/parameters.ts';
import type { WorkspaceView } from '../../store/workspace-view.ts';
import { CUSTOMER_COLUMNS, type CustomerRow, customersOf } from './customer-columns.ts';

/** Customers by id with what the published run says of them; null where the workspace has none of that id. */
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
    'select count(*)::int as customers from customer where workspace_id = $1',
    [workspaceId],
  );
  return rows[0]!.customers;
}
