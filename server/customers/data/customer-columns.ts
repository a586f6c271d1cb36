import type { Segment } from '../../domain/segments.ts';
import { givenBackOf, grossOf } from '../../store/sql/order-revenue.ts';
import type { Bind } from '../../store/sql/parameters.ts';
import { dayOf } from '../../store/sql/shop-day.ts';
import type { WorkspaceView } from '../../store/workspace-view.ts';

export interface CustomerRow {
  readonly id: string;
  readonly externalId: string;
  readonly name: string | null;
  readonly email: string | null;
  readonly country: string | null;
  readonly channel: string | null;
  readonly orderCount: number;
  /** Decimal text. */
  readonly netRevenue: string;
  readonly lastOrderOn: string | null;
  /** The score of the published run; null where it does not include the customer. */
  readonly score: CustomerScore | null;
}

export interface CustomerScore {
  /** Whether the run has values: without one, what is foretold is 0 and means nothing. */
  readonly isValued: boolean;
  readonly segment: Segment;
  readonly recency: number;
  readonly frequency: number;
  readonly monetary: number;
  readonly orderDays: number;
  readonly daysSinceLastOrder: number | null;
  readonly probabilityAlive: number | null;
  readonly churn90: number;
  readonly moneyAtRisk: number;
  readonly expectedSpend: number;
  /** By months of the horizon. */
  readonly expectedOrderDays: Readonly<Record<3 | 6 | 12 | 24 | 36, number>>;
  readonly clv: Readonly<Record<3 | 6 | 12 | 24 | 36, number>>;
  /** Quantiles of the simulated CLV by horizon, shortest first; null where the run has none. */
  readonly clvP10: readonly number[] | null;
  readonly clvP50: readonly number[] | null;
  readonly clvP90: readonly number[] | null;
  /** Causes of the change of the 12-month CLV since the run before, see `ClvChange`; null or empty without one. */
  readonly clvChange: readonly number[] | null;
  readonly firstOrderOn: string | null;
  readonly lastOrderOn: string;
  readonly purchaseValue: number;
  readonly monetaryValue: number | null;
  readonly stratum: number;
}

const byHorizon = (column: string) =>
  `json_build_object(${[3, 6, 12, 24, 36].map((months) => `'${months}', s.${column}_${months}`).join(', ')})`;

/** Columns of a CustomerRow; see `customersOf`. */
export const CUSTOMER_COLUMNS = `
  c.id, c.external_id as "externalId", c.name, c.email, c.country, c.channel,
  coalesce(s.order_count, f.order_count) as "orderCount",
  coalesce(s.net_revenue, f.net_revenue)::text as "netRevenue",
  nullif(coalesce(s.last_order_on, f.last_order_on), date '0001-01-01')::text as "lastOrderOn",
  case when s.customer_id is not null then json_build_object(
    'segment', s.segment, 'recency', s.recency, 'frequency', s.frequency, 'monetary', s.monetary,
    'orderDays', s.order_days,
    'daysSinceLastOrder', (select r.as_of - nullif(s.last_order_on, date '0001-01-01')
      from analysis_run r where r.id = s.run_id and r.workspace_id = s.workspace_id),
    'isValued', (select r.no_value_reason is null from analysis_run r where r.id = s.run_id and r.workspace_id = s.workspace_id),
    'probabilityAlive', s.probability_alive, 'churn90', s.churn_90, 'moneyAtRisk', s.money_at_risk,
    'expectedSpend', s.expected_spend, 'clvP10', s.clv_p10, 'clvP50', s.clv_p50, 'clvP90', s.clv_p90, 'clvChange', s.clv_change,
    'firstOrderOn', s.first_order_on, 'lastOrderOn', s.last_order_on, 'purchaseValue', s.purchase_value, 'monetaryValue', s.monetary_value, 'stratum', s.stratum,
    'expectedOrderDays', ${byHorizon('expected_order_days')}, 'clv', ${byHorizon('clv')}
  ) end as score`;

/**
 * Joins that CUSTOMER_COLUMNS reads from, of the customers whose ids a table has: `c`, the score of the view's run `s`,
 * and, computed only for customers that the run does not include, the history `f`.
 */
export function customersOf(table: string, { workspaceId, runId }: WorkspaceView, bind: Bind): string {
  const workspace = bind(workspaceId);
  return `
    join customer c on c.id = ${table}.id and c.workspace_id = ${workspace} and not c.is_anonymous
    left join customer_score s
      on s.customer_id = c.id and s.workspace_id = c.workspace_id and s.run_id = ${bind(runId)}::uuid
    left join lateral (
      select count(*)::int as order_count, ${dayOf('max(o.placed_at)', workspace)} as last_order_on,
        coalesce(sum(${grossOf('o', workspace)}), 0) - coalesce((
          select sum(${givenBackOf('r.amount', 'b', workspace)}) from refund r
          left join "order" b on b.customer_id = r.customer_id and b.id = r.order_id and b.workspace_id = r.workspace_id
          where r.customer_id = c.id and r.workspace_id = c.workspace_id and s.customer_id is null), 0) as net_revenue
      from "order" o
      where o.customer_id = c.id and o.workspace_id = c.workspace_id and s.customer_id is null
    ) f on true`;
}
