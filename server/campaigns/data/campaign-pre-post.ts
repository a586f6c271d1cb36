import type { Pool } from 'pg';

import type { PrePostSums } from '../../engine/experiments/without-control.ts';
import { netOf } from '../../store/sql/order-revenue.ts';
import { startOf } from '../../store/sql/shop-day.ts';
import type { WorkspaceView } from '../../store/workspace-view.ts';
import type { CampaignSpan } from './campaign-span.ts';
import { COUNTED } from './campaign-span.ts';

/**
 * What each variant's customers spent in as many days before their assignment as after it, refunds netted, over those that
 * count in results. Whose days before began before the workspace's first order is known are left out: there a zero is none.
 */
export async function readPrePost(
  pool: Pool,
  { workspaceId, runId }: WorkspaceView,
  campaign: { readonly id: string },
  { windowDays, now }: CampaignSpan,
): Promise<PrePostSums[]> {
  const { rows } = await pool.query<PrePostSums>(PRE_POST, [workspaceId, runId, campaign.id, windowDays, now]);
  return rows;
}

const PRE_POST = `
  with ${COUNTED},
  exposed as materialized (
    select * from counted
    where assigned_at - make_interval(days => $4::int) >= coalesce(
      (select ${startOf('min(first_order_on)', '$1')} from customer_summary where workspace_id = $1 and order_count > 0), '-infinity')),
  spent as (
    select e.customer_id, e.variant_id, coalesce(sum(o.net) filter (where o.placed_at < e.assigned_at), 0)::float8 as x,
      coalesce(sum(o.net) filter (where o.placed_at >= e.assigned_at), 0)::float8 as y
    from exposed e cross join lateral (
      select o.placed_at, ${netOf('o', 'r.amount', '$1')} as net
      from "order" o left join lateral (
        select sum(r.amount) as amount from refund r where r.customer_id = o.customer_id and r.order_id = o.id) r on true
      where o.workspace_id = $1 and o.customer_id = e.customer_id
        and o.placed_at >= e.assigned_at - make_interval(days => $4::int)
        and o.placed_at < e.assigned_at + make_interval(days => $4::int)) o
    group by e.customer_id, e.variant_id)
  select n.variant_id as "variantId", n.customers, json_build_object('sum', coalesce(s.x, 0), 'squares', coalesce(s.xx, 0)) as before,
    json_build_object('sum', coalesce(s.y, 0), 'squares', coalesce(s.yy, 0)) as after, coalesce(s.xy, 0) as products
  from (select variant_id, count(*)::int as customers from exposed group by variant_id) n
  left join (
    select variant_id, sum(x) as x, sum(x * x) as xx, sum(y) as y, sum(y * y) as yy, sum(x * y) as xy from spent
    group by variant_id) s using (variant_id)
  order by n.variant_id`;
