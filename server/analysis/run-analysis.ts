import type pg from 'pg';
import type { CallerWorkspace } from '../access/caller.ts';
import { countSegments } from '../campaigns/data/segment-counts.ts';
import { snapshotExposures } from '../campaigns/snapshot-exposures.ts';
import { writeEffects } from '../campaigns/write-effects.ts';
import type { Candidate } from '../compute/candidates.ts';
import { packHistories, packSpend } from '../compute/packed.ts';
import { inWorker } from '../compute/pool.ts';
import { sampled } from '../compute/sampled.ts';
import type { Valuation } from '../compute/score-columns.ts';
import { DomainError } from '../domain/errors.ts';
import type { Progress } from '../domain/progress.ts';
import { keptShare } from '../domain/rates/margin.ts';
import { correctionOf } from '../engine/analytics/backtest/backtest.ts';
import { clvBinEdges } from '../engine/analytics/clv-bins.ts';
import { formulaClvs, type StoreTotals } from '../engine/models/formula-clv.ts';
import { noForecastReason, type RobustFit } from '../engine/models/robust-fit.ts';
import { recommendProducts } from '../recommendations/recommend-products.ts';
import { type BacktestFindings, backtestModels } from '../scores/backtest-models.ts';
import { insertCells } from '../scores/data/cell-writer.ts';
import { type CovariateEffects, type FitRow, findRuns } from '../scores/data/runs.ts';
import { summarise } from '../scores/data/summaries.ts';
import { byStratum, chosenFits, toFitRow } from '../scores/fit-rows.ts';
import { type Reduction, reduceSummaries } from '../scores/reduce-summaries.ts';
import { type EarlierRun, scoreCustomers } from '../scores/score-customers.ts';
import { type Strata, stratify } from '../scores/stratify.ts';
import type { RunScope } from '../store/run-scope.ts';
import { refreshStatistics } from '../store/statistics.ts';
import { failRun, publishRun, startRun, touchRun, withholdValues } from './data/run-writer.ts';
import { type AnalysisInput, type AnalysisSettings, settleAnalysis } from './settle-analysis.ts';

export type AnalysisStage = 'summarise' | 'backtest' | 'fit' | 'score' | 'recommend' | 'publish';

export interface AnalysisWatcher {
  onStage?(stage: AnalysisStage): void;
  /** Customers of the stages `score` and `recommend`. */
  onProgress?: Progress;
}

export interface AnalysisReport {
  readonly run: string;
  readonly asOf: string;
  readonly customers: number;
  readonly findings: BacktestFindings;
  /** The chosen ones: transactions, then spend. */
  readonly fits: readonly FitRow[];
}

export interface StartedAnalysis {
  readonly runId: string;
  /** Settles when the run is published; rejects when it has failed. */
  readonly done: Promise<AnalysisReport>;
}

/** How often a run shows that it is alive. */
const HEARTBEAT_MS = 20_000;

/** Groups of histories that models nobody asked for are fitted to. */
const OTHERS_SAMPLE = 20_000;

/** Checks the input and records the run; the work goes on behind `done`. @throws DomainError on bad input or while another run is alive. */
export async function startAnalysis(
  pool: pg.Pool,
  workspace: CallerWorkspace,
  input: AnalysisInput,
  watcher: AnalysisWatcher = {},
  now = new Date(),
): Promise<StartedAnalysis> {
  const settings = await settleAnalysis(pool, workspace, input, now);
  const run = await startRun(pool, workspace, settings);
  const heartbeat = setInterval(() => void touchRun(pool, run).catch(() => {}), HEARTBEAT_MS);
  const done = analyse(pool, workspace, run, settings, now, watcher)
    .catch(async (error: unknown) => {
      await failRun(pool, run, error instanceof DomainError ? error.message : 'an unexpected fault, see the log');
      throw error;
    })
    .finally(() => clearInterval(heartbeat));
  // Whoever does not wait reads the outcome from the run itself.
  done.catch(() => {});
  return { runId: run.runId, done };
}

