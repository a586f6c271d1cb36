import { DomainError } from '../domain/errors.ts';
import { hessian, type Minimum, minimize, type Objective } from '../numerics/minimize.ts';
import { inversePositiveDefinite } from '../numerics/vector.ts';
import type { Fit } from './types.ts';

export interface LogLikelihood {
  readonly value: number;
  /** Derivatives by each parameter, in the order of `names`. */
  readonly gradient: readonly number[];
}

interface Problem<Name extends string> {
  readonly model: string;
  readonly names: readonly Name[];
  /** Each parameter is its lower bound + e^u; the search runs over the u. */
  readonly lowerBounds: readonly number[];
  /** Starting values of the parameters, above their bounds. */
  readonly starts: readonly (readonly number[])[];
  readonly customers: number;
  readonly logLikelihood: (parameters: readonly number[]) => LogLikelihood;
}

/** Maximum likelihood from several starts; the best end wins. Throws a DomainError if there are no customers. */
export function maximizeLikelihood<Name extends string>(problem: Problem<Name>): Fit<Record<Name, number>> {
  const { model, names, lowerBounds, starts, customers } = problem;
  if (customers === 0)
    throw new DomainError('NO_CUSTOMERS', `Cannot fit ${model}: there are no customers to fit it to.`);
  const parametersAt = (u: readonly number[]) => u.map((value, i) => lowerBounds[i]! + Math.exp(value));
  // Per customer, so that the tolerance of the search means the same for a hundred customers and for a million.
  const objective: Objective = (u) => {
    const { value, gradient } = problem.logLikelihood(parametersAt(u));
    return { value: -value / customers, gradient: gradient.map((g, i) => (-g * Math.exp(u[i]!)) / customers) };
  };
  const named = (values: readonly number[]) =>
    Object.fromEntries(names.map((name, i) => [name, values[i]!])) as Record<Name, number>;

  const best = starts
    .map((start) =>
      minimize(
        objective,
        start.map((value, i) => Math.log(value - lowerBounds[i]!)),
      ),
    )
    .reduce((a: Minimum, b: Minimum) => (b.value < a.value ? b : a));
  const covariance = inversePositiveDefinite(hessian(objective, best.point));
  const standardErrors = covariance?.map((row, i) => Math.exp(best.point[i]!) * Math.sqrt(row[i]! / customers)) ?? null;
  return {
    model,
    parameters: named(parametersAt(best.point)),
    standardErrors: standardErrors && named(standardErrors),
    logLikelihood: -best.value * customers,
    iterations: best.iterations,
    status: best.status,
    customers,
  };
}
