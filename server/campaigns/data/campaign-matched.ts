import type { Pool } from 'pg';
import { ORDER_DAYS } from '../../customers/data/order-days.ts';
import { dayNumber, dayOfNumber } from '../../domain/day.ts';
import { type RfmScore, segmentOf } from '../../domain/rfm.ts';
import type { RfmEdges } from '../../engine/analytics/rfm.ts';
import type { MatchedSums, StratumSums } from '../../engine/experiments/without-control.ts';
import { netOf } from '../../store/sql/order-revenue.ts';
import { dayOf, endOf, startOf } from '../../store/sql/shop-day.ts';
import type { WorkspaceView } from '../../store/workspace-view.ts';
import { type CampaignSpan, COUNTED } from './campaign-span.ts';

/** What customers of a day are put into segments by: see `analysis_run.rfm_edges`. */
export interface SegmentEdges extends RfmEdges {
  /** Whether M is the margin; else it is the revenue. */
  readonly isMargin: boolean;
}

export interface MatchedReading {
  /** The day that others are seen on: half of the customers were assigned by its end. */
  readonly on: string;
  readonly variants: readonly MatchedSums[];
}

/** Others who are looked at: ids are hashes, so the first of them are as good as drawn by lot, and the same ones each time. */
const MOST_OTHERS = 100_000;

const SCORES: readonly RfmScore[] = [1, 2, 3, 4, 5];
/** By R, then FM. */
const SEGMENTS = SCORES.flatMap((r) => SCORES.map((fm) => segmentOf(r, fm)));

/** They end where ties leave classes empty, and `width_bucket` takes no null. */
const known = (edges: RfmEdges['recency']) => edges.filter((edge) => edge !== null);

/**
 * What the customers of each variant spent in the window, by segment and tier, and what similar customers outside the campaign
 * spent, who had ordered before. The segments of these are as of the median day of assignment, by the edges of the published
 * run, and their window begins on that day. Prospects are not matched: outside the campaign, only those who ordered later are known.
 * @returns null where no customer counts.
 */
export async function readMatched(
  pool: Pool,
  { workspaceId, runId }: WorkspaceView,
  campaign: { readonly id: string },
  { windowDays, now }: CampaignSpan,
  { recency, frequency, monetary, isMargin }: SegmentEdges,
): Promise<MatchedReading | null> {
  const span = [workspaceId, runId, campaign.id, windowDays, now];
  const { rows: medians } = await pool.query<{ on: string | null }>(
    `with ${COUNTED} select ${dayOf('percentile_disc(0.5) within group (order by assigned_at)', '$1')} as on from counted`,
    span,
  );
  const on = medians[0]?.on ?? null;
  if (on === null) return null;
  const { rows: exposed } = await pool.query<ExposedRow>(EXPOSED, span);
  const { rows: others } = await pool.query<StratumRow>(OTHERS, [
    ...[workspaceId, dayOfNumber(dayNumber(on) - 1), campaign.id, windowDays, MOST_OTHERS],
    ...[known(recency), known(frequency), known(monetary), isMargin, SEGMENTS],
  ]);
  const variantIds = [...new Set(exposed.map(({ variantId }) => variantId))];
  return { on, variants: variantIds.map((id) => matched(id, exposed, others)) };
}

interface StratumRow extends StratumSums {
  readonly segment: string | null;
  readonly tier: string | null;
}

interface ExposedRow extends StratumRow {
  readonly variantId: string;
}

function matched(variantId: string, exposed: readonly ExposedRow[], others: readonly StratumRow[]): MatchedSums {
  const own = exposed.filter((row) => row.variantId === variantId);
  return {
    variantId,
    customers: own.reduce((sum, { customers }) => sum + customers, 0),
    strata: own.flatMap((row) => {
      const { segment, tier } = row;
      const alike = others.find((other) => other.segment === segment && other.tier === tier);
      return segment === null || alike === undefined
        ? []
        : [{ segment, tier, exposed: sumsOf(row), others: sumsOf(alike) }];
    }),
  };
}

const sumsOf = ({ customers, sum, squares }: StratumRow): StratumSums => ({ customers, sum, squares });

const NET = netOf(
  'o',
  '(select sum(r.amount) from refund r where r.customer_id = o.customer_id and r.order_id = o.id)',
  '$1',
);

const EXPOSED = `
  with ${COUNTED},
  spent as (
    select e.customer_id, e.variant_id, sum(${NET})::float8 as y
    from counted e join "order" o on o.customer_id = e.customer_id and o.workspace_id = $1
      and o.placed_at >= e.assigned_at and o.placed_at < e.assigned_at + make_interval(days => $4::int)
    group by e.customer_id, e.variant_id)
  select e.variant_id as "variantId", e.segment, e.tier, count(*)::int as customers, coalesce(sum(s.y), 0) as sum,
    coalesce(sum(s.y * s.y), 0) as squares
  from counted e left join spent s using (customer_id, variant_id)
  group by 1, 2, 3 order by 1, 2, 3`;

/** $2 is the day before: order days are those up to its end. */
const OTHERS = `
  with page as materialized (
    select c.id as customer_id from customer c
    where c.workspace_id = $1 and c.history_version > 0 and not c.is_anonymous and not exists (
      select from campaign_exposure e where e.customer_id = c.id and e.campaign_id = $3)
    order by c.id limit $5),
  ${ORDER_DAYS},
  purchases as (select customer_id, count(*) as days, max(day) as last_day from days group by customer_id),
  ordered as (
    select customer_id, sum(revenue) as amount, case when count(*) = count(cost) then sum(cost) end as cost from placed
    group by customer_id),
  refunded as (
    select customer_id, sum(revenue) as amount, case when not bool_or(has_unknown_cost) then sum(cost) end as cost from returned
    group by customer_id),
  scored as (
    select p.customer_id, 1 + width_bucket(-($2::date + 1 - p.last_day)::float8, $6::float8[]) as r,
      case when p.days = 1 then 1 else 2 + width_bucket(p.days::float8, $7::float8[]) end as f,
      1 + width_bucket((o.amount - coalesce(r.amount, 0)
        - case when $9 then coalesce(o.cost - case when r.customer_id is null then 0 else r.cost end, 0) else 0 end)::float8, $8::float8[]) as m
    from purchases p join ordered o using (customer_id) left join refunded r using (customer_id)),
  spent as (
    select o.customer_id, sum(${NET})::float8 as y from "order" o join scored using (customer_id)
    where o.workspace_id = $1 and o.placed_at >= ${endOf('$2', '$1')} and o.placed_at < ${startOf('$2::date + 1 + $4::int', '$1')} group by o.customer_id)
  select ($10::text[])[(r - 1) * 5 + (f + m + 1) / 2] as segment, 'M' || m as tier, count(*)::int as customers,
    coalesce(sum(y), 0) as sum, coalesce(sum(y * y), 0) as squares
  from scored left join spent using (customer_id) group by 1, 2`;
