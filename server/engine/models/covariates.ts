import { DomainError } from '../../domain/errors.ts';
import { chiSquareTail } from '../numerics/incomplete-gamma.ts';
import { hessian, type MinimizeStatus, minimize, type Objective } from '../numerics/minimize.ts';
import { inversePositiveDefinite } from '../numerics/vector.ts';
import { collinearCovariates } from './covariates-coding.ts';
import { covariateLikelihood, covariateModel, type Stratum, scaledParameters } from './covariates-likelihood.ts';
import type { Fit, TransactionModel } from './types.ts';

/** A wider standard error leaves the effect unknown to a factor of e^20 each way: the coefficient runs off to infinity. */
const MAX_STANDARD_ERROR = 10;

/** The effect of one covariate on one process: e^value multiplies the purchase rate, or the rate or odds of dropout. */
export interface Coefficient {
  readonly process: 'transaction' | 'dropout';
  readonly name: string;
  readonly value: number;
  /** Null where the data do not determine it; so are z and the p-value. */
  readonly standardError: number | null;
  readonly z: number | null;
  /** Of no effect, two-sided, in [0, 1]. */
  readonly pValue: number | null;
}

export interface CovariateFit<P> {
  readonly model: string;
  /** Of customers whose covariates are all 0. */
  readonly parameters: P;
  readonly standardErrors: P | null;
  /** Of the transaction process in the order of the names, then of the dropout process. */
  readonly coefficients: readonly Coefficient[];
  /** Of [ln parameters, coefficients]; null where the standard errors are. */
  readonly covariance: readonly (readonly number[])[] | null;
  /** Why standard errors are missing; null where none is. */
  readonly missingErrors: string | null;
  readonly logLikelihood: number;
  /** Against the plain model: the probability of so large a gain where no covariate matters. */
  readonly likelihoodRatio: { readonly statistic: number; readonly degrees: number; readonly pValue: number };
  /** Of the same customers, without covariates. */
  readonly plain: Fit<P>;
  readonly iterations: number;
  readonly status: MinimizeStatus;
  readonly customers: number;
}

/**
 * Maximum likelihood with static covariates on both processes; `covariates-likelihood.ts` shows what they scale. The search
 * begins at the plain fit, so the result is never less likely than that.
 * @param names of the covariates, one per number of a stratum's row.
 * @throws DomainError for what the plain model refuses, NO_COVARIATE_MODEL, NO_COVARIATES, BAD_COVARIATES, CONSTANT_COVARIATE.
 */
export function fitCovariates<P extends object>(
  model: TransactionModel<P>,
  names: readonly string[],
  strata: readonly Stratum[],
): CovariateFit<P> {
  const scaled = covariateModel(model.name);
  if (names.length === 0) throw new DomainError('NO_COVARIATES', 'No covariate: no category has two levels.');
  const plain = model.fit(strata.flatMap((stratum) => stratum.groups));
  const { customers } = plain;
  const collinear = collinearCovariates(names, strata);

  const keys = scaled.names as readonly (keyof P)[];
  const named = (values: readonly number[]) => Object.fromEntries(keys.map((key, i) => [key, values[i]!])) as P;
  // The parameters, all of them positive, are searched on the log scale; the coefficients as they are.
  const pointAt = (u: readonly number[]) => u.map((value, i) => (i < keys.length ? Math.exp(value) : value));
  const likelihood = covariateLikelihood(scaled, strata);
  const objective: Objective = (u) => {
    const point = pointAt(u);
    const { value, gradient } = likelihood(point);
    return {
      value: -value / customers,
      gradient: gradient.map((g, i) => (-g * (i < keys.length ? point[i]! : 1)) / customers),
    };
  };
  const start = [
    ...keys.map((key) => Math.log(plain.parameters[key] as number)),
    ...names.map(() => 0),
    ...names.map(() => 0),
  ];
  const best = minimize(objective, start);
  const point = pointAt(best.point);
  const logLikelihood = -best.value * customers;

  const inverse = collinear.length === 0 ? inversePositiveDefinite(hessian(objective, best.point)) : null;
  const covariance = inverse?.map((row) => row.map((value) => value / customers)) ?? null;
  const coefficients = (['transaction', 'dropout'] as const).flatMap((process, k) =>
    names.map((name, j) => {
      const i = keys.length + k * names.length + j;
      return coefficient(process, name, point[i]!, covariance && Math.sqrt(covariance[i]![i]!));
    }),
  );
  const statistic = Math.max(0, 2 * (logLikelihood - plain.logLikelihood));
  const degrees = 2 * (names.length - collinear.length);
  return {
    model: model.name,
    parameters: named(point),
    standardErrors: covariance && named(keys.map((_, i) => point[i]! * Math.sqrt(covariance[i]![i]!))),
    coefficients,
    covariance,
    missingErrors: whyMissing(collinear, coefficients, covariance !== null),
    logLikelihood,
    likelihoodRatio: { statistic, degrees, pValue: chiSquareTail(statistic, degrees) },
    plain,
    iterations: best.iterations,
    status: best.status,
    customers,
  };
}

function coefficient(
  process: Coefficient['process'],
  name: string,
  value: number,
  standardError: number | null,
): Coefficient {
  if (standardError === null || standardError > MAX_STANDARD_ERROR)
    return { process, name, value, standardError: null, z: null, pValue: null };
  const z = value / standardError;
  return { process, name, value, standardError, z, pValue: chiSquareTail(z * z, 1) };
}

function whyMissing(
  collinear: readonly string[],
  coefficients: readonly Coefficient[],
  isProper: boolean,
): string | null {
  if (collinear.length > 0)
    return `Collinear with the covariates before them, so that only joint effects can be seen: ${collinear.join(', ')}.`;
  if (!isProper) return 'The likelihood has no proper maximum, as where none of the customers of a level came back.';
  const unknown = coefficients.filter((c) => c.standardError === null).map((c) => `${c.name} (${c.process})`);
  return unknown.length > 0 ? `The data do not determine the effect of ${unknown.join(', ')}.` : null;
}

/**
 * The model's parameters for customers with these covariates, to score them with.
 * @param covariates one per name of the fit, in its order.
 */
export function parametersOf<P extends object>(fit: CovariateFit<P>, covariates: readonly number[]): P {
  const model = covariateModel(fit.model);
  const keys = model.names as readonly (keyof P)[];
  const valuesOf = (process: Coefficient['process']) =>
    fit.coefficients.filter((c) => c.process === process).map((c) => c.value);
  const { parameters } = scaledParameters(
    model,
    keys.map((key) => fit.parameters[key] as number),
    { transaction: valuesOf('transaction'), dropout: valuesOf('dropout') },
    covariates,
  );
  return Object.fromEntries(keys.map((key, i) => [key, parameters[i]!])) as P;
}
