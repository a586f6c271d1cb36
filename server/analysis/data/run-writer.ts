import { randomUUID } from 'node:crypto';
import type pg from 'pg';

import type { CallerWorkspace } from '../../access/caller.ts';
import { DomainError } from '../../domain/errors.ts';
import type { SegmentCounts } from '../../engine/experiments/next-best-types.ts';
import { type BacktestRow, insertBacktests } from '../../scores/data/backtests.ts';
import type { FitRow, RunRow } from '../../scores/data/runs.ts';
import { endOrphans } from '../../store/orphans.ts';
import type { RunScope } from '../../store/run-scope.ts';
import { inTransaction } from '../../store/transaction.ts';

export type RunSettings = Pick<
  RunRow,
  'asOf' | 'annualDiscountRate' | 'marginRate' | 'marginSource' | 'revenue' | 'knownCostShare'
>;

/** Records the start of a run. @throws DomainError ANALYSIS_RUNNING while another one of the workspace is alive. */
export function startRun(pool: pg.Pool, workspace: CallerWorkspace, settings: RunSettings): Promise<RunScope> {
  return inTransaction(pool, async (tx) => {
    await tx.query('select id from workspace where id = $1 for update', [workspace.id]);
    await endOrphans(tx, { workspaceId: workspace.id });
    const { rows } = await tx.query<{ id: string }>(
      "select id from analysis_run where workspace_id = $1 and status = 'RUNNING'",
      [workspace.id],
    );
    if (rows[0] !== undefined) {
      throw new DomainError('ANALYSIS_RUNNING', `run ${rows[0].id} of this workspace is not done yet: wait for it`);
    }
    const runId = randomUUID();
    await tx.query(
      `insert into analysis_run (id, workspace_id, status, as_of, currency, annual_discount_rate, margin_rate, margin_source, revenue, known_cost_share)
       values ($1, $2, 'RUNNING', $3, $4, $5, $6, $7, $8, $9)`,
      [
        runId,
        workspace.id,
        settings.asOf,
        workspace.currency,
        settings.annualDiscountRate,
        settings.marginRate,
        settings.marginSource,
        settings.revenue,
        settings.knownCostShare,
      ],
    );
    return { runId, workspaceId: workspace.id };
  });
}

/** A sign of life. */
export async function touchRun(pool: pg.Pool, { runId, workspaceId }: RunScope): Promise<void> {
  await pool.query('update analysis_run set heartbeat_at = now() where id = $1 and workspace_id = $2', [
    runId,
    workspaceId,
  ]);
}

/** Records that a run publishes no values, before anything is stored of its customers. */
export async function withholdValues(pool: pg.Pool, { runId, workspaceId }: RunScope, reason: string): Promise<void> {
  await pool.query('update analysis_run set no_value_reason = $3 where id = $1 and workspace_id = $2', [
    runId,
    workspaceId,
    reason,
  ]);
}

/** What a run has found out, beside the figures of its customers. */
export interface RunFindings
  extends Pick<
    RunRow,
    | 'customers'
    | 'clvBinEdges'
    | 'modelReason'
    | 'backtestWeeks'
    | 'backtestReason'
    | 'ownShare'
    | 'errors'
    | 'coverage'
    | 'unassignedRefundRate'
    | 'paidShareAfterFree'
    | 'sharedDeviations'
    | 'spendCorrelation'
    | 'formulas'
    | 'covariates'
    | 'fits'
  > {
  readonly backtests: readonly BacktestRow[];
  /** What customers of other days are put into segments by. */
  readonly rfmEdges: object;
  /** What campaigns are planned by. */
  readonly segmentCounts: readonly SegmentCounts[];
}

