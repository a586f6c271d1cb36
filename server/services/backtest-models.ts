import type pg from 'pg';

import type { Backtest } from '../analytics/backtest.ts';
import { DEFAULT_DRIFT } from '../analytics/backtest-drift.ts';
import { type MonthlyActivity, monthlyActivity } from '../analytics/monthly-activity.ts';
import { CANDIDATES, type Candidate } from '../compute/candidates.ts';
import { inWorker } from '../compute/pool.ts';
import type { BacktestRow } from '../data/backtests.ts';
import { samplePurchaseDays } from '../data/purchase-days.ts';
import { dayNumber, dayOfNumber } from '../domain/day.ts';
import { MODEL_NAME, type ModelKey, OWN_RATE, type TransactionModelChoice } from '../domain/models.ts';

/** A backtest costs the same for every base larger than this. */
const SAMPLE = 10_000;

/** Where there is no backtest to choose by: sound for one-time buyers, and quick. */
const DEFAULT_MODEL: Candidate = 'mbg';

export interface BacktestFindings {
  readonly chosen: Candidate;
  /** Why the pooled rate has to stand in; null where the chosen model may be published. */
  readonly fallbackReason: string | null;
  readonly modelReason: string;
  readonly backtestWeeks: number | null;
  readonly backtestReason: string | null;
  readonly drift: number;
  readonly coverageCustomers: number | null;
  readonly coverageTotal: number | null;
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
  const sample = await samplePurchaseDays(pool, workspaceId, asOf, SAMPLE);
  const end = dayNumber(asOf);
  const activity = monthlyActivity(sample, end);
  const wanted = choice === 'auto' ? null : CANDIDATES[choice].name;
  const result = await inWorker('backtest', sample, end, wanted);
  if (result.origins === null) {
    const chosen = choice === 'auto' ? DEFAULT_MODEL : choice;
    return {
      chosen,
      fallbackReason: null,
      modelReason:
        choice === 'auto'
          ? `${nameOf(CANDIDATES[chosen].name)} is the default: there is no backtest to choose by`
          : ASKED_FOR,
      backtestWeeks: null,
      backtestReason: result.reason,
      drift: DEFAULT_DRIFT,
      coverageCustomers: null,
      coverageTotal: null,
      backtests: [],
      activity,
    };
  }
  const best = (Object.keys(CANDIDATES) as Candidate[]).find((key) => CANDIDATES[key].name === result.chosen);
  return {
    chosen: choice === 'auto' ? (best ?? DEFAULT_MODEL) : choice,
    fallbackReason:
      choice === 'auto' && !result.beatsBaseline ? `no model beat the rate baseline: ${result.reason}` : null,
    modelReason: choice === 'auto' ? result.reason : `${ASKED_FOR}; ${result.reason}`,
    backtestWeeks: result.horizonWeeks,
    backtestReason: null,
    drift: result.drift,
    coverageCustomers: result.coverage.customers,
    coverageTotal: result.coverage.total,
    backtests: result.origins.flatMap((origin) => rowsOf(origin)),
    activity,
  };
}

const ASKED_FOR = 'the model was asked for';

const nameOf = (model: string) => MODEL_NAME[model as ModelKey];

function rowsOf({ origin, customers, models, baseline }: Backtest['origins'][number]): BacktestRow[] {
  const day = dayOfNumber(origin);
  return [
    ...models.map(({ model, accuracy }) => ({
      origin: day,
      model: nameOf(model),
      figures: { ...accuracy, customers },
    })),
    { origin: day, model: OWN_RATE, figures: { ...baseline, customers } },
  ];
}
