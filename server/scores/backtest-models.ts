import type pg from 'pg';
import { CANDIDATES } from '../compute/candidates.ts';
import { BACKTEST_SAMPLE, chooseModel, type ModelChoice } from '../compute/choose-model.ts';
import { inWorker } from '../compute/pool.ts';
import { sampleOrderDays } from '../customers/data/order-days.ts';
import { dayNumber, dayOfNumber } from '../domain/day.ts';
import { MODEL_NAME, type ModelKey, OWN_RATE, type TransactionModelChoice } from '../domain/models.ts';
import type { Backtest } from '../engine/analytics/backtest/backtest.ts';
import { type MonthlyActivity, monthlyActivity } from '../engine/analytics/monthly-activity.ts';
import type { BacktestRow } from './data/backtests.ts';

export interface BacktestFindings extends ModelChoice {
  readonly backtests: readonly BacktestRow[];
  /** Of the same sample of customers. */
  readonly activity: MonthlyActivity;
}

/** Measures the models on orders that they have not seen, and chooses one, unless one was asked for. */
export async function backtestModels(
  pool: pg.Pool,
  workspaceId: string,
  asOf: string,
  choice: TransactionModelChoice,
): Promise<BacktestFindings> {
  const sample = await sampleOrderDays(pool, workspaceId, asOf, BACKTEST_SAMPLE);
  const end = dayNumber(asOf);
  const activity = monthlyActivity(sample, end);
  const wanted = choice === 'auto' ? null : CANDIDATES[choice].name;
  const result = await inWorker('backtest', sample, end, wanted);
  return { ...chooseModel(result, choice), backtests: result.origins?.flatMap(rowsOf) ?? [], activity };
}

const nameOf = (model: string) => MODEL_NAME[model as ModelKey];

function rowsOf({ origin, customers, models, baseline, yardstick }: Backtest['origins'][number]): BacktestRow[] {
  const day = dayOfNumber(origin);
  return [
    ...[...models, ...(yardstick === null ? [] : [yardstick])].map(({ model, accuracy }) => ({
      origin: day,
      model: nameOf(model),
      figures: { ...accuracy, customers },
    })),
    { origin: day, model: OWN_RATE, figures: { ...baseline, customers } },
  ];
}
