import type pg from 'pg';

import { netOf } from '../../store/sql/order-revenue.ts';
import { dayOf } from '../../store/sql/shop-day.ts';
import { type Columns, columnNames, columnsOf, unnest } from '../../store/sql/unnest.ts';
import { EXPOSURE_KEY } from './exposure-writer.ts';

/** A customer's orders before an assignment; days as `YYYY-MM-DD`. */
export interface ExposureHistory {
  readonly customerId: string;
  readonly campaignId: string;
  readonly variantId: string;
  readonly historyVersion: number;
  readonly assignedOn: string;
  readonly orderDays: number;
  readonly lastOrderOn: string | null;
  readonly netRevenue: number;
  /** Null where a cost is unknown. */
  readonly netMargin: number | null;
  /** Net revenue of the 365 days before. */
  readonly priorRevenue: number;
  readonly channel: string | null;
  readonly country: string | null;
  readonly category: string | null;
  readonly predictedClv: number | null;
}

export interface ExposureSnapshot
  extends Pick<
    ExposureHistory,
    'customerId' | 'campaignId' | 'variantId' | 'priorRevenue' | 'channel' | 'country' | 'category' | 'predictedClv'
  > {
  readonly snapshotVersion: number;
  readonly segment: string | null;
  readonly tier: string | null;
}

export interface StalePage {
  /** Id that the page comes after. */
  readonly after: string;
  /** Null for all customers. */
  readonly customerIds: readonly string[] | null;
  /** Whether those without a segment are to be made again. */
  readonly withoutSegment: boolean;
  /** Whose CLV is taken where it was published before the assignment. */
  readonly runId: string | null;
  readonly size: number;
}

/**
 * Exposures whose customer has changed since their snapshot, or that have none, with the customer's orders and refunds from
 * before the assignment; all of a customer's in the same page. Ordered by customer.
 */
export async function staleExposures(
  pool: pg.Pool,
  workspaceId: string,
  { after, customerIds, withoutSegment, runId, size }: StalePage,
): Promise<ExposureHistory[]> {
  const { rows } = await pool.query<ExposureHistory>(STALE, [
    workspaceId,
    after,
    customerIds,
    withoutSegment,
    runId,
    size,
  ]);
  return rows;
}

const STALE = `
  with page as (
    select distinct e.customer_id from campaign_exposure e join customer c on c.id = e.customer_id
    where e.workspace_id = $1 and e.customer_id > $2 and ($3::uuid[] is null or e.customer_id = any($3))
      and (e.snapshot_version is distinct from c.history_version or ($4 and e.segment is null))
    order by e.customer_id limit $6)
  select e.customer_id as "customerId", e.campaign_id as "campaignId", e.variant_id as "variantId", c.history_version as "historyVersion",
    ${dayOf('e.assigned_at', '$1')} as "assignedOn", coalesce(h.order_days, 0)::int as "orderDays", h.last_day as "lastOrderOn",
    (coalesce(h.net, 0) - coalesce(u.amount, 0))::float8 as "netRevenue",
    case when h.costs_known and u.costs_known is not false then (h.net - coalesce(u.amount, 0) - h.cost + coalesce(u.cost, 0))::float8 end as "netMargin",
    coalesce(h.prior, 0)::float8 as "priorRevenue", c.channel, c.country, k.category,
    coalesce(e.predicted_clv, (
      select s.clv_12 from customer_score s join analysis_run r on r.id = s.run_id
      where s.customer_id = e.customer_id and s.run_id = $5 and r.no_value_reason is null and r.as_of < ${dayOf('e.assigned_at', '$1')})) as "predictedClv"
  from page join campaign_exposure e on e.customer_id = page.customer_id and e.workspace_id = $1
  join customer c on c.id = e.customer_id
  cross join lateral (
    select count(distinct o.day) filter (where not o.is_void) as order_days, max(o.day) filter (where not o.is_void) as last_day,
      sum(o.net) as net, sum(o.cost) as cost, bool_and(o.cost is not null) as costs_known,
      sum(o.net) filter (where o.placed_at >= e.assigned_at - interval '365 days') as prior
    from (
      select o.placed_at, ${dayOf('o.placed_at', '$1')} as day, ${netOf('o', 'r.amount', '$1')} as net,
        case when coalesce(r.costs_known, true) then o.cost - coalesce(r.cost, 0) end as cost,
        coalesce(r.amount > 0 and r.amount >= o.amount, false) as is_void
      from "order" o left join lateral (
        select sum(r.amount) as amount, sum(r.cost) as cost, bool_and(r.cost is not null) as costs_known
        from refund r where r.customer_id = o.customer_id and r.order_id = o.id and r.refunded_at < e.assigned_at) r on true
      where o.customer_id = e.customer_id and o.placed_at < e.assigned_at) o) h
  cross join lateral (
    select sum(r.amount) as amount, sum(r.cost) as cost, bool_and(r.cost is not null) as costs_known
    from refund r where r.customer_id = e.customer_id and r.order_id is null and r.refunded_at < e.assigned_at) u
  left join lateral (
    select p.category from "order" o
    join order_line l on l.customer_id = o.customer_id and l.order_id = o.id
    join product p on p.id = l.product_id and p.workspace_id = $1
    where o.customer_id = e.customer_id and o.placed_at < e.assigned_at and p.category is not null
    group by p.category order by sum(l.quantity * l.unit_price - l.discount) desc, p.category limit 1) k on true
  order by e.customer_id`;

const SNAPSHOT: Columns<ExposureSnapshot> = {
  customerId: 'uuid',
  campaignId: { repeated: 'uuid' },
  variantId: { repeated: 'uuid' },
  snapshotVersion: 'int',
  segment: { repeated: 'text' },
  tier: { repeated: 'text' },
  priorRevenue: 'float8',
  channel: { repeated: 'text' },
  country: { repeated: 'text' },
  category: { repeated: 'text' },
  predictedClv: 'float8',
};

const SNAPSHOT_VALUES = columnNames(SNAPSHOT, EXPOSURE_KEY);

export async function writeSnapshots(
  pool: pg.Pool,
  workspaceId: string,
  snapshots: readonly ExposureSnapshot[],
): Promise<void> {
  await pool.query(
    `update campaign_exposure e set (${SNAPSHOT_VALUES.join(', ')}) = (${columnsOf('d', SNAPSHOT_VALUES)})
     from ${unnest(SNAPSHOT, 2)}
     where e.workspace_id = $1 and (${columnsOf('e', EXPOSURE_KEY)}) = (${columnsOf('d', EXPOSURE_KEY)})`,
    [workspaceId, ...unnest.values(SNAPSHOT, snapshots)],
  );
}
