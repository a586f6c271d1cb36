import type pg from 'pg';

import { GRANULARITIES, GRANULARITY_MONTHS, type Granularity, HORIZON_MONTHS, HORIZONS } from '../../domain/period.ts';
import type { RunScope } from '../../store/run-scope.ts';
import { givenBackOf, grossOf } from '../../store/sql/order-revenue.ts';
import { endOf, timeZoneOf } from '../../store/sql/shop-day.ts';

const MONTHS = Object.values(HORIZON_MONTHS);
const SUMS = MONTHS.flatMap((months) => [`expected_order_days_${months}`, `clv_${months}`]);

/** Class of variance / mean of a horizon, each four times as wide as the one before. */
const spreadOf = (index: number) =>
  `floor(ln(greatest(s.clv_variance[${index + 1}] / greatest(s.clv_${MONTHS[index]}, 1e-9), 1e-9)) / ln(4::float8))`;
const SPREAD_CLASS = `(64 * ${spreadOf(0)} + ${spreadOf(MONTHS.length - 1)})::smallint`;

const VARIANCES = HORIZONS.map((_, index) => `sum(s.clv_variance[${index + 1}]) as variance_${index + 1}`);

/** Of a cell, as if all customers of its spread class had the same variance / mean. Smaller values than the least are none. */
const SHARED_VARIANCES = MONTHS.map(
  (months, index) =>
    `case when clv_${months} < 1e-9 then 0 * variance_${index + 1}
       else clv_${months} * (sum(variance_${index + 1}) over class / sum(clv_${months}) over class) end`,
);

/**
 * Counts and sums a run's scores by everything that aggregates are asked by, and its orders by cohort and period. Customers of
 * a spread class have about the same variance / mean over the shortest and over the longest horizon.
 */
export async function insertCells(
  pool: pg.Pool,
  run: RunScope,
  clvBinEdges: readonly number[],
  asOf: string,
): Promise<void> {
  await pool.query(
    `with cell as (
       select s.segment, s.recency, (s.frequency + s.monetary + 1) / 2 as fm, date_trunc('month', m.first_order_on)::date as cohort, c.country,
         width_bucket(s.clv_12, $3::float8[]) as clv_bin,
         ${SPREAD_CLASS} as spread_class,
         count(*) as customers, sum(s.net_revenue) as net_revenue, sum(s.money_at_risk) as money_at_risk, ${VARIANCES.join(', ')},
         max(array[s.clv_12, ${MONTHS.map((months) => `s.clv_${months}`).join(', ')}]) as largest_clv, ${SUMS.map((sum) => `sum(s.${sum}) as ${sum}`).join(', ')}
       from customer_score s
       join customer c on c.id = s.customer_id
       join customer_summary m on m.customer_id = s.customer_id
       where s.run_id = $1 and s.workspace_id = $2
       group by 1, 2, 3, 4, 5, 6, 7)
     insert into score_cell (run_id, workspace_id, segment, recency, fm, cohort, country, clv_bin, spread_class, customers, net_revenue, money_at_risk, clv_variance, largest_clv, ${SUMS.join(', ')})
     select $1, $2, segment, recency, fm, cohort, country, clv_bin, spread_class, customers, net_revenue, money_at_risk, array[${SHARED_VARIANCES.join(', ')}], largest_clv, ${SUMS.join(', ')}
     from cell window class as (partition by spread_class)`,
    [run.runId, run.workspaceId, clvBinEdges],
  );
  for (const granularity of GRANULARITIES) await insertCohorts(pool, run, granularity, asOf);
}

/**
 * Every period up to the as-of day has a cell, also one without an order: then its customers are zero, not unknown. What came
 * before a customer's first purchase, such as an order refunded in full, counts in the cohort's first period.
 */
async function insertCohorts(pool: pg.Pool, run: RunScope, granularity: Granularity, asOf: string): Promise<void> {
  const zone = timeZoneOf('$2');
  await pool.query(
    `with cohort as (
       select customer_id, date_trunc($3, first_order_on::timestamp)::date as cohort
       from customer_summary where workspace_id = $2 and order_days > 0),
     size as (select cohort, count(*) as customers from cohort group by cohort),
     returned as (
       select r.customer_id, r.order_id, date_trunc($3, r.refunded_at at time zone ${zone})::date as start, r.amount,
         ${givenBackOf('r.amount', 'o', '$2')} as revenue
       from refund r left join "order" o on o.customer_id = r.customer_id and o.id = r.order_id and o.workspace_id = $2
       where r.workspace_id = $2 and r.refunded_at < ${endOf('$4', '$2')}),
     void as (
       select r.customer_id, r.order_id from returned r join "order" o on o.customer_id = r.customer_id and o.id = r.order_id
       where o.workspace_id = $2 group by 1, 2 having sum(r.amount) >= min(o.amount) and sum(r.amount) > 0),
     fact as (
       select o.customer_id, date_trunc($3, o.placed_at at time zone ${zone})::date as start, ${grossOf('o', '$2')} as revenue,
         v.order_id is null as is_purchase
       from "order" o left join void v on v.customer_id = o.customer_id and v.order_id = o.id
       where o.workspace_id = $2 and o.placed_at < ${endOf('$4', '$2')}
       union all
       select customer_id, start, -revenue, false from returned),
     active as (
       select cohort, greatest(start, cohort) as start, count(distinct customer_id) filter (where is_purchase) as customers, sum(revenue) as revenue
       from fact join cohort using (customer_id) group by 1, 2)
     insert into cohort_cell (run_id, workspace_id, granularity, cohort, period, customers, active_customers, revenue)
     select $1, $2, $5, size.cohort, p.period, size.customers, coalesce(a.customers, 0), coalesce(a.revenue, 0)
     from size
     cross join lateral (
       select start::date, ordinality::int - 1 as period
       from generate_series(size.cohort::timestamp, $4::timestamp, make_interval(months => $6)) with ordinality as g (start, ordinality)) p
     left join active a on a.cohort = size.cohort and a.start = p.start`,
    [run.runId, run.workspaceId, granularity.toLowerCase(), asOf, granularity, GRANULARITY_MONTHS[granularity]],
  );
}