async function analyse(
  pool: pg.Pool,
  workspace: CallerWorkspace,
  run: RunScope,
  settings: AnalysisSettings,
  now: Date,
  watcher: AnalysisWatcher,
): Promise<AnalysisReport> {
  const { asOf } = settings;
  const { onProgress } = watcher;

  watcher.onStage?.('summarise');
  await summarise(pool, run.workspaceId, asOf);
  const strata = settings.covariates.length === 0 ? null : await stratify(pool, run.workspaceId, settings.covariates);
  const reduction = await reduceSummaries(pool, run.workspaceId, asOf, strata);
  if (reduction.buyers === 0)
    throw new DomainError('NO_ORDERS', `no customer has an order by ${asOf}: choose a later day`, ['asOf']);

  const noValueReason = noForecastReason(reduction.histories);
  if (noValueReason !== null) await withholdValues(pool, run, noValueReason);

  watcher.onStage?.('backtest');
  const findings = await backtestModels(pool, run.workspaceId, asOf, settings.model);

  watcher.onStage?.('fit');
  const deviations = findings.errors.map(({ deviation }) => deviation);
  const valued = { ...settings, correction: correctionOf(findings.ownShare, findings.errors) };
  const { chosen, fallbackReason } = findings;
  const [base, others] = await Promise.all([
    inWorker('fitBase', {
      chosen,
      fallbackReason,
      histories: packHistories(reduction.histories),
      repeatSpend: packSpend(reduction.repeatSpend),
      allSpend: packSpend(reduction.allSpend),
      settings: valued,
      deviations,
    }),
    inWorker(
      'fitOthers',
      fallbackReason === null ? chosen : null,
      packHistories(sampled(reduction.histories, OTHERS_SAMPLE)),
    ),
  ]);
  const covariates = strata && (await fitCovariates(strata, reduction, chosen, base.transactions));

  watcher.onStage?.('score');
  const valuation = {
    transactions: byStratum(base.transactions.fit, covariates?.strata ?? []),
    spend: base.spend.fit,
    settings: { ...valued, marginRate: keptShare(settings.marginRate, reduction.unassignedRefundRate) },
  };
  const before = await earlierRun(pool, workspace, asOf, valuation);
  const used = covariates?.isUsed ? strata : null;
  const hasValues = noValueReason === null;
  const input = { run, asOf, base: reduction, valuation, strata: used, before, deviations, hasValues };
  const highest = await scoreCustomers(pool, input, onProgress);
  const edges = clvBinEdges(highest).slice(1);
  await insertCells(pool, run, edges, asOf);

  const rfmEdges = { ...reduction.edges, isMargin: reduction.isMargin };
  await snapshotExposures(pool, run.workspaceId, null, { runId: workspace.publishedRunId, edges: rfmEdges });
  await writeEffects(pool, run, now);

  watcher.onStage?.('recommend');
  await recommendProducts(pool, run, asOf, onProgress);

  watcher.onStage?.('publish');
  await refreshStatistics(pool, 'analysed');
  // The likelihood of a sample is none to compare with.
  const isSampled = reduction.histories.length > OTHERS_SAMPLE;
  const fits = [
    toFitRow('TRANSACTIONS', base.transactions, true),
    ...others.map((other) => ({
      ...toFitRow('TRANSACTIONS', other, false),
      ...(isSampled ? { logLikelihood: null } : {}),
    })),
    toFitRow('SPEND', base.spend, true),
  ];
  await publishRun(pool, run, {
    ...findings,
    // What was measured is the coverage of a model, and no stand-in's.
    ...(base.transactions.fallbackReason === null ? {} : { coverage: [] }),
    customers: reduction.customers,
    clvBinEdges: edges,
    unassignedRefundRate: reduction.unassignedRefundRate,
    paidShareAfterFree: reduction.paidShareAfterFree,
    sharedDeviations: base.sharedDeviations,
    spendCorrelation: base.spendCorrelation,
    formulas: hasValues ? formulaClvs(totalsOf(reduction, findings, settings)) : [],
    covariates,
    rfmEdges,
    segmentCounts: await countSegments(pool, run, asOf),
    fits,
  });
  return { run: run.runId, asOf, customers: reduction.customers, findings, fits: fits.filter((fit) => fit.isChosen) };
}

const totalsOf = (
  { buyers, totals }: Reduction,
  { activity }: BacktestFindings,
  { marginRate }: AnalysisSettings,
): StoreTotals => ({
  ...totals,
  customers: buyers,
  activeMonths: activity.activeMonths * buyers,
  monthlyChurnRate: activity.churnRate,
  marginRate,
});

async function fitCovariates(
  { names, list }: Strata,
  { byStratum }: Reduction,
  chosen: Candidate,
  { fallbackReason, priorReason }: RobustFit,
): Promise<CovariateEffects> {
  const reason = fallbackReason ?? priorReason;
  if (reason !== null) return { isUsed: false, reason, coefficients: [], likelihoodRatio: null, strata: [] };
  const strata = list.map(({ row }, i) => ({ covariates: row, groups: packHistories(byStratum[i]!) }));
  const { parameters, ...effects } = await inWorker('fitStrata', { model: chosen, names, strata });
  return { ...effects, strata: parameters.map((each, i) => ({ levels: list[i]!.levels, parameters: each })) };
}

/** The scores of the same customers in the published run, where they can be compared. */
async function earlierRun(
  pool: pg.Pool,
  workspace: CallerWorkspace,
  asOf: string,
  valuation: Valuation,
): Promise<EarlierRun | null> {
  if (workspace.publishedRunId === null) return null;
  const [run] = await findRuns(pool, { workspaceId: workspace.id, runId: null }, [workspace.publishedRunId]);
  if (run == null || run.asOf > asOf || run.noValueReason !== null) return null;
  const { annualDiscountRate, ownShare, errors } = run;
  const marginRate = keptShare(run.marginRate, run.unassignedRefundRate);
  const correction = errors === null ? undefined : correctionOf(ownShare ?? 0, errors);
  const { transactions, spend } = chosenFits(run);
  // Another model of spend reads a customer differently: the effects of spend and refit could not be separated.
  if (spend.model !== valuation.spend.model) return null;
  return {
    id: run.id,
    asOf: run.asOf,
    valuation: { transactions, spend, settings: { annualDiscountRate, marginRate, correction } },
    paidShareAfterFree: run.paidShareAfterFree ?? 1,
  };
}
