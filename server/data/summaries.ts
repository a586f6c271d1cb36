import type pg from 'pg';

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
}

/** Customers that one statement covers: long enough to be fast, short enough to let other statements in between. */
const PAGE = 20_000;
const FIRST = '00000000-0000-0000-0000-000000000000';

/** Day of the last order or refund, and of the last one by a given day; null where there is none. */
export async function lastFacts(
  pool: pg.Pool,
  workspaceId: string,
  by: string,
): Promise<{ readonly last: string | null; readonly lastBy: string | null }> {
  const { rows } = await pool.query<{ last: string | null; lastBy: string | null }>(
    `select max(last_fact_on) as last, max(last_fact_on) filter (where last_fact_on <= $2) as "lastBy"
     from customer where workspace_id = $1`,
    [workspaceId, by],
  );
  return rows[0]!;
}

/**
 * Brings customer_summary up to date as of the end of a day, for the customers whose orders have changed or whose known orders
 * straddle the day; the others' rows hold as they are, because they store days and not ages.
 */
export async function summarise(pool: pg.Pool, workspaceId: string, asOf: string): Promise<void> {
  let after = FIRST;
  for (;;) {
    const { rows } = await pool.query<{ id: string }>(STALE, [workspaceId, asOf, after, PAGE]);
    if (rows.length === 0) return;
    await pool.query(SUMMARISE, [workspaceId, asOf, rows.map(({ id }) => id)]);
    after = rows[rows.length - 1]!.id;
  }
}

const STALE = `
  select c.id from customer c left join customer_summary s on s.customer_id = c.id
  where c.workspace_id = $1 and c.id > $3
    and (s.customer_id is null or s.fact_version <> c.fact_version or (s.as_of <> $2 and c.last_fact_on > least(s.as_of, $2::date)))
  order by c.id limit $4`;

// A day's orders are one purchase. An order refunded in full is none; other refunds of a known order lower its value, and
// those of no known order lower the customer's revenue only.
const SUMMARISE = `
  with page as (select id as customer_id, fact_version from customer where workspace_id = $1 and id = any($3::uuid[])),
  returned as (
    select r.customer_id, r.order_id, sum(r.amount) as amount, sum(r.cost) as cost, bool_or(r.cost is null) as has_unknown_cost
    from refund r join page using (customer_id)
    where r.workspace_id = $1 and r.refunded_at < ($2::date + 1)::timestamp at time zone 'UTC'
    group by r.customer_id, r.order_id),
  placed as (
    select o.customer_id, (o.placed_at at time zone 'UTC')::date as day, o.amount, o.cost,
      o.amount - coalesce(r.amount, 0) as net, coalesce(r.amount > 0 and r.amount >= o.amount, false) as is_void
    from "order" o join page using (customer_id)
    left join returned r on r.customer_id = o.customer_id and r.order_id = o.id
    where o.workspace_id = $1 and o.placed_at < ($2::date + 1)::timestamp at time zone 'UTC'),
  days as (select customer_id, day, sum(net) as value from placed where not is_void group by customer_id, day),
  purchases as (
    select customer_id, count(*) as days, min(day) as first_day, max(day) as last_day, sum(value)::float8 as value,
      ((sum(value) - (array_agg(value order by day))[1]) / nullif(count(*) - 1, 0))::float8 as repeat_value
    from days group by customer_id),
  ordered as (
    select customer_id, count(*) as orders, sum(amount) as amount, case when count(*) = count(cost) then sum(cost) end as cost
    from placed group by customer_id),
  refunded as (
    select customer_id, sum(amount) as amount, case when not bool_or(has_unknown_cost) then sum(cost) end as cost
    from returned group by customer_id)
  insert into customer_summary (customer_id, workspace_id, as_of, fact_version, order_count, order_days, first_order_on,
    last_order_on, purchase_value, monetary_value, gross_revenue, net_revenue, net_margin)
  select page.customer_id, $1, $2, page.fact_version, coalesce(o.orders, 0), coalesce(p.days, 0), p.first_day, p.last_day,
    coalesce(p.value, 0), p.repeat_value, coalesce(o.amount, 0), coalesce(o.amount, 0) - coalesce(r.amount, 0),
    coalesce(o.amount, 0) - coalesce(r.amount, 0)
      - case when o.customer_id is null then 0 else o.cost end + case when r.customer_id is null then 0 else r.cost end
  from page
  left join purchases p using (customer_id) left join ordered o using (customer_id) left join refunded r using (customer_id)
  on conflict (customer_id) do update set
    as_of = excluded.as_of, fact_version = excluded.fact_version, order_count = excluded.order_count,
    order_days = excluded.order_days, first_order_on = excluded.first_order_on, last_order_on = excluded.last_order_on,
    purchase_value = excluded.purchase_value,
    monetary_value = excluded.monetary_value, gross_revenue = excluded.gross_revenue, net_revenue = excluded.net_revenue,
    net_margin = excluded.net_margin`;

/** The summaries of all who had ordered or returned anything by the day, page by page, in the order of customer ids. */
export async function* summaryPages(
  pool: pg.Pool,
  workspaceId: string,
  asOf: string,
  size = 5000,
): AsyncGenerator<readonly SummaryRow[]> {
  let after = FIRST;
  for (;;) {
    const { rows } = await pool.query<SummaryRow>(
      `select s.customer_id as "customerId", s.order_count as "orderCount", s.order_days as "orderDays", s.first_order_on as "firstOrderOn",
         s.last_order_on as "lastOrderOn", s.purchase_value as "purchaseValue", s.monetary_value as "monetaryValue",
         s.net_revenue as "netRevenue", s.net_margin as "netMargin"
       from customer_summary s join customer c on c.id = s.customer_id
       where s.workspace_id = $1 and s.customer_id > $2 and (s.order_count > 0 or s.net_revenue <> 0 or c.last_fact_on <= $4)
       order by s.customer_id limit $3`,
      [workspaceId, after, size, asOf],
    );
    if (rows.length === 0) return;
    yield rows;
    after = rows[rows.length - 1]!.customerId;
  }
}
