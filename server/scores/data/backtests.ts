import type pg from 'pg';

import type { ModelAccuracy } from '../../engine/analytics/backtest/figures.ts';
import type { RunScope } from '../../store/run-scope.ts';
import { grouped } from '../../store/sql/aligned.ts';
import { type Columns, insertion } from '../../store/sql/unnest.ts';
import type { WorkspaceView } from '../../store/workspace-view.ts';

/** How a model did on the orders that followed one origin. */
export interface BacktestRow {
  /** Last day that the model was calibrated on. */
  readonly origin: string;
  readonly model: string;
  readonly figures: ModelAccuracy & { readonly customers: number };
}

const BACKTEST: Columns<{ origin: string; model: string; figures: string }> = {
  origin: 'date',
  model: 'text',
  figures: 'jsonb',
};

export async function insertBacktests(
  tx: pg.ClientBase,
  { runId, workspaceId }: RunScope,
  rows: readonly BacktestRow[],
): Promise<void> {
  const written = rows.map((row) => ({ ...row, figures: JSON.stringify(row.figures) }));
  await tx.query(insertion('backtest', { run_id: runId, workspace_id: workspaceId }, BACKTEST, written));
}

/** Of several runs, oldest origin first. */
export async function findBacktests(
  pool: pg.Pool,
  { workspaceId }: WorkspaceView,
  runIds: readonly string[],
): Promise<BacktestRow[][]> {
  const { rows } = await pool.query<BacktestRow & { runId: string }>(
    `select run_id as "runId", origin, model, figures from backtest
     where workspace_id = $1 and run_id = any($2::uuid[]) order by origin, model`,
    [workspaceId, runIds],
  );
  return grouped(runIds, rows, ({ runId }) => runId);
}
