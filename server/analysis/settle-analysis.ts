import type pg from 'pg';
import type { CallerWorkspace } from '../access/caller.ts';
import type { Covariate } from '../domain/covariates.ts';
import { isDay } from '../domain/day.ts';
import { DomainError } from '../domain/errors.ts';
import type { TransactionModelChoice } from '../domain/models.ts';
import { checkAnnualRate } from '../domain/rates/discount-rate.ts';
import { checkMarginRate, type MarginSource } from '../domain/rates/margin.ts';
import type { Revenue } from '../domain/revenue.ts';
import { type KnownCosts, readKnownCosts } from '../scores/data/known-costs.ts';
import { lastOrderOrRefund } from '../scores/data/summaries.ts';

export interface AnalysisInput {
  /** Last day that counts, `YYYY-MM-DD`; when absent the day of the last order or refund that is not in the future. */
  readonly asOf?: string | null | undefined;
  readonly model?: TransactionModelChoice | null | undefined;
  /** Annual effective rate; the workspace's when absent. */
  readonly annualDiscountRate?: number | null | undefined;
  /** Share of revenue kept, in [0, 1]; when absent the workspace's, else what known costs imply, else 1. */
  readonly marginRate?: number | null | undefined;
  /** What customers differ by from the beginning, to be tested and used where it matters. */
  readonly covariates?: readonly Covariate[] | null | undefined;
}

/** What an analysis goes by. */
export interface AnalysisSettings {
  readonly asOf: string;
  readonly model: TransactionModelChoice;
  readonly annualDiscountRate: number;
  readonly marginRate: number;
  readonly marginSource: MarginSource;
  readonly revenue: Revenue;
  /** Share of revenue whose cost is known, 0 to 1; null without revenue. */
  readonly knownCostShare: number | null;
  readonly covariates: readonly Covariate[];
}

const DAY_MS = 86_400_000;

/** @throws DomainError on bad input. */
export async function settleAnalysis(
  pool: pg.Pool,
  workspace: CallerWorkspace,
  input: AnalysisInput,
  now: Date,
): Promise<AnalysisSettings> {
  const annualDiscountRate = input.annualDiscountRate ?? workspace.annualDiscountRate;
  checkAnnualRate(annualDiscountRate);
  if (input.marginRate != null) checkMarginRate(input.marginRate);
  const asOf = await settleDay(pool, workspace, input.asOf ?? null, now);
  const covariates = [...new Set(input.covariates ?? [])];
  const costs = await readKnownCosts(pool, workspace.id, asOf);
  return {
    asOf,
    model: input.model ?? 'auto',
    annualDiscountRate,
    ...settleMargin(input.marginRate ?? null, workspace.marginRate, costs),
    revenue: workspace.revenue,
    knownCostShare: costs.revenue > 0 ? costs.knownRevenue / costs.revenue : null,
    covariates,
  };
}

/** The option of the run, else the workspace's setting, else what known costs imply, else all of revenue. */
function settleMargin(
  option: number | null,
  setting: number | null,
  { knownRevenue, knownCost }: KnownCosts,
): Pick<AnalysisSettings, 'marginRate' | 'marginSource'> {
  if (option !== null) return { marginRate: option, marginSource: 'OPTION' };
  if (setting !== null) return { marginRate: setting, marginSource: 'WORKSPACE' };
  if (knownRevenue > 0) {
    // Goods sold below their cost bring nothing, and no cost is below nothing.
    return { marginRate: Math.min(1, Math.max(0, 1 - knownCost / knownRevenue)), marginSource: 'COSTS' };
  }
  return { marginRate: 1, marginSource: 'DEFAULT' };
}

/** By default the last day with an order that is not in the future, where a mistyped year would put everybody's last order far back. */
async function settleDay(pool: pg.Pool, workspace: CallerWorkspace, given: string | null, now: Date): Promise<string> {
  if (given !== null && !isDay(given)) {
    throw new DomainError('BAD_DATE', `asOf "${given}" is not a day: expected YYYY-MM-DD`, ['asOf']);
  }
  const tomorrow = new Date(now.getTime() + DAY_MS).toISOString().slice(0, 10);
  const { last, lastBy } = await lastOrderOrRefund(pool, workspace.id, tomorrow);
  if (last === null) {
    throw new DomainError('NO_ORDERS', `workspace "${workspace.name}" has no orders yet: import some first`);
  }
  if (given !== null && given > tomorrow && given > last) {
    throw new DomainError('BAD_DATE', `asOf ${given} is in the future: expected ${tomorrow} or earlier`, ['asOf']);
  }
  return given ?? lastBy ?? last;
}
