import type pg from 'pg';

import { HORIZON_MONTHS } from '../domain/horizon.ts';
import type { Segment } from '../domain/segments.ts';
import { type Columns, unnest } from './unnest.ts';

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
  readonly expectedOrders: ArrayLike<number>;
  readonly clv: ArrayLike<number>;
  readonly moneyAtRisk: number;
  readonly lastOrderOn: string;
  readonly netRevenue: string;
  readonly orderCount: number;
  readonly orderDays: number;
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
  money_at_risk: 'float8',
  last_order_on: 'date',
  net_revenue: 'numeric',
  order_count: 'int',
  order_days: 'int',
  ...Object.fromEntries(
    MONTHS.flatMap((months) => [
      [`expected_orders_${months}`, 'float8'],
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
  money_at_risk: row.moneyAtRisk,
  last_order_on: row.lastOrderOn,
  net_revenue: row.netRevenue,
  order_count: row.orderCount,
  order_days: row.orderDays,
  ...Object.fromEntries(
    MONTHS.flatMap((months, index) => [
      [`expected_orders_${months}`, row.expectedOrders[index]],
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
