import type pg from 'pg';
import { aligned } from '../../store/sql/aligned.ts';
import { givenBackOf, grossOf } from '../../store/sql/order-revenue.ts';
import { dayOf, endOf } from '../../store/sql/shop-day.ts';
import type { WorkspaceView } from '../../store/workspace-view.ts';

/** A customer's order days: days with an order that was not wholly refunded by the as-of day. */
export interface CustomerOrderDays {
  readonly customerId: string;
  /** Whole days since 1970-01-01, ascending. */
  readonly days: readonly number[];
  /** What each day was worth, refunds of known orders netted. */
  readonly values: readonly number[];
}

/**
 * Common table expressions over a table `page (customer_id)`, the workspace $1 and the as-of day $2. A day's orders are one
 * purchase. An order refunded in full is none; other refunds of a known order lower its value, and those of no known order
 * lower the customer's revenue only. Their `revenue` is as the workspace counts it; the `amount` of refunds is as stored.
 */
export const ORDER_DAYS = `
  returned as (
    select r.customer_id, r.order_id, sum(r.amount) as amount, sum(${givenBackOf('r.amount', 'o', '$1')}) as revenue,
      sum(r.cost) as cost, bool_or(r.cost is null) as has_unknown_cost
    from refund r join page using (customer_id)
    left join "order" o on o.customer_id = r.customer_id and o.id = r.order_id and o.workspace_id = $1
    where r.workspace_id = $1 and r.refunded_at < ${endOf('$2', '$1')}
    group by r.customer_id, r.order_id),
  placed as (
    select o.customer_id, o.id as order_id, ${dayOf('o.placed_at', '$1')} as day, ${grossOf('o', '$1')} as revenue, o.cost,
      ${grossOf('o', '$1')} - coalesce(r.revenue, 0) as net, coalesce(r.amount > 0 and r.amount >= o.amount, false) as is_void
    from "order" o join page using (customer_id)
    left join returned r on r.customer_id = o.customer_id and r.order_id = o.id
    where o.workspace_id = $1 and o.placed_at < ${endOf('$2', '$1')}),
  days as (select customer_id, day, sum(net) as value from placed where not is_void group by customer_id, day)`;

const LISTED = `
  select customer_id as "customerId", array_agg(day - date '1970-01-01' order by day) as days,
    array_agg(value::float8 order by day) as values
  from days group by customer_id`;

/** Of some customers, in their order; null for those without a purchase. */
export async function findOrderDays(
  pool: pg.Pool,
  { workspaceId }: WorkspaceView,
  asOf: string,
  customerIds: readonly string[],
): Promise<(CustomerOrderDays | null)[]> {
  return aligned(customerIds, await orderDaysOf(pool, workspaceId, asOf, customerIds), (row) => row.customerId);
}

async function orderDaysOf(
  pool: pg.Pool,
  workspaceId: string,
  asOf: string,
  customerIds: readonly string[],
): Promise<CustomerOrderDays[]> {
  const { rows } = await pool.query<CustomerOrderDays>(
    `with page as (select id as customer_id from customer where workspace_id = $1 and id = any($3::uuid[])), ${ORDER_DAYS} ${LISTED}`,
    [workspaceId, asOf, customerIds],
  );
  return rows;
}

/**
 * Order days of a sample of customers with an order in their summaries of that day: every n-th of them by first day, order
 * days, last day and value, so that neither their ids nor the order of rows decides who is in it. Refunds count as of that day also where a
 * backtest looks back from an earlier one.
 */
export async function sampleOrderDays(
  pool: pg.Pool,
  workspaceId: string,
  asOf: string,
  size: number,
  pageSize = 5000,
): Promise<CustomerOrderDays[]> {
  const { rows } = await pool.query<{ id: string }>(SAMPLED, [workspaceId, size]);
  const sample: CustomerOrderDays[] = [];
  for (let from = 0; from < rows.length; from += pageSize) {
    const ids = rows.slice(from, from + pageSize).map(({ id }) => id);
    sample.push(...(await orderDaysOf(pool, workspaceId, asOf, ids)));
  }
  return sample;
}

const SAMPLED = `
  select id from (
    select customer_id as id, count(*) over () as customers,
      row_number() over (order by first_order_on, order_days, last_order_on, purchase_value, monetary_value, net_revenue) as place
    from customer_summary where workspace_id = $1 and order_days > 0) placed
  where place * $2 / customers > (place - 1) * $2 / customers`;
