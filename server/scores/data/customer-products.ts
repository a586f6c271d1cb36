import type pg from 'pg';

import { ORDER_DAYS } from '../../customers/data/order-days.ts';

/** Updates what these customers bought of each product from their orders, as of the end of a day. */
export async function replaceCustomerProducts(
  tx: pg.PoolClient,
  workspaceId: string,
  asOf: string,
  customerIds: readonly string[],
): Promise<void> {
  await tx.query('delete from customer_product where workspace_id = $1 and customer_id = any($2::uuid[])', [
    workspaceId,
    customerIds,
  ]);
  await tx.query(INSERT, [workspaceId, asOf, customerIds]);
}

const INSERT = `
  with page as (select id as customer_id from customer where workspace_id = $1 and id = any($3::uuid[])), ${ORDER_DAYS}
  insert into customer_product (customer_id, product_id, workspace_id, days, quantity, revenue, cost)
  select l.customer_id, l.product_id, $1, array_agg(distinct p.day - date '1970-01-01'), sum(l.quantity),
    sum(l.quantity * l.unit_price - l.discount), case when count(*) = count(l.unit_cost) then sum(l.quantity * l.unit_cost) end
  from placed p join order_line l on l.customer_id = p.customer_id and l.order_id = p.order_id and l.workspace_id = $1
  where not p.is_void and l.product_id is not null
  group by l.customer_id, l.product_id`;
