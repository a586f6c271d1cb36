import type pg from 'pg';
import { ORDER_DAYS } from '../../customers/data/order-days.ts';
import type { Covariate } from '../../domain/covariates.ts';
import { LOWEST_UUID } from '../../domain/ids.ts';
import { inTransaction } from '../../store/transaction.ts';
import { replaceCustomerProducts } from './customer-products.ts';
import { TRAIT } from './traits.ts';

export interface SummaryRow {
  readonly customerId: string;
  readonly orderCount: number;
  /** Days with an order that was not wholly refunded; 0 makes a Prospect. */
  readonly orderDays: number;
  readonly firstOrderOn: string | null;
  readonly lastOrderOn: string | null;
  /** Sum over order days. */
  readonly purchaseValue: number;
  /** Mean over repeat order days. */
  readonly monetaryValue: number | null;
  /** Decimal text. */
  readonly netRevenue: string;
  readonly netMargin: string | null;
  /** What the run before scored; null where it did not know the customer, or as one who never bought. */
  readonly before: SummaryBefore | null;
  /** The covariates that were asked for, in that order. */
  readonly traits: readonly (string | null)[];
}

export interface SummaryBefore extends Pick<SummaryRow, 'orderDays' | 'purchaseValue' | 'monetaryValue'> {
  readonly firstOrderOn: string;
  readonly lastOrderOn: string;
  readonly stratum: number;
}

/** Customers that one transaction covers: long enough to be fast, short enough to let other statements in between. */
const PAGE = 5000;

/**
 * Day of the last order or refund, and of the last one by a given day; null where there is none. Customers with events and no orders
 * are known (version 0) have their first event's day, which is neither.
 */
export async function lastOrderOrRefund(
  pool: pg.Pool,
  workspaceId: string,
  by: string,
): Promise<{ readonly last: string | null; readonly lastBy: string | null }> {
  const { rows } = await pool.query<{ last: string | null; lastBy: string | null }>(
    `select max(last_active_on) as last, max(last_active_on) filter (where last_active_on <= $2) as "lastBy"
     from customer where workspace_id = $1 and history_version > 0 and not is_anonymous`,
    [workspaceId, by],
  );
  return rows[0]!;
}

/**
 * Updates customer_summary and customer_product as of the end of a day, for customers whose orders have changed or have orders
 * on both sides of the day. The rows of the others stay valid, because they store days and not ages.
 */
export async function summarise(pool: pg.Pool, workspaceId: string, asOf: string): Promise<void> {
  let after = LOWEST_UUID;
  for (;;) {
    const { rows } = await pool.query<{ id: string }>(STALE, [workspaceId, asOf, after, PAGE]);
    if (rows.length === 0) return;
    const ids = rows.map(({ id }) => id);
    await inTransaction(pool, async (tx) => {
      // First: an import that comes in between raises the version above the one noted here, so both are made again next time.
      await tx.query(SUMMARISE, [workspaceId, asOf, ids]);
      await replaceCustomerProducts(tx, workspaceId, asOf, ids);
    });
    after = ids[ids.length - 1]!;
  }
}

const STALE = `
  select c.id from customer c left join customer_summary s on s.customer_id = c.id
  where c.workspace_id = $1 and c.id > $3 and not c.is_anonymous
    and (s.customer_id is null or s.history_version <> c.history_version or (s.as_of <> $2 and c.last_active_on > least(s.as_of, $2::date)))
  order by c.id limit $4`;

const SUMMARISE = `
  with page as (select id as customer_id, history_version from customer where workspace_id = $1 and id = any($3::uuid[])),
  ${ORDER_DAYS},
  purchases as (
    select customer_id, count(*) as days, min(day) as first_day, max(day) as last_day, sum(value)::float8 as value,
      ((sum(value) - (array_agg(value order by day))[1]) / nullif(count(*) - 1, 0))::float8 as repeat_value
    from days group by customer_id),
  ordered as (
    select customer_id, count(*) as orders, sum(revenue) as amount, case when count(*) = count(cost) then sum(cost) end as cost
    from placed group by customer_id),
  refunded as (
    select customer_id, sum(revenue) as amount, case when not bool_or(has_unknown_cost) then sum(cost) end as cost
    from returned group by customer_id)
  insert into customer_summary (customer_id, workspace_id, as_of, history_version, order_count, order_days, first_order_on,
    last_order_on, purchase_value, monetary_value, gross_revenue, net_revenue, net_margin)
  select page.customer_id, $1, $2, page.history_version, coalesce(o.orders, 0), coalesce(p.days, 0), p.first_day, p.last_day,
    coalesce(p.value, 0), p.repeat_value, coalesce(o.amount, 0), coalesce(o.amount, 0) - coalesce(r.amount, 0),
    coalesce(o.amount, 0) - coalesce(r.amount, 0)
      - case when o.customer_id is null then 0 else o.cost end + case when r.customer_id is null then 0 else r.cost end
  from page
  left join purchases p using (customer_id) left join ordered o using (customer_id) left join refunded r using (customer_id)
  on conflict (customer_id) do update set
    as_of = excluded.as_of, history_version = excluded.history_version, order_count = excluded.order_count,
    order_days = excluded.order_days, first_order_on = excluded.first_order_on, last_order_on = excluded.last_order_on,
    purchase_value = excluded.purchase_value,
    monetary_value = excluded.monetary_value, gross_revenue = excluded.gross_revenue, net_revenue = excluded.net_revenue,
    net_margin = excluded.net_margin`;

/**
 * The summaries of all who had ordered or returned anything by the day, page by page, in the order of customer ids.
 * @param before Run to take each customer's earlier summary from.
 * @param covariates Traits to bring along.
 */
export async function* summaryPages(
  pool: pg.Pool,
  workspaceId: string,
  asOf: string,
  before: string | null = null,
  covariates: readonly Covariate[] = [],
  size = 5000,
): AsyncGenerator<readonly SummaryRow[]> {
  let after = LOWEST_UUID;
  for (;;) {
    const { rows } = await pool.query<SummaryRow>(
      `select s.customer_id as "customerId", s.order_count as "orderCount", s.order_days as "orderDays", s.first_order_on as "firstOrderOn",
         s.last_order_on as "lastOrderOn", s.purchase_value as "purchaseValue", s.monetary_value as "monetaryValue",
         s.net_revenue as "netRevenue", s.net_margin as "netMargin",
         case when p.first_order_on is not null then json_build_object('firstOrderOn', p.first_order_on, 'lastOrderOn', p.last_order_on,
           'orderDays', p.order_days, 'purchaseValue', p.purchase_value, 'monetaryValue', p.monetary_value, 'stratum', p.stratum) end as before,
         array[${covariates.map((name) => TRAIT[name]).join(', ')}]::text[] as traits
       from customer_summary s join customer c on c.id = s.customer_id and c.workspace_id = s.workspace_id
       left join customer_score p on p.customer_id = s.customer_id and p.run_id = $5::uuid and p.workspace_id = s.workspace_id
       where s.workspace_id = $1 and s.customer_id > $2 and (s.order_count > 0 or s.net_revenue <> 0 or c.last_active_on <= $4)
       order by s.customer_id limit $3`,
      [workspaceId, after, size, asOf, before],
    );
    if (rows.length === 0) return;
    yield rows;
    after = rows[rows.length - 1]!.customerId;
  }
}
