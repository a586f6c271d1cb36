import type { Pool } from 'pg';

import type { CampaignTrigger } from '../../domain/campaigns.ts';
import { grouped } from '../../store/sql/aligned.ts';
import { netOf } from '../../store/sql/order-revenue.ts';
import { endOf, startOf, timeZoneOf } from '../../store/sql/shop-day.ts';
import type { WorkspaceView } from '../../store/workspace-view.ts';

/** How far the customers of some exposures came. Those who were in two variants of a campaign are left out. */
export interface ExposureTotals {
  readonly assigned: number;
  readonly sent: number;
  readonly delivered: number;
  readonly opened: number;
  readonly clicked: number;
  readonly unsubscribed: number;
  readonly bounced: number;
  readonly complained: number;
  /** Customers who ordered within the campaign's window. */
  readonly buyers: number;
  /** Orders in the windows, and their revenue less refunds. */
  readonly orders: number;
  readonly revenue: number;
}

export interface PerformanceRow extends ExposureTotals {
  /** First day of the week or month of the assignment. */
  readonly startsOn: string;
  readonly variantId: string;
}

export interface TriggerRow extends ExposureTotals {
  readonly trigger: CampaignTrigger;
  readonly campaigns: number;
}

/** Where deliveries are not reported, what did not bounce is taken to be delivered, campaign by campaign. */
const TOTALS = `count(*)::int as assigned, count(e.sent_at)::int as sent,
  count(e.sent_at) filter (where case when e.reports_delivery then e.delivered_at is not null else e.bounced_at is null end)::int as delivered,
  count(e.opened_at)::int as opened, count(e.clicked_at)::int as clicked, count(e.unsubscribed_at)::int as unsubscribed,
  count(e.bounced_at)::int as bounced, count(e.complained_at)::int as complained,
  count(b.orders)::int as buyers, coalesce(sum(b.orders), 0)::int as orders, coalesce(sum(b.revenue), 0)::float8 as revenue`;

/** The campaigns c, their exposures e with the orders in their windows b. @param campaigns, exposures Conditions on them. */
const exposedAnd = (campaigns: string, exposures: string) => `
  c as materialized (
    select c.id, c.trigger, c.window_days,
      exists (select from campaign_exposure d where d.campaign_id = c.id and d.delivered_at is not null) as reports_delivery
    from campaign c where c.workspace_id = $1 and ${campaigns}),
  e as (
    select e.customer_id, e.campaign_id, e.variant_id, e.assigned_at, e.sent_at, e.delivered_at, e.opened_at, e.clicked_at,
      e.unsubscribed_at, e.bounced_at, e.complained_at, c.trigger, c.window_days, c.reports_delivery
    from c join campaign_exposure e on e.campaign_id = c.id
    where e.workspace_id = $1 and not e.is_contaminated and ${exposures}),
  span as (select min(e.assigned_at) as first, max(e.assigned_at + make_interval(days => e.window_days)) as last from e),
  b as (
    select e.customer_id, e.campaign_id, count(*) as orders, sum(${netOf('o', 'r.amount', '$1')}) as revenue
    from e join "order" o on o.customer_id = e.customer_id and o.placed_at >= e.assigned_at
      and o.placed_at < e.assigned_at + make_interval(days => e.window_days)
    left join lateral (
      select sum(r.amount) as amount from refund r where r.customer_id = o.customer_id and r.order_id = o.id) r on true
    where o.placed_at >= (select first from span) and o.placed_at < (select last from span)
    group by e.customer_id, e.campaign_id)`;

/** How each variant of campaigns did, by the week or month in which customers were assigned, in one statement. */
export async function findPerformance(
  pool: Pool,
  { workspaceId }: WorkspaceView,
  unit: 'week' | 'month',
  campaignIds: readonly string[],
): Promise<PerformanceRow[][]> {
  const { rows } = await pool.query<PerformanceRow & { readonly campaignId: string }>(
    `with ${exposedAnd('c.id = any($3::uuid[])', 'true')}
     select e.campaign_id as "campaignId", e.variant_id as "variantId",
       to_char(date_trunc($2, e.assigned_at at time zone ${timeZoneOf('$1')}), 'YYYY-MM-DD') as "startsOn", ${TOTALS}
     from e left join b using (customer_id, campaign_id)
     group by e.campaign_id, e.variant_id, "startsOn" order by "startsOn", e.variant_id`,
    [workspaceId, unit, campaignIds],
  );
  return grouped(campaignIds, rows, ({ campaignId }) => campaignId);
}

