import type { FitRow } from '../data/runs.ts';
import { MODEL_NAME, type ModelKey, type TransactionModelChoice } from '../domain/models.ts';
import { bgNbd } from '../models/bg-nbd.ts';
import { gammaGamma } from '../models/gamma-gamma.ts';
import { mbgNbd } from '../models/mbg-nbd.ts';
import { MIN_REPEAT_BUYERS, pooledRate, pooledSpend } from '../models/pooled-rate.ts';
import type { Fit } from '../models/types.ts';
import type { Reduction } from './reduce-summaries.ts';

/** A fit, and why it is only a stand-in where it is one. */
export interface ChosenFit {
  readonly fit: Fit<object>;
  readonly fallbackReason: string | null;
}

const TRANSACTION_MODELS = { bg: bgNbd, mbg: mbgNbd } as const;

export function fitTransactions(base: Reduction, choice: TransactionModelChoice): ChosenFit {
  if (base.repeatBuyers < MIN_REPEAT_BUYERS) {
    const fallbackReason = `${base.repeatBuyers} customers have bought on more than one day: ${MIN_REPEAT_BUYERS} are needed to fit ${MODEL_NAME[TRANSACTION_MODELS[choice].name as ModelKey]}`;
    return { fit: pooledRate.fit(base.histories), fallbackReason };
  }
  const fit = TRANSACTION_MODELS[choice].fit(base.histories);
  if (Number.isFinite(fit.logLikelihood)) return { fit, fallbackReason: null };
  return {
    fit: pooledRate.fit(base.histories),
    fallbackReason: `${MODEL_NAME[fit.model as ModelKey]} has no finite likelihood on these orders`,
  };
}

export function fitSpend(base: Reduction): ChosenFit {
  const usable = base.repeatSpend.reduce((sum, { count }) => sum + count, 0);
  if (usable < MIN_REPEAT_BUYERS) {
    const fallbackReason = `${usable} repeat buyers have spent more than zero: ${MIN_REPEAT_BUYERS} are needed to fit Gamma-Gamma`;
    return { fit: pooledSpend.fit(base.spend), fallbackReason };
  }
  const fit = gammaGamma.fit(base.repeatSpend);
  if (Number.isFinite(fit.logLikelihood)) return { fit, fallbackReason: null };
  return { fit: pooledSpend.fit(base.spend), fallbackReason: 'Gamma-Gamma has no finite likelihood on these orders' };
}

/** What to say of a search that ended before it converged. */
const UNSETTLED = {
  'max-iterations': 'was stopped while its likelihood was still improving',
  stalled: 'could make no more progress before it converged',
} as const;

function reasonOf({ fit, fallbackReason }: ChosenFit): string | null {
  if (fallbackReason !== null || fit.status === 'converged') return fallbackReason;
  return `the search for the parameters of ${MODEL_NAME[fit.model as ModelKey]} ${UNSETTLED[fit.status]}`;
}

/** The fit as a run records it. */
export function toFitRow(process: FitRow['process'], chosen: ChosenFit): FitRow {
  const { fit, fallbackReason } = chosen;
  const finite = (value: number | null) => (Number.isFinite(value) ? value : null);
  return {
    process,
    model: MODEL_NAME[fit.model as ModelKey],
    status: fallbackReason === null ? (fit.status.toUpperCase().replace('-', '_') as FitRow['status']) : 'FALLBACK',
    reason: reasonOf(chosen),
    parameters: { ...fit.parameters },
    standardErrors:
      fit.standardErrors === null
        ? null
        : Object.fromEntries(Object.entries(fit.standardErrors).map(([name, error]) => [name, finite(error)])),
    logLikelihood: finite(fit.logLikelihood),
    iterations: fallbackReason === null ? fit.iterations : null,
    customers: fit.customers,
  };
}
