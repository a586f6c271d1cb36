import type pg from 'pg';

import type { RecommendationKind } from '../../domain/recommendations.ts';
import type { RecommendationFindings } from '../../engine/recommenders/evaluation/findings.ts';
import type { RunScope } from '../../store/run-scope.ts';
import { type Columns, insertion, slices } from '../../store/sql/unnest.ts';
import type { NeighborKind } from './product-neighbors.ts';

/** Rows of one statement. */
const SLICE = 10_000;

async function insertRows<Row>(
  pool: pg.Pool,
  { runId, workspaceId }: RunScope,
  table: string,
  columns: Columns<Row>,
  rows: readonly Row[],
): Promise<void> {
  const same = { run_id: runId, workspace_id: workspaceId };
  for (const slice of slices(rows, SLICE)) await pool.query(insertion(table, same, columns, slice));
}

export interface RecommendationRow {
  readonly customer_id: string;
  /** From 1. */
  readonly rank: number;
  readonly product_id: string;
  readonly kind: RecommendationKind;
  readonly probability: number | null;
  readonly value: number | null;
  readonly because_ids: readonly string[];
  readonly bought_both: number | null;
  readonly usual_gap_days: number | null;
  readonly last_bought_on: string | null;
  readonly times_bought: number;
  readonly expected_on: string | null;
  readonly price_ratio: number | null;
}

const RECOMMENDATION: Columns<RecommendationRow> = {
  customer_id: { repeated: 'uuid' },
  rank: 'int',
  product_id: { repeated: 'uuid' },
  kind: { repeated: 'text' },
  probability: 'float8',
  value: 'float8',
  because_ids: 'uuid[]',
  bought_both: 'int',
  usual_gap_days: 'float8',
  last_bought_on: 'date',
  times_bought: 'int',
  expected_on: 'date',
  price_ratio: 'float8',
};

export interface ReplenishmentRow {
  readonly customer_id: string;
  readonly product_id: string;
  readonly expected_on: string;
  readonly probability: number;
  readonly usual_gap_days: number;
  readonly last_bought_on: string;
  readonly times_bought: number;
}

const REPLENISHMENT: Columns<ReplenishmentRow> = {
  customer_id: { repeated: 'uuid' },
  product_id: { repeated: 'uuid' },
  expected_on: 'date',
  probability: 'float8',
  usual_gap_days: 'float8',
  last_bought_on: 'date',
  times_bought: 'int',
};

/** Stores lists of some customers, of a run that nobody reads yet. */
export async function insertRecommendations(
  pool: pg.Pool,
  run: RunScope,
  recommendations: readonly RecommendationRow[],
  replenishments: readonly ReplenishmentRow[],
): Promise<void> {
  await insertRows(pool, run, 'recommendation', RECOMMENDATION, recommendations);
  await insertRows(pool, run, 'replenishment', REPLENISHMENT, replenishments);
}

export interface ProductScoreRow {
  readonly product_id: string;
  readonly price: number | null;
  readonly unit_cost: number | null;
  readonly buyers: number;
  readonly repeat_share: number;
  readonly usual_gap_days: number | null;
}

export interface TrendingRow {
  readonly country: string;
  readonly rank: number;
  readonly product_id: string;
  readonly share: number;
}

export interface NeighborInsert {
  readonly product_id: string;
  readonly kind: NeighborKind;
  readonly rank: number;
  readonly neighbor_id: string;
  readonly score: number;
  readonly customers: number;
  readonly lift: number;
}

export interface ProductFindings {
  readonly scores: readonly ProductScoreRow[];
  readonly trending: readonly TrendingRow[];
  readonly neighbors: readonly NeighborInsert[];
}

/** Stores the figures of products of a run. */
export async function insertProductFindings(pool: pg.Pool, run: RunScope, findings: ProductFindings): Promise<void> {
  await insertRows(
    pool,
    run,
    'product_score',
    {
      product_id: 'uuid',
      price: 'float8',
      unit_cost: 'float8',
      buyers: 'int',
      repeat_share: 'float8',
      usual_gap_days: 'float8',
    },
    findings.scores,
  );
  await insertRows(
    pool,
    run,
    'trending_product',
    { country: { repeated: 'text' }, rank: 'int', product_id: 'uuid', share: 'float8' },
    findings.trending,
  );
  await insertRows(
    pool,
    run,
    'product_neighbor',
    {
      product_id: { repeated: 'uuid' },
      kind: { repeated: 'text' },
      rank: 'int',
      neighbor_id: { repeated: 'uuid' },
      score: 'float8',
      customers: 'int',
      lift: 'float8',
    },
    findings.neighbors,
  );
}

export async function insertRecommendationModel(
  pool: pg.Pool,
  { runId, workspaceId }: RunScope,
  findings: RecommendationFindings,
): Promise<void> {
  await pool.query('insert into recommendation_model (run_id, workspace_id, findings) values ($1, $2, $3)', [
    runId,
    workspaceId,
    JSON.stringify(findings),
  ]);
}