/** What is sent by triggers and what by the calendar, over customers assigned in a period of days, inclusive. */
export async function readTriggers(
  pool: Pool,
  { workspaceId }: WorkspaceView,
  { from, to }: { readonly from: string | null; readonly to: string | null },
): Promise<TriggerRow[]> {
  const { rows } = await pool.query<TriggerRow>(
    `with ${exposedAnd(
      'true',
      `($2::date is null or e.assigned_at >= ${startOf('$2::date', '$1')})
       and ($3::date is null or e.assigned_at < ${endOf('$3', '$1')}) and e.sent_at is not null`,
    )}
     select e.trigger, count(distinct e.campaign_id)::int as campaigns, ${TOTALS}
     from e left join b using (customer_id, campaign_id)
     group by e.trigger order by array_position(array['BROADCAST', 'SCHEDULE', 'ACTION', 'INACTION'], e.trigger)`,
    [workspaceId, from, to],
  );
  return rows;
}

/** Orders after this are unknown: the latest import, or the as-of day of the published run ($2). */
const OBSERVED_UNTIL = `(select least(now(), greatest(w.orders_until, (r.as_of + 1)::timestamp at time zone w.time_zone)) from workspace w
  left join analysis_run r on r.id = $2 and r.workspace_id = w.id where w.id = $1)`;

/** The customers by the campaign of their first message, and what they did in the days after. */
export interface FirstCampaignRow {
  readonly campaignId: string;
  readonly customers: number;
  /** Since when and until when they were reached. */
  readonly firstAt: Date;
  readonly lastAt: Date;
  /** By days: 30, 90, 365. */
  readonly buyers: readonly number[];
  readonly revenue: readonly number[];
  /** How many of them have been known for so long. */
  readonly known: readonly number[];
}

export const COHORT_DAYS = [30, 90, 365] as const;

/** Cohorts by the campaign whose message a customer was sent first, oldest first. Days that are not over yet do not count. */
export async function readFirstCampaigns(
  pool: Pool,
  { workspaceId, runId }: WorkspaceView,
): Promise<FirstCampaignRow[]> {
  const columns = (column: (days: (typeof COHORT_DAYS)[number]) => string) =>
    `array[${COHORT_DAYS.map(column).join(', ')}]`;
  const isWhole = (days: number) => `f.sent_at + interval '${days} days' <= ${OBSERVED_UNTIL}`;
  const within = (days: number) => `o.placed_at < f.sent_at + interval '${days} days' and ${isWhole(days)}`;
  const { rows } = await pool.query<FirstCampaignRow>(
    `with f as materialized (
       select distinct on (customer_id) customer_id, campaign_id, sent_at from campaign_exposure
       where workspace_id = $1 and sent_at is not null
       order by customer_id, sent_at, campaign_id),
     b as (
       select f.customer_id, ${columns((days) => `bool_or(${within(days)})::int`)} as buyers,
         ${columns((days) => `coalesce(sum(${netOf('o', 'r.amount', '$1')}) filter (where ${within(days)}), 0)::float8`)} as revenue
       from f join "order" o on o.customer_id = f.customer_id and o.placed_at >= f.sent_at
         and o.placed_at < f.sent_at + interval '${COHORT_DAYS.at(-1)} days'
       left join lateral (
         select sum(r.amount) as amount from refund r where r.customer_id = o.customer_id and r.order_id = o.id) r on true
       group by f.customer_id)
     select f.campaign_id as "campaignId", count(*)::int as customers, min(f.sent_at) as "firstAt", max(f.sent_at) as "lastAt",
       ${columns((days) => `count(*) filter (where ${isWhole(days)})::int`)} as known,
       ${columns((days) => `coalesce(sum(b.buyers[${COHORT_DAYS.indexOf(days) + 1}]), 0)::int`)} as buyers,
       ${columns((days) => `coalesce(sum(b.revenue[${COHORT_DAYS.indexOf(days) + 1}]), 0)::float8`)} as revenue
     from f left join b using (customer_id)
     group by f.campaign_id order by min(f.sent_at), f.campaign_id limit 200`,
    [workspaceId, runId],
  );
  return rows;
}
