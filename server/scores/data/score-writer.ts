import type pg from 'pg';

import { HORIZON_MONTHS } from '../../domain/period.ts';
import type { Segment } from '../../domain/segments.ts';
import type { RunScope } from '../../store/run-scope.ts';
import { type Columns, insertion } from '../../store/sql/unnest.ts';

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
  customerId: 'uuid',
  segment: 'text',
  recency: 'int',
  frequency: 'int',
  monetary: 'int',
  probabilityAlive: 'float8',
  churn_90: 'float8',
  expectedSpend: 'float8',
  clv_p10: 'float4[]',
  clv_p50: 'float4[]',
  clv_p90: 'float4[]',
  clvVariance: 'float8[]',
  clvChange: 'float8[]',
  moneyAtRisk: 'float8',
  firstOrderOn: 'date',
  purchaseValue: 'float8',
  monetaryValue: 'float8',
  stratum: 'int',
  lastOrderOn: 'date',
  netRevenue: 'numeric',
  orderCount: 'int',
  orderDays: 'int',
  ...Object.fromEntries(
    MONTHS.flatMap((months) => [
      [`expected_order_days_${months}`, 'float8'],
      [`clv_${months}`, 'float8'],
    ]),
  ),
} as Columns<Record<string, unknown>>;

const toColumns = ({ churn90, interval, clv, expectedOrderDays, ...row }: ScoreRow): Record<string, unknown> => ({
  ...row,
  churn_90: churn90,
  clv_p10: interval.p10,
  clv_p50: interval.p50,
  clv_p90: interval.p90,
  clvVariance: interval.variance,
  ...Object.fromEntries(
    MONTHS.flatMap((months, index) => [
      [`expected_order_days_${months}`, expectedOrderDays[index]],
      [`clv_${months}`, clv[index]],
    ]),
  ),
});

/** Stores a page of scores of a run that nobody reads yet. */
export async function insertScores(
  pool: pg.Pool,
  { runId, workspaceId }: RunScope,
  scores: readonly ScoreRow[],
): Promise<void> {
  const same = { run_id: runId, workspace_id: workspaceId };
  await pool.query(insertion('customer_score', same, SCORE, scores.map(toColumns)));
}
