import type pg from 'pg';

import { clvBinEdges } from '../analytics/clv-bins.ts';
import { insertCells } from '../data/cell-writer.ts';
import { failRun, publishRun, startRun, touchRun } from '../data/run-writer.ts';
import type { FitRow } from '../data/runs.ts';
import type { RunScope } from '../data/score-writer.ts';
import { refreshStatistics } from '../data/statistics.ts';
import { lastFacts, summarise } from '../data/summaries.ts';
import type { CallerWorkspace } from '../domain/caller.ts';
import { isDay } from '../domain/day.ts';
import { DomainError } from '../domain/errors.ts';
import type { TransactionModelChoice } from '../domain/models.ts';
import { clv, weeklyDiscountRate } from '../models/clv.ts';
import { fitSpend, fitTransactions, toFitRow } from './fit-models.ts';
import { reduceSummaries } from './reduce-summaries.ts';
import { scoreCustomers } from './score-customers.ts';

export interface AnalysisInput {
  /** Last day that counts, `YYYY-MM-DD`; when absent the day of the last order or refund that is not in the future. */
  readonly asOf?: string | null | undefined;
  readonly model?: TransactionModelChoice | null | undefined;
  /** Annual effective rate; the workspace's when absent. */
  readonly annualDiscountRate?: number | null | undefined;
  /** Share of revenue kept, in [0, 1]; the workspace's when absent. */
  readonly marginRate?: number | null | undefined;
}

export type AnalysisStage = 'summarise' | 'fit' | 'score' | 'publish';

export interface AnalysisReport {
  readonly run: string;
  readonly asOf: string;
  readonly customers: number;
  readonly fits: readonly FitRow[];
}

export interface StartedAnalysis {
  readonly runId: string;
  /** Settles when the run is published; rejects when it has failed. */
  readonly done: Promise<AnalysisReport>;
}

const DAY_MS = 86_400_000;
/** How often a run shows that it is alive. */
const HEARTBEAT_MS = 20_000;

interface Settings {
  readonly asOf: string;
  readonly model: TransactionModelChoice;
  readonly annualDiscountRate: number;
  readonly marginRate: number;
}

/** Checks the input and records the run; the work goes on behind `done`. @throws DomainError on bad input or while another run is alive. */
export async function startAnalysis(
  pool: pg.Pool,
  workspace: CallerWorkspace,
  input: AnalysisInput,
  onStage: (stage: AnalysisStage) => void = () => {},
  now = new Date(),
): Promise<StartedAnalysis> {
  const settings = await settle(pool, workspace, input, now);
  const run = await startRun(pool, workspace, settings);
  const heartbeat = setInterval(() => void touchRun(pool, run).catch(() => {}), HEARTBEAT_MS);
  const done = analyse(pool, run, settings, onStage)
    .catch(async (error: unknown) => {
      await failRun(pool, run, error instanceof DomainError ? error.message : 'an unexpected fault, see the log');
      throw error;
    })
    .finally(() => clearInterval(heartbeat));
  // Whoever does not wait reads the outcome from the run itself.
  done.catch(() => {});
  return { runId: run.runId, done };
}

async function settle(pool: pg.Pool, workspace: CallerWorkspace, input: AnalysisInput, now: Date): Promise<Settings> {
  const annualDiscountRate = input.annualDiscountRate ?? workspace.annualDiscountRate;
  const marginRate = input.marginRate ?? workspace.marginRate;
  weeklyDiscountRate(annualDiscountRate);
  clv(marginRate, 0, 0);
  const asOf = await settleDay(pool, workspace, input.asOf ?? null, now);
  return { asOf, model: input.model ?? 'mbg', annualDiscountRate, marginRate };
}

/** By default the last day with an order that is not in the future, where a mistyped year would put everybody's last order far back. */
async function settleDay(pool: pg.Pool, workspace: CallerWorkspace, given: string | null, now: Date): Promise<string> {
  if (given !== null && !isDay(given)) {
    throw new DomainError('BAD_DATE', `asOf "${given}" is not a day: expected YYYY-MM-DD`, ['asOf']);
  }
  const tomorrow = new Date(now.getTime() + DAY_MS).toISOString().slice(0, 10);
  const { last, lastBy } = await lastFacts(pool, workspace.id, tomorrow);
  if (last === null) {
    throw new DomainError('NO_ORDERS', `workspace "${workspace.name}" has no orders yet: import some first`);
  }
  if (given !== null && given > tomorrow && given > last) {
    throw new DomainError('BAD_DATE', `asOf ${given} is in the future: expected ${tomorrow} or earlier`, ['asOf']);
  }
  return given ?? lastBy ?? last;
}

async function analyse(
  pool: pg.Pool,
  run: RunScope,
  settings: Settings,
  onStage: (stage: AnalysisStage) => void,
): Promise<AnalysisReport> {
  const { asOf } = settings;

  onStage('summarise');
  await summarise(pool, run.workspaceId, asOf);
  const base = await reduceSummaries(pool, run.workspaceId, asOf);
  if (base.buyers === 0)
    throw new DomainError('NO_ORDERS', `no customer had bought by ${asOf}: choose a later day`, ['asOf']);

  onStage('fit');
  const transactions = fitTransactions(base, settings.model);
  const spend = fitSpend(base);

  onStage('score');
  const highest = await scoreCustomers(pool, { run, asOf, base, transactions, spend, settings });
  const edges = clvBinEdges(highest).slice(1);
  await insertCells(pool, run, edges, asOf);

  onStage('publish');
  await refreshStatistics(pool, 'figures');
  const fits = [toFitRow('TRANSACTIONS', transactions), toFitRow('SPEND', spend)];
  await publishRun(pool, run, { customers: base.customers, clvBinEdges: edges, fits });
  return { run: run.runId, asOf, customers: base.customers, fits };
}
