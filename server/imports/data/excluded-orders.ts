import type pg from 'pg';

import { type Columns, unnest } from '../../store/sql/unnest.ts';
import type { JobScope } from './import-batch.ts';
import type { ExcludedOrder } from './order-batch.ts';

const EXCLUDED: Columns<ExcludedOrder> = { customerId: 'uuid', number: 'text', at: 'timestamptz' };

/** Days between an order and another of the same number: see `gatherOrders`. */
const SAME_ORDER_DAYS = 180;

/** Deletes stored orders that do not count any more, with their lines and refunds. @returns Their customers. */
export async function deleteOrders(
  tx: pg.PoolClient,
  { workspaceId }: JobScope,
  excluded: readonly ExcludedOrder[],
): Promise<string[]> {
  if (excluded.length === 0) return [];
  const customerIds = excluded.map(({ customerId }) => customerId);
  const { rows } = await tx.query<{ customerId: string; id: string }>(
    `select o.customer_id as "customerId", o.id from "order" o join ${unnest(EXCLUDED, 3)}
       on o.customer_id = d.customer_id and o.external_id = d.number
       and abs(extract(epoch from o.placed_at - d.at)) <= ${SAME_ORDER_DAYS * 86_400}
     where o.workspace_id = $1 and o.customer_id = any($2::uuid[])`,
    [workspaceId, customerIds, ...unnest.values(EXCLUDED, excluded)],
  );
  if (rows.length === 0) return [];
  const ids = rows.map(({ id }) => id);
  const keys = [workspaceId, customerIds, ids];
  for (const table of ['refund', 'order_line'])
    await tx.query(
      `delete from ${table} where workspace_id = $1 and customer_id = any($2::uuid[]) and order_id = any($3::uuid[])`,
      keys,
    );
  await tx.query(
    'delete from "order" where workspace_id = $1 and customer_id = any($2::uuid[]) and id = any($3::uuid[])',
    keys,
  );
  return rows.map(({ customerId }) => customerId);
}
