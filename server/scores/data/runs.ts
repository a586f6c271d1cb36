import type { Pool } from 'pg';
import type { MarginSource } from '../../domain/rates/margin.ts';
import type { Revenue } from '../../domain/revenue.ts';
import type { HorizonError } from '../../engine/analytics/backtest/backtest.ts';
import type { Coverage } from '../../engine/analytics/backtest/coverage-by-horizon.ts';
import type { CovariateFit } from '../../engine/models/covariates.ts';
import { aligned } from '../../store/sql/aligned.ts';
import type { WorkspaceView } from '../../store/workspace-view.ts';

export interface RunRow {
  readonly id: string;
  readonly status: 'RUNNING' | 'PUBLISHED' | 'SUPERSEDED' | 'FAILED';
  readonly reason: string | null;
  readonly asOf: string;
  readonly annualDiscountRate: number;
  readonly marginRate: number;
  readonly marginSource: MarginSource;
  readonly revenue: Revenue;
  /** Share of revenue whose cost is known, 0 to 1; null without revenue, and in runs older than this figure. */
  readonly knownCostShare: number | null;
  /** Share of the value of order days that went back in refunds of no known order, in [0, 1]; null in runs older than this figure. */
  readonly unassignedRefundRate: number | null;
  /** Of the order days of customers whose first one was free, the share that was paid, in [0, 1]; null in runs older than this figure. */
  readonly paidShareAfterFree: number | null;
  /** Why nobody has a value, such as a shop without a second visit; null where customers have one. */
  readonly noValueReason: string | null;
  readonly customers: number;
  /** Upper edges of the bins of 12-month CLV, ascending. */
  readonly clvBinEdges: readonly number[];
  readonly startedAt: Date;
  readonly finishedAt: Date | null;
  readonly modelReason: string | null;
  /** Weeks of the backtest's holdouts; null without one. */
  readonly backtestWeeks: number | null;
  readonly backtestReason: string | null;
  /** Weight of the customers' own rates and means in the values, 0 to 1; null in runs older than this figure. */
  readonly ownShare: number | null;
  /** What is known of the error of forecasts, by horizon, shortest first; null in runs older than this figure. */
  readonly errors: readonly HorizonError[] | null;
  /** What 80% intervals held in the backtest, by horizon; empty where nothing was measured, null in runs older than this figure. */
  readonly coverage: readonly Coverage[] | null;
  /** By horizon, shortest first: relative standard deviation that all customers share; null or empty without intervals. */
  readonly sharedDeviations: readonly number[] | null;
  /** Rank correlation of frequency and value over repeat buyers. */
  readonly spendCorrelation: number | null;
  readonly formulas: readonly FormulaRow[];
  readonly covariates: CovariateEffects | null;
  readonly fits: readonly FitRow[];
}

/** What an analysis with covariates found; `strata` are the sets of parameters that scores of the run refer to. */
export interface CovariateEffects extends Pick<CovariateFit<object>, 'coefficients'> {
  /** Whether the figures use them. */
  readonly isUsed: boolean;
  readonly reason: string;
  readonly likelihoodRatio: CovariateFit<object>['likelihoodRatio'] | null;
  /** Empty where they are not used. */
  readonly strata: readonly Stratum[];
}

/** Customers with the same levels, in the order of the covariates asked for. */
export interface Stratum {
  readonly levels: readonly string[];
  readonly parameters: object;
}

/** Mean value of a customer by a formula method. */
export interface FormulaRow {
  readonly key: string;
  readonly perCustomer: number | null;
}

export interface FitRow {
  readonly process: 'TRANSACTIONS' | 'SPEND';
  readonly model: string;
  /** Whether the run's figures come from it. */
  readonly isChosen: boolean;
  readonly status: 'CONVERGED' | 'MAX_ITERATIONS' | 'STALLED' | 'FALLBACK';
  readonly reason: string | null;
  readonly parameters: Readonly<Record<string, number>>;
  readonly standardErrors: Readonly<Record<string, number | null>> | null;
  readonly covariance: readonly (readonly number[])[] | null;
  /** In [0, 1]. */
  readonly priorWeight: number;
  readonly logLikelihood: number | null;
  readonly iterations: number | null;
  readonly customers: number;
}

/** Runs by id with their fits; null where the workspace has none of that id. */
export async function findRuns(
  pool: Pool,
  { workspaceId }: WorkspaceView,
  ids: readonly string[],
): Promise<(RunRow | null)[]> {
  const { rows } = await pool.query<RunRow>(
    `select r.id, r.status, r.reason, r.as_of as "asOf", r.annual_discount_rate as "annualDiscountRate",
       r.margin_rate as "marginRate", r.margin_source as "marginSource", r.revenue, r.known_cost_share as "knownCostShare", r.unassigned_refund_rate as "unassignedRefundRate",
       r.paid_share_after_free as "paidShareAfterFree", r.customers, r.clv_bin_edges as "clvBinEdges", r.started_at as "startedAt",
       r.finished_at as "finishedAt", r.model_reason as "modelReason", r.backtest_weeks as "backtestWeeks",
       r.backtest_reason as "backtestReason", r.own_share as "ownShare", r.errors, r.coverage, r.shared_deviations as "sharedDeviations",
       r.spend_correlation as "spendCorrelation", r.no_value_reason as "noValueReason", r.formulas, r.covariates,
       (select coalesce(json_agg(json_build_object('process', m.process, 'model', m.model, 'isChosen', m.is_chosen, 'status', m.status,
           'reason', m.reason, 'parameters', m.parameters, 'standardErrors', m.standard_errors, 'covariance', m.covariance, 'priorWeight', m.prior_weight,
           'logLikelihood', m.log_likelihood, 'iterations', m.iterations, 'customers', m.customers)
           order by m.process desc, m.is_chosen desc, m.model), '[]')
         from model_fit m where m.run_id = r.id and m.workspace_id = r.workspace_id) as fits
     from analysis_run r where r.workspace_id = $1 and r.id = any($2::uuid[])`,
    [workspaceId, ids],
  );
  return aligned(ids, rows, (run) => run.id);
}
