import { MODEL_NAME, type ModelKey, type TransactionModelChoice } from '../domain/models.ts';
import type { Backtest } from '../engine/analytics/backtest/backtest.ts';
import { DEFAULT_DRIFT } from '../engine/analytics/backtest/forecast-error.ts';
import type { NoPlan } from '../engine/analytics/backtest/plan.ts';
import { CANDIDATES, type Candidate } from './candidates.ts';

/** A backtest costs the same for every base larger than this number of customers. */
export const BACKTEST_SAMPLE = 10_000;

/** Where there is no backtest to choose by: sound for one-time buyers, and quick. */
const DEFAULT_MODEL: Candidate = 'mbg';

/** The model that a run publishes, and what is known of its forecasts. */
export interface ModelChoice {
  readonly chosen: Candidate;
  /** Why the pooled rate has to stand in; null where the chosen model may be published. */
  readonly fallbackReason: string | null;
  readonly modelReason: string;
  readonly backtestWeeks: number | null;
  readonly backtestReason: string | null;
  readonly drift: number;
  readonly coverageCustomers: number | null;
  readonly coverageTotal: number | null;
}

/** What a backtest comes to, where a model was asked for or the best one is to be taken. */
export function chooseModel(result: Backtest | NoPlan, choice: TransactionModelChoice): ModelChoice {
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
  };
}

const ASKED_FOR = 'the model was asked for';
const UNMEASURED = { drift: DEFAULT_DRIFT, coverage: null };
const IS_DEFAULT = `${MODEL_NAME[CANDIDATES[DEFAULT_MODEL].name as ModelKey]} is the default`;

function reasonOf(choice: TransactionModelChoice, best: Candidate | undefined, reason: string): string {
  if (choice !== 'auto') return `${ASKED_FOR}; ${reason}`;
  return best === undefined ? `${IS_DEFAULT}: no origin had enough repeat buyers to choose by` : reason;
}
