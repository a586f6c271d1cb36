import { DomainError } from '../../domain/errors.ts';
import { dot } from '../numerics/vector.ts';
import { betaGeometricLikelihood } from './beta-geometric-likelihood.ts';
import type { LogLikelihood } from './fit.ts';
import { paretoNbdLikelihood } from './pareto-nbd-likelihood.ts';
import type { HistoryGroup } from './types.ts';

/** Customers with the same covariates. */
export interface Stratum {
  readonly groups: readonly HistoryGroup[];
  /** One number per covariate, such as the row of `dummyRow`. */
  readonly covariates: readonly number[];
}

/** The covariates z of a process multiply one parameter by e^(sign g'z), where g are the coefficients. */
interface Effect {
  /** Position among the names. */
  readonly parameter: number;
  readonly sign: 1 | -1;
}

interface CovariateModel {
  /** Of the model's parameters, in the order of the likelihood. */
  readonly names: readonly string[];
  readonly likelihood: (groups: readonly HistoryGroup[]) => (parameters: readonly number[]) => LogLikelihood;
  readonly transaction: Effect;
  readonly dropout: Effect;
}

const betaGeometric = (offset: 0 | 1): CovariateModel => ({
  names: ['r', 'alpha', 'a', 'b'],
  likelihood: (groups) => betaGeometricLikelihood(groups, offset),
  transaction: { parameter: 1, sign: -1 },
  dropout: { parameter: 2, sign: 1 },
});

/**
 * By model what the covariates scale. Of the purchase process always alpha, by e^(-g'z): the rate is multiplied by e^(g'z).
 * Of the dropout process:
 *
 * - BG/NBD and MBG/NBD: a, by e^(g'z), so that the odds a/b of the mean dropout probability are multiplied by e^(g'z).
 *   Published versions differ here: Fader & Hardie give a and b coefficients of their own, which the data hardly separate;
 *   CLVTools scales both by one factor, which leaves the mean dropout probability where it was.
 * - Pareto/NBD: beta, by e^(-g'z), so that the dropout rate is multiplied by e^(g'z).
 *
 * @see Fader & Hardie (2007), Incorporating Time-Invariant Covariates into the Pareto/NBD and BG/NBD Models, note 019
 */
const COVARIATE_MODELS: Readonly<Record<string, CovariateModel>> = {
  'bg-nbd': betaGeometric(0),
  'mbg-nbd': betaGeometric(1),
  'pareto-nbd': {
    names: ['r', 'alpha', 's', 'beta'],
    likelihood: paretoNbdLikelihood,
    transaction: { parameter: 1, sign: -1 },
    dropout: { parameter: 3, sign: -1 },
  },
};

/** @throws DomainError NO_COVARIATE_MODEL for a model that takes no covariates. */
export function covariateModel(name: string): CovariateModel {
  const model = COVARIATE_MODELS[name];
  if (model === undefined)
    throw new DomainError(
      'NO_COVARIATE_MODEL',
      `${name} takes no covariates; models that do: ${Object.keys(COVARIATE_MODELS).join(', ')}.`,
    );
  return model;
}

/** The model's parameters for a customer with these covariates, and by what the two scaled ones were multiplied. */
export function scaledParameters(
  { transaction, dropout }: CovariateModel,
  parameters: readonly number[],
  coefficients: { readonly transaction: readonly number[]; readonly dropout: readonly number[] },
  covariates: readonly number[],
) {
  const byTransaction = Math.exp(transaction.sign * dot(coefficients.transaction, covariates));
  const byDropout = Math.exp(dropout.sign * dot(coefficients.dropout, covariates));
  const factors = parameters.map((_, i) =>
    i === transaction.parameter ? byTransaction : i === dropout.parameter ? byDropout : 1,
  );
  return { factors, parameters: parameters.map((value, i) => value * factors[i]!) };
}

/**
 * Log-likelihood and gradient as a function of [the model's parameters, transaction coefficients, dropout coefficients]: the
 * sum over strata of the model's own.
 */
export function covariateLikelihood(model: CovariateModel, strata: readonly Stratum[]) {
  const prepared = strata.map(({ groups, covariates }) => ({ evaluate: model.likelihood(groups), covariates }));
  const { names, transaction, dropout } = model;

  return (point: readonly number[]): LogLikelihood => {
    const size = (point.length - names.length) / 2;
    const base = point.slice(0, names.length);
    const coefficients = {
      transaction: point.slice(names.length, names.length + size),
      dropout: point.slice(names.length + size),
    };
    const gradient = point.map(() => 0);
    let value = 0;
    for (const { evaluate, covariates } of prepared) {
      const { factors, parameters } = scaledParameters(model, base, coefficients, covariates);
      const own = evaluate(parameters);
      value += own.value;
      for (const [i, factor] of factors.entries()) gradient[i]! += own.gradient[i]! * factor;
      const byTransaction =
        transaction.sign * own.gradient[transaction.parameter]! * parameters[transaction.parameter]!;
      const byDropout = dropout.sign * own.gradient[dropout.parameter]! * parameters[dropout.parameter]!;
      for (const [j, z] of covariates.entries()) {
        gradient[names.length + j]! += byTransaction * z;
        gradient[names.length + size + j]! += byDropout * z;
      }
    }
    return { value, gradient };
  };
}
