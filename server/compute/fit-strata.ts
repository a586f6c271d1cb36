import { DomainError } from '../domain/errors.ts';
import { type CovariateFit, fitCovariates, parametersOf } from '../engine/models/covariates.ts';
import type { Stratum } from '../engine/models/covariates-likelihood.ts';
import type { HistoryGroup, TransactionModel } from '../engine/models/types.ts';
import { CANDIDATES, type Candidate } from './candidates.ts';
import { type Packed, unpackHistories } from './packed.ts';

/** Covariates that chance would explain as often as this or more are not used. */
const SIGNIFICANCE = 0.01;

export interface StrataJob {
  readonly model: Candidate;
  readonly names: readonly string[];
  readonly strata: readonly { readonly covariates: readonly number[]; readonly groups: Packed<HistoryGroup> }[];
}

export interface FittedStrata extends Pick<CovariateFit<object>, 'coefficients'> {
  readonly isUsed: boolean;
  readonly reason: string;
  readonly likelihoodRatio: CovariateFit<object>['likelihoodRatio'] | null;
  /** Parameters by stratum; empty where the covariates are not used. */
  readonly parameters: readonly object[];
}

/** In an order that their covariates decide. */
function compareCovariates(a: Stratum, b: Stratum): number {
  const first = a.covariates.findIndex((value, i) => value !== b.covariates[i]);
  return first < 0 ? 0 : a.covariates[first]! - b.covariates[first]!;
}

/** Fits the effects of covariates, and decides whether they are to be used. */
export function fitStrata({ model, names, strata: packed }: StrataJob): FittedStrata {
  const strata: Stratum[] = packed.map(({ covariates, groups }) => ({ covariates, groups: unpackHistories(groups) }));
  try {
    const fit = fitCovariates(
      CANDIDATES[model] as unknown as TransactionModel<object>,
      names,
      strata.toSorted(compareCovariates),
    );
    const { coefficients, likelihoodRatio } = fit;
    const chance = likelihoodRatio.pValue.toPrecision(2);
    const obstacle =
      fit.status !== 'converged'
        ? 'their fit did not converge'
        : likelihoodRatio.pValue >= SIGNIFICANCE
          ? `chance explains them (p = ${chance})`
          : fit.missingErrors;
    const isUsed = obstacle === null;
    return {
      isUsed,
      reason: isUsed
        ? `the likelihood-ratio test finds them to matter (p = ${chance})`
        : `they are not used: ${obstacle}`,
      coefficients,
      likelihoodRatio,
      parameters: isUsed ? strata.map(({ covariates }) => parametersOf(fit, covariates)) : [],
    };
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    return { isUsed: false, reason: error.message, coefficients: [], likelihoodRatio: null, parameters: [] };
  }
}
