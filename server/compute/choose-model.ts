import { MODEL_NAME, type ModelKey, type TransactionModelChoice } from '../domain/models.ts';
import { type Backtest, errorsByHorizon, type HorizonError } from '../engine/analytics/backtest/backtest.ts';
import { type Coverage, coverageByHorizon } from '../engine/analytics/backtest/coverage-by-horizon.ts';
import type { OwnShare } from '../engine/analytics/backtest/own-share.ts';
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
  /** Weight of the customers' own rates and means in the values, 0 to 1. */
  readonly ownShare: number;
  /** By horizon of a run. */
  readonly errors: readonly HorizonError[];
  /** Empty where nothing was measured. */
  readonly coverage: readonly Coverage[];
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
      ...UNMEASURED,
    };
  }
  const best = (Object.keys(CANDIDATES) as Candidate[]).find((key) => CANDIDATES[key].name === result.chosen);
  // Earlier on there may have been too few repeat buyers for any model: then what was measured is none of the published one.
  const isMeasured = choice !== 'auto' || best !== undefined;
  return {
    chosen: choice === 'auto' ? (best ?? DEFAULT_MODEL) : choice,
    fallbackReason: choice === 'auto' && !result.beatsBaseline ? result.reason : null,
    modelReason: [reasonOf(choice, best, result.reason), ...valueReason(result.ownShare)].join('; '),
    backtestWeeks: Math.round(result.horizonWeeks),
    backtestReason: null,
    ...(isMeasured
      ? {
          ownShare: result.ownShare.share,
          errors: result.errors,
          coverage: coverageByHorizon(result.origins.map(({ coverage }) => coverage)),
        }
      : UNMEASURED),
  };
}

const ASKED_FOR = 'the model was asked for';
const UNMEASURED = { ownShare: 0, errors: errorsByHorizon([], 0), coverage: [] };
const IS_DEFAULT = `${MODEL_NAME[CANDIDATES[DEFAULT_MODEL].name as ModelKey]} is the default`;

function reasonOf(choice: TransactionModelChoice, best: Candidate | undefined, reason: string): string {
  if (choice !== 'auto') return `${ASKED_FOR}; ${reason}`;
  return best === undefined ? `${IS_DEFAULT}: no origin had enough repeat buyers to choose by` : reason;
}

/** Where the model loses: its errors against those of customers' own rates and means. */
function valueReason({ share, lost, origins, modelError, ownError }: OwnShare): string[] {
  if (2 * lost <= origins) return [];
  const errors = `its value per customer is off by more than that of own rates and means at ${lost} of ${origins} origins (by ${figure(modelError)} against ${figure(ownError)} on average)`;
  return [share === 0 ? errors : `${errors}, so ${Math.round(100 * share)}% of the value comes from these`];
}

const figure = (value: number) => value.toPrecision(3);