/** Makes a finished run the one that readers see, and lets go of the figures of those before the last. */
export async function publishRun(pool: pg.Pool, run: RunScope, findings: RunFindings): Promise<void> {
  const { runId, workspaceId } = run;
  await inTransaction(pool, async (tx) => {
    await insertFits(tx, run, findings.fits);
    await insertBacktests(tx, run, findings.backtests);
    await tx.query("update analysis_run set status = 'SUPERSEDED' where workspace_id = $1 and status = 'PUBLISHED'", [
      workspaceId,
    ]);
    const { rowCount } = await tx.query(
      `update analysis_run set status = 'PUBLISHED', customers = $3, clv_bin_edges = $4, model_reason = $5,
         backtest_weeks = $6, backtest_reason = $7, own_share = $8, errors = $9, coverage = $10,
         shared_deviations = $11, spend_correlation = $12, formulas = $13, covariates = $14, rfm_edges = $15, segment_counts = $16,
         unassigned_refund_rate = $17, paid_share_after_free = $18, finished_at = now()
       where id = $1 and workspace_id = $2 and status = 'RUNNING'`,
      [
        runId,
        workspaceId,
        findings.customers,
        findings.clvBinEdges,
        findings.modelReason,
        findings.backtestWeeks,
        findings.backtestReason,
        findings.ownShare,
        JSON.stringify(findings.errors),
        JSON.stringify(findings.coverage),
        findings.sharedDeviations,
        findings.spendCorrelation,
        JSON.stringify(findings.formulas),
        json(findings.covariates),
        JSON.stringify(findings.rfmEdges),
        JSON.stringify(findings.segmentCounts),
        findings.unassignedRefundRate,
        findings.paidShareAfterFree,
      ],
    );
    if (rowCount === 0)
      throw new DomainError('RUN_CUT_OFF', `run ${runId} stopped responding, and another run may have started`);
    await tx.query('update workspace set published_run_id = $1 where id = $2', [runId, workspaceId]);
  });
  // Published is published: what cannot be dropped now is dropped after the next run.
  await dropOldFigures(pool, workspaceId).catch(() => {});
}

const json = (value: unknown) => (value === null ? null : JSON.stringify(value));

async function insertFits(tx: pg.ClientBase, { runId, workspaceId }: RunScope, fits: readonly FitRow[]): Promise<void> {
  for (const fit of fits) {
    await tx.query(
      `insert into model_fit (run_id, workspace_id, process, model, is_chosen, status, reason, parameters, standard_errors,
         covariance, prior_weight, log_likelihood, iterations, customers)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)`,
      [
        runId,
        workspaceId,
        fit.process,
        fit.model,
        fit.isChosen,
        fit.status,
        fit.reason,
        JSON.stringify(fit.parameters),
        json(fit.standardErrors),
        json(fit.covariance),
        fit.priorWeight,
        fit.logLikelihood,
        fit.iterations,
        fit.customers,
      ],
    );
  }
}

/** A request that began before the switch still reads the run before: its figures stay, older ones and failed ones' go. */
async function dropOldFigures(pool: pg.Pool, workspaceId: string): Promise<void> {
  const { rows } = await pool.query<{ id: string }>(
    `select id from analysis_run where workspace_id = $1 and status in ('SUPERSEDED', 'FAILED') order by status desc, finished_at desc offset 1`,
    [workspaceId],
  );
  await dropFigures(
    pool,
    workspaceId,
    rows.map(({ id }) => id),
  );
}

/** Tables whose rows go with their run; what it found out stays. */
const FIGURES = [
  'customer_score',
  'score_cell',
  'cohort_cell',
  'recommendation',
  'replenishment',
  'product_score',
  'product_neighbor',
  'trending_product',
  'campaign_effect',
];

async function dropFigures(pool: pg.Pool, workspaceId: string, runIds: readonly string[]): Promise<void> {
  if (runIds.length === 0) return;
  for (const table of FIGURES) {
    await pool.query(`delete from ${table} where workspace_id = $1 and run_id = any($2::uuid[])`, [
      workspaceId,
      runIds,
    ]);
  }
}

/** Records why a run came to nothing; what readers see stays as it was. A run that is published cannot fail any more. */
export async function failRun(pool: pg.Pool, { runId, workspaceId }: RunScope, reason: string): Promise<void> {
  const { rowCount } = await pool.query(
    `update analysis_run set status = 'FAILED', reason = $3, finished_at = now()
     where id = $1 and workspace_id = $2 and status <> 'PUBLISHED'`,
    [runId, workspaceId, reason],
  );
  if (rowCount === 1) await dropFigures(pool, workspaceId, [runId]);
}
