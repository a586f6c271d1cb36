import type { CampaignDimension } from '../../domain/campaigns.ts';
import type { ResultsRequest } from '../../engine/experiments/types.ts';
import { netOf } from '../../store/sql/order-revenue.ts';
import type { Bind } from '../../store/sql/parameters.ts';
import type { WorkspaceView } from '../../store/workspace-view.ts';

const COLUMN: Readonly<Record<CampaignDimension, string>> = {
  SEGMENT: 'e.segment',
  TIER: 'e.tier',
  CHANNEL: 'e.channel',
  COUNTRY: 'e.country',
  CATEGORY: 'e.category',
  GROUP: 'e.audience_group',
};

/** The statement of `readCampaignCells`: one row of JSON. Orders are narrowed down to the days of the campaign before they are joined. */
export function cellsSql(
  { workspaceId, runId }: WorkspaceView,
  campaignId: string,
  { windowDays, by, covariate, winsorizeAt, withClv }: ResultsRequest,
  halves: boolean,
  now: Date,
  bind: Bind,
): string {
  const [workspace, run, campaign, at] = [bind(workspaceId), bind(runId), bind(campaignId), bind(now)];
  const window = `make_interval(days => ${bind(windowDays)}::int)`;
  const end = `e.assigned_at + ${window}`;
  const group = `array[${by.map((dimension) => COLUMN[dimension]).join(', ')}]::text[]`;
  const half = halves ? `(('x' || right(e.customer_id::text, 1))::bit(4)::int & 1)` : 'null::int';
  const x = {
    PRIOR_REVENUE: 'coalesce(e.given_prior, e.prior_revenue)',
    PREDICTED_CLV: 'coalesce(e.predicted_clv, 0)',
    NONE: '0::float8',
  }[covariate];
  const key = `e.variant_id as "variantId", ${group} as "group", ${half} as half`;
  const isReported = `(e.converted_at >= e.assigned_at and e.converted_at < ${end} and (e.sent_at is null or e.converted_at >= e.sent_at))`;
  const ofCampaign = `e.workspace_id = ${workspace}::uuid and e.campaign_id = ${campaign}::uuid`;
  const isOver = `${end} <= (select until from clock)`;
  const clv = withClv ? 's.clv_12' : '0::float8';
  const scores = withClv
    ? `left join customer_score s on s.customer_id = e.customer_id and s.run_id = ${run}::uuid and s.workspace_id = ${workspace}::uuid`
    : '';
  const cutTo = (name: string) => (winsorizeAt === null ? `b.${name}` : `least(b.${name}, cut.${name})`);
  const sums = (name: string, value: string) =>
    `sum(${value}) as ${name}, sum(${value} * ${value}) as "${name}Squares", sum(${value} * b.x) as "${name}X"`;
  return `
    with clock as (
      select least(${at}::timestamptz, coalesce(greatest(w.orders_until, (r.as_of + 1)::timestamp at time zone w.time_zone), ${at}::timestamptz)) as until,
        coalesce(r.margin_rate, w.margin_rate, 1) as margin_rate, (r.as_of + 1)::timestamp at time zone w.time_zone as run_until
      from workspace w left join analysis_run r on r.id = ${run}::uuid and r.workspace_id = w.id where w.id = ${workspace}::uuid),
    span as (select min(e.assigned_at) as first, max(e.assigned_at) as last from campaign_exposure e where ${ofCampaign}),
    reports as (
      select exists (select from campaign_exposure e where ${ofCampaign} and e.delivered_at is not null) as deliveries),
    bought as ${winsorizeAt === null ? '' : 'materialized'} (
      select e.customer_id, e."variantId", e."group", e.half, e.x, e.is_reported, count(*)::float8 as orders, sum(o.net)::float8 as revenue,
        sum(case when o.is_known then o.net - o.cost else o.net * (select margin_rate from clock) end)::float8 as margin,
        coalesce(sum(o.net) filter (where o.is_known), 0)::float8 as known
      from (
        select ${key}, e.customer_id, e.assigned_at, ${x} as x, coalesce(${isReported}, false) as is_reported
        from campaign_exposure e where ${ofCampaign} and not e.is_contaminated and ${isOver}) e
      cross join lateral (
        select ${netOf('o', 'r.amount', workspace)} as net, o.cost - coalesce(r.cost, 0) as cost,
          o.cost is not null and coalesce(r.is_known, true) as is_known
        from "order" o
        left join lateral (
          select sum(r.amount) as amount, sum(r.cost) as cost, bool_and(r.cost is not null) as is_known
          from refund r where r.customer_id = o.customer_id and r.order_id = o.id) r on true
        where o.customer_id = e.customer_id and o.placed_at >= e.assigned_at and o.placed_at < e.assigned_at + ${window}
          and o.placed_at >= (select first from span) and o.placed_at < (select last from span) + ${window}) o
      group by e.customer_id, e."variantId", e."group", e.half, e.x, e.is_reported)
    ${
      winsorizeAt === null
        ? ''
        : `, cut as (
      select percentile_disc(${bind(winsorizeAt)}::float8) within group (order by orders) as orders,
        percentile_disc(${bind(winsorizeAt)}::float8) within group (order by revenue) as revenue,
        percentile_disc(${bind(winsorizeAt)}::float8) within group (order by margin) as margin
      from bought)`
    }
    select
      (select coalesce(json_agg(a), '[]') from (
         select ${key}, case when e.is_contaminated then 'CONTAMINATED' when ${isOver} then 'COUNTED' else 'OPEN' end as state,
           count(*)::int as customers, count(e.sent_at)::int as sent,
           count(e.sent_at) filter (where case when (select deliveries from reports) then e.delivered_at is not null else e.bounced_at is null end)::int as delivered,
           count(e.opened_at)::int as opened, count(e.clicked_at)::int as clicked, count(*) filter (where ${isReported})::int as converted,
           count(e.unsubscribed_at)::int as unsubscribed, count(e.bounced_at)::int as bounced, count(e.complained_at)::int as complained,
           count(*) filter (where e.converted_at < e.sent_at)::int as "convertedBeforeSend",
           count(*) filter (where ${end} > (select run_until from clock))::int as "beyondRun",
           sum(${x}) as x, sum(${x} * ${x}) as xx, coalesce(sum(${x}) filter (where e.clicked_at is not null), 0) as "clickX",
           coalesce(sum(${x}) filter (where ${isReported}), 0) as "convertedX",
           coalesce(sum(${clv}), 0) as clv, coalesce(sum(${clv} * ${clv}), 0) as "clvSquares", coalesce(sum(${clv} * ${x}), 0) as "clvX"
         from campaign_exposure e ${scores}
         where ${ofCampaign}
         group by 1, 2, 3, 4) a) as exposed,
      (select coalesce(json_agg(a), '[]') from (
         select b."variantId", b."group", b.half, count(*) filter (where not b.is_reported)::int as converted,
           coalesce(sum(b.x) filter (where not b.is_reported), 0) as "convertedX",
           ${sums('orders', cutTo('orders'))}, ${sums('revenue', cutTo('revenue'))}, ${sums('margin', cutTo('margin'))},
           sum(b.revenue) as "netRevenue", sum(b.known) as "knownRevenue"
         from bought b ${winsorizeAt === null ? '' : 'cross join cut'}
         group by 1, 2, 3) a) as bought,
      ${winsorizeAt === null ? 'null::json' : '(select to_json(cut) from cut where orders is not null)'} as cut,
      (select until from clock) as until`;
}
