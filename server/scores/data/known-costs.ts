import type pg from 'pg';
import { netOf } from '../../store/sql/order-revenue.ts';
import { endOf } from '../../store/sql/shop-day.ts';

/** Of the orders placed by a day that were not wholly refunded, refunds netted. */
export interface KnownCosts {
  readonly revenue: number;
  /** Of the orders whose costs are known. */
  readonly knownRevenue: number;
  readonly knownCost: number;
}

/**
 * Revenue and known costs of a workspace as of the end of a day. The cost of an order is known where that of each line is, by
 * the line itself or by the catalogue, and that of each refund. Orders of unknown customers are part of it as others are.
 */
export async function readKnownCosts(pool: pg.Pool, workspaceId: string, asOf: string): Promise<KnownCosts> {
  const { rows } = await pool.query<KnownCosts>(
    `with returned as (
       select customer_id, order_id, sum(amount) as amount, case when count(*) = count(cost) then sum(cost) end as cost
       from refund
       where workspace_id = $1 and order_id is not null and refunded_at < ${endOf('$2', '$1')}
       group by customer_id, order_id),
     costs as (
       select l.customer_id, l.order_id,
         case when count(*) = count(coalesce(l.unit_cost, p.unit_cost)) then sum(l.quantity * coalesce(l.unit_cost, p.unit_cost)) end as cost
       from order_line l left join product p on p.id = l.product_id and p.workspace_id = l.workspace_id
       where l.workspace_id = $1
       group by l.customer_id, l.order_id),
     sold as (
       select ${netOf('o', 'r.amount', '$1')} as net,
         coalesce(o.cost, c.cost) - case when r.order_id is null then 0 else r.cost end as cost
       from "order" o
       left join costs c on c.customer_id = o.customer_id and c.order_id = o.id
       left join returned r on r.customer_id = o.customer_id and r.order_id = o.id
       where o.workspace_id = $1 and o.placed_at < ${endOf('$2', '$1')}
         and (r.amount is null or r.amount < o.amount))
     select coalesce(sum(net), 0)::float8 as revenue, coalesce(sum(net) filter (where cost is not null), 0)::float8 as "knownRevenue",
       coalesce(sum(cost), 0)::float8 as "knownCost"
     from sold`,
    [workspaceId, asOf],
  );
  return rows[0]!;
}
