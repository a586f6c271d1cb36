import { MODEL_NAME, type ModelKey } from '../domain/models.ts';
import type { RobustFit } from '../engine/models/robust-fit.ts';
import type { Fit } from '../engine/models/types.ts';
import type { FitRow, RunRow } from './data/runs.ts';

/** The reason of a search that ended before it converged. */
const UNSETTLED = {
  'max-iterations': 'was stopped while its likelihood was still improving',
  stalled: 'could make no more progress before it converged',
} as const;

function reasonOf({ fit, fallbackReason, priorReason, capReason }: RobustFit): string | null {
  const unsettled =
    fallbackReason !== null || fit.status === 'converged'
      ? null
      : `the search for the parameters of ${MODEL_NAME[fit.model as ModelKey]} ${UNSETTLED[fit.status]}`;
  const reasons = [unsettled ?? fallbackReason ?? priorReason, capReason ?? null].filter((reason) => reason !== null);
  return reasons.length === 0 ? null : reasons.join('; ');
}

const finite = (value: number | null) => (Number.isFinite(value) ? value : null);

/** The fit as a run records it. */
export function toFitRow(process: FitRow['process'], robust: RobustFit, isChosen: boolean): FitRow {
  const { fit, fallbackReason } = robust;
  return {
    process,
    model: MODEL_NAME[fit.model as ModelKey],
    isChosen,
    status: fallbackReason === null ? (fit.status.toUpperCase().replace('-', '_') as FitRow['status']) : 'FALLBACK',
    reason: reasonOf(robust),
    parameters: { ...fit.parameters },
    standardErrors:
      fit.standardErrors === null
        ? null
        : Object.fromEntries(Object.entries(fit.standardErrors).map(([name, error]) => [name, finite(error)])),
    covariance: fit.covariance,
    priorWeight: fit.priorWeight,
    logLikelihood: finite(fit.logLikelihood),
    iterations: fallbackReason === null ? fit.iterations : null,
    customers: fit.customers,
  };
}

/** The fit that a run has recorded, to compute with again. */
export function fromFitRow(row: FitRow): Fit<object> {
  const [model] = Object.entries(MODEL_NAME).find(([, name]) => name === row.model) ?? [row.model];
  return {
    model,
    parameters: row.parameters,
    standardErrors: row.standardErrors,
    covariance: row.covariance,
    priorWeight: row.priorWeight,
    logLikelihood: row.logLikelihood ?? Number.NaN,
    iterations: row.iterations ?? 0,
    status: row.status === 'MAX_ITERATIONS' ? 'max-iterations' : row.status === 'STALLED' ? 'stalled' : 'converged',
    customers: row.customers,
  };
}

/** The fits that a run's figures come from: of transactions one for each stratum of its covariates, else one. */
export function chosenFits({ fits, covariates }: Pick<RunRow, 'fits' | 'covariates'>) {
  const of = (process: FitRow['process']) => fromFitRow(fits.find((fit) => fit.process === process && fit.isChosen)!);
  return { transactions: byStratum(of('TRANSACTIONS'), covariates?.strata ?? []), spend: of('SPEND') };
}

/** Each stratum has parameters of its own; their uncertainty is that of the whole. */
export const byStratum = (
  fit: Fit<object>,
  strata: readonly { readonly parameters: object }[],
): readonly Fit<object>[] => (strata.length === 0 ? [fit] : strata.map(({ parameters }) => ({ ...fit, parameters })));
