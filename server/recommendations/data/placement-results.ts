import type { Pool } from 'pg';

import type { RecommendationKind, RecommendationVariant } from '../../domain/recommendations.ts';
import { grouped } from '../../store/sql/aligned.ts';
import { dayOf, endOf, startOf } from '../../store/sql/shop-day.ts';
import type { WorkspaceView } from '../../store/workspace-view.ts';
import type { ResultsWindow } from '../results-window.ts';

/** Counts of pairs of a customer and a product. */
export interface PlacementResultRow {
  readonly variant: RecommendationVariant;
  readonly kind: RecommendationKind;
  readonly shown: number;
  readonly clicked: number;
  readonly bought: number;
  readonly shownAndClicked: number;
  readonly ordered: number;
}

/** What became of the recommendations of each placement, by variant and kind, in one statement. */
export async function findPlacementResults(
  pool: Pool,
  { workspaceId }: WorkspaceView,
  { from, to, withinDays }: ResultsWindow,
  placements: readonly string[],
): Promise<PlacementResultRow[][]> {
  const { rows } = await pool.query<PlacementResultRow & { readonly placement: string }>(
    `select f.placement, f.variant, f.recommendation_kind as kind, count(f.shown)::int as shown, count(*) filter (where f.clicked)::int as clicked,
       count(*) filter (where f.bought)::int as bought,
       count(f.shown) filter (where f.clicked)::int as "shownAndClicked",
       count(*) filter (where exists (select from unnest(b.days) day where day between f.shown and f.shown + $5))::int as ordered
     from (
       select customer_id, product_id, placement, variant, recommendation_kind,
         ${dayOf("min(at) filter (where kind = 'SHOWN')", '$1')} - date '1970-01-01' as shown,
         bool_or(kind = 'CLICKED') as clicked, bool_or(kind = 'BOUGHT') as bought
       from recommendation_feedback
       where workspace_id = $1 and placement = any($2::text[]) and ($3::date is null or at >= ${startOf('$3::date', '$1')})
         and ($4::date is null or at < ${endOf('$4', '$1')})
       group by customer_id, product_id, placement, variant, recommendation_kind) f
     left join customer_product b on b.customer_id = f.customer_id and b.product_id = f.product_id and b.workspace_id = $1
     group by f.placement, f.variant, f.recommendation_kind
     order by array_position(array['PERSONAL', 'CONTROL', 'FALLBACK'], f.variant),
       array_position(array['CROSS_SELL', 'UP_SELL', 'REPLENISH', 'TRENDING'], f.recommendation_kind)`,
    [workspaceId, placements, from, to, withinDays],
  );
  return grouped(placements, rows, ({ placement }) => placement);
}
