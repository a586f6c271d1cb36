import type { Pool } from 'pg';
import { aligned } from './aligned.ts';
import { CUSTOMER_COLUMNS, CUSTOMER_FACTS, type CustomerRow } from './customer-columns.ts';
import type { Tenant } from './tenant.ts';

/** Customers by id with what the published run says of them; null where the workspace has none of that id. */
export async function findCustomers(
  pool: Pool,
  { workspaceId, runId }: Tenant,
  ids: readonly string[],
): Promise<(CustomerRow | null)[]> {
  const { rows } = await pool.query<CustomerRow>(
    `select ${CUSTOMER_COLUMNS}
     from customer c
     left join customer_score s on s.customer_id = c.id and s.run_id = $2 and s.workspace_id = $1
     ${CUSTOMER_FACTS}
     where c.workspace_id = $1 and c.id = any($3::uuid[])`,
    [workspaceId, runId, ids],
  );
  return aligned(ids, rows, (row) => row.id);
}

export async function countCustomers(pool: Pool, { workspaceId }: Tenant): Promise<number> {
  const { rows } = await pool.query<{ customers: number }>(
    'select count(*)::int as customers from customer where workspace_id = $1',
    [workspaceId],
  );
  return rows[0]!.customers;
}
