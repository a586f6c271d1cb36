import type pg from 'pg';

import { HORIZON_MONTHS } from '../../domain/horizon.ts';
import type { Segment } from '../../domain/segments.ts';
import { type Columns, unnest } from '../../store/unnest.ts';

export interface ScoreRow {
  readonly customerId: string;
  readonly segment: Segment;
  readonly recency: number;
  readonly frequency: number;
  readonly monetary: number;
  readonly probabilityAlive: number | null;
  readonly churn90: number;
  readonly expectedSpend: number;
  /** By horizon, shortest first. */
  readonly expectedOrderDays: ArrayLike<number>;
  readonly clv: ArrayLike<number>;
  readonly interval: ClvQuantiles;
  readonly moneyAtRisk: number;
  readonly firstOrderOn: string | null;
  readonly purchaseValue: number;
  readonly monetaryValue: number | null;
  /** Position of the customer's parameters among those of the run. */
  readonly stratum: number;
  /** By cause: time gone by, new orders, their value, new parameters; empty where there is nothing to compare with. */
  readonly clvChange: ArrayLike<number>;
  readonly lastOrderOn: string;
  readonly netRevenue: string;
  readonly orderCount: number;
  readonly orderDays: number;
}

/** Of the simulated CLV, by horizon, shortest first. */
export interface ClvQuantiles {
  readonly p10: ArrayLike<number>;
  readonly p50: ArrayLike<number>;
  readonly p90: ArrayLike<number>;
  readonly variance: ArrayLike<number>;
}

const MONTHS = Object.values(HORIZON_MONTHS);

const SCORE = {
  customer_id: 'uuid',
  segment: 'text',
  recency: 'int',
  frequency: 'int',
  monetary: 'int',
  probability_alive: 'float8',
  churn_90: 'float8',
  expected_spend: 'float8',
  clv_p10: 'float4[]',
  clv_p50: 'float4[]',
  clv_p90: 'float4[]',
  clv_variance: 'float8[]',
  clv_change: 'float8[]',
  money_at_risk: 'float8',
  first_order_on: 'date',
  purchase_value: 'float8',
  monetary_value: 'float8',
  stratum: 'int',
  last_order_on: 'date',
  net_revenue: 'numeric',
  order_count: 'int',
  order_days: 'int',
  ...Object.fromEntries(
    MONTHS.flatMap((months) => [
      [`expected_order_days_${months}`, 'float8'],
      [`clv_${months}`, 'float8'],
    ]),
  ),
} as Columns<Record<string, unknown>>;

const toColumns = (row: ScoreRow): Record<string, unknown> => ({
  customer_id: row.customerId,
  segment: row.segment,
  recency: row.recency,
  frequency: row.frequency,
  monetary: row.monetary,
  probability_alive: row.probabilityAlive,
  churn_90: row.churn90,
  expected_spend: row.expectedSpend,
  clv_p10: row.interval.p10,
  clv_p50: row.interval.p50,
  clv_p90: row.interval.p90,
  clv_variance: row.interval.variance,
  clv_change: row.clvChange,
  money_at_risk: row.moneyAtRisk,
  first_order_on: row.firstOrderOn,
  purchase_value: row.purchaseValue,
  monetary_value: row.monetaryValue,
  stratum: row.stratum,
  last_order_on: row.lastOrderOn,
  net_revenue: row.netRevenue,
  order_count: row.orderCount,
  order_days: row.orderDays,
  ...Object.fromEntries(
    MONTHS.flatMap((months, index) => [
      [`expected_order_days_${months}`, row.expectedOrderDays[index]],
      [`clv_${months}`, row.clv[index]],
    ]),
  ),
});

export interface RunScope {
  readonly runId: string;
  readonly workspaceId: string;
}

/** Stores a page of scores of a run that nobody reads yet. */
export async function insertScores(
  pool: pg.Pool,
  { runId, workspaceId }: RunScope,
  scores: readonly ScoreRow[],
): Promise<void> {
  const names = Object.keys(SCORE).join(', ');
  await pool.query(
    `insert into customer_score (run_id, workspace_id, ${names}) select $1, $2, ${names} from ${unnest(SCORE, 3)}`,
    [runId, workspaceId, ...unnest.values(SCORE, scores.map(toColumns))],
  );
}
