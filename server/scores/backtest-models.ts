import type pg from 'pg';
import { CANDIDATES, type Candidate } from '../compute/candidates.ts';
import { inWorker } from '../compute/pool.ts';
import { sampleOrderDays } from '../customers/data/order-days.ts';
import { dayNumber, dayOfNumber } from '../domain/day.ts';
import { MODEL_NAME, type ModelKey, OWN_RATE, type TransactionModelChoice } from '../domain/models.ts';
import type { Backtest } from '../engine/analytics/backtest.ts';
import { DEFAULT_DRIFT } from '../engine/analytics/backtest-drift.ts';
import { type MonthlyActivity, monthlyActivity } from '../engine/analytics/monthly-activity.ts';
import type { BacktestRow } from './data/backtests.ts';

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
  const sample = await sampleOrderDays(pool, workspaceId, asOf, SAMPLE);
  const end = dayNumber(asOf);
  const activity = monthlyActivity(sample, end);
  const wanted = choice === 'auto' ? null : CANDIDATES[choice].name;
  const result = await inWorker('backtest', sample, end, wanted);
  if (result.origins === null) {
    const chosen = choice === 'auto' ? DEFAULT_MODEL : choice;
    return {
      chosen,
      fallbackReason: null,
      modelReason: choice === 'auto' ? `${IS_DEFAULT}: there is no backtest to choose by` : ASKED_FOR,
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
  // Earlier on there may have been too few repeat buyers for any model: then what was measured is none of the published one.
  const measured = choice === 'auto' && best === undefined ? UNMEASURED : result;
  return {
    chosen: choice === 'auto' ? (best ?? DEFAULT_MODEL) : choice,
    fallbackReason:
      choice === 'auto' && !result.beatsBaseline ? `no model beat the rate baseline: ${result.reason}` : null,
    modelReason: reasonOf(choice, best, result.reason),
    backtestWeeks: result.horizonWeeks,
    backtestReason: null,
    drift: measured.drift,
    coverageCustomers: measured.coverage?.customers ?? null,
    coverageTotal: measured.coverage?.total ?? null,
    backtests: result.origins.flatMap((origin) => rowsOf(origin)),
    activity,
  };
}

const ASKED_FOR = 'the model was asked for';
const UNMEASURED = { drift: DEFAULT_DRIFT, coverage: null };

const nameOf = (model: string) => MODEL_NAME[model as ModelKey];
const IS_DEFAULT = `${nameOf(CANDIDATES[DEFAULT_MODEL].name)} is the default`;

function reasonOf(choice: TransactionModelChoice, best: Candidate | undefined, reason: string): string {
  if (choice !== 'auto') return `${ASKED_FOR}; ${reason}`;
  return best === undefined ? `${IS_DEFAULT}: no origin had enough repeat buyers to choose by` : reason;
}

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
