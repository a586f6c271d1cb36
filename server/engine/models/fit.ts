import { DomainError } from '../../domain/errors.ts';
import { hessian, type MinimizeOptions, type Minimum, minimize, type Objective } from '../numerics/minimize.ts';
import { inversePositiveDefinite } from '../numerics/vector.ts';
import type { Fit, FitOptions, HistoryGroup } from './types.ts';

export interface LogLikelihood {
  readonly value: number;
  /** Derivatives by each parameter, in the order of `names`. */
  readonly gradient: readonly number[];
}

interface Problem<Name extends string, Group extends { readonly count: number }> {
  readonly model: string;
  /** Each parameter is its lower bound + e^u; the search runs over the u. In the order of the gradient. */
  readonly lowerBounds: Readonly<Record<Name, number>>;
  /** Starting values of the parameters, above their bounds, for when the options name none. */
  readonly starts: readonly (readonly number[])[];
  readonly groups: readonly Group[];
  readonly likelihood: (groups: readonly Group[]) => (parameters: readonly number[]) => LogLikelihood;
  readonly options?: FitOptions<Record<Name, number>> | undefined;
}

/** Groups that the several starts are tried on; the best of them is then followed on all groups. */
const TRIAL_GROUPS = 1000;
/** The sample differs from the whole by more. */
const TRIAL_TOLERANCE = 1e-4;

/** A parameter e^12 times its start is on the way to infinity: the likelihood has no proper maximum. */
const REACH = 12;

export const customersOf = (groups: readonly { readonly count: number }[]): number =>
  groups.reduce((sum, group) => sum + group.count, 0);

/**
 * Maximum likelihood, or with a prior the mode of the posterior, from several starts; the best end wins.
 * @throws DomainError NO_CUSTOMERS or ONE_CUSTOMER: how customers differ cannot be seen from fewer than two.
 */
export function maximizeLikelihood<Name extends string, Group extends { readonly count: number }>(
  problem: Problem<Name, Group>,
): Fit<Record<Name, number>> {
  const { model, groups, likelihood, options = {} } = problem;
  const names = Object.keys(problem.lowerBounds) as Name[];
  const customers = customersOf(groups);
  if (customers === 0) throw new DomainError('NO_CUSTOMERS', `Cannot fit ${model}: no customers to fit it to.`);
  if (customers === 1)
    throw new DomainError(
      'ONE_CUSTOMER',
      `Cannot fit ${model} to one customer: the model describes how customers differ.`,
    );
  const bounds = names.map((name) => problem.lowerBounds[name]);
  const parametersAt = (u: readonly number[]) => u.map((value, i) => bounds[i]! + Math.exp(value));
  const unbounded = (parameters: readonly number[]) => parameters.map((value, i) => Math.log(value - bounds[i]!));
  const named = (values: readonly number[]) =>
    Object.fromEntries(names.map((name, i) => [name, values[i]!])) as Record<Name, number>;
  const listed = (parameters: Readonly<Record<Name, number>>) => names.map((name) => parameters[name]);

  const center = options.prior && unbounded(listed(options.prior.center));
  const precision = options.prior ? options.prior.deviation ** -2 : 0;
  /** Per customer, so that the tolerance of the search means the same for a hundred customers and for a million. */
  function objectiveOf(evaluate: (parameters: readonly number[]) => LogLikelihood, size: number): Objective {
    return (u) => {
      const { value, gradient } = evaluate(parametersAt(u));
      const pull = u.map((x, i) => (center === undefined ? 0 : precision * (x - center[i]!)));
      const penalty = pull.reduce((sum, g, i) => sum + (center === undefined ? 0 : (g * (u[i]! - center[i]!)) / 2), 0);
      return {
        value: (penalty - value) / size,
        gradient: gradient.map((g, i) => (pull[i]! - g * Math.exp(u[i]!)) / size),
      };
    };
  }

  const evaluate = likelihood(groups);
  const objective = objectiveOf(evaluate, customers);
  const starts = (options.start ? [listed(options.start)] : problem.starts).map(unbounded);
  const best = search(objective, starts, groups, (some) => objectiveOf(likelihood(some), customersOf(some)));
  const covariance = inversePositiveDefinite(hessian(objective, best.point))?.map((row) =>
    row.map((value) => value / customers),
  );
  const parameters = parametersAt(best.point);
  return {
    model,
    parameters: named(parameters),
    standardErrors: covariance
      ? named(covariance.map((row, i) => (parameters[i]! - bounds[i]!) * Math.sqrt(row[i]!)))
      : null,
    covariance: covariance ?? null,
    priorWeight: covariance
      ? Math.min(1, covariance.reduce((sum, row, i) => sum + precision * row[i]!, 0) / names.length)
      : 0,
    logLikelihood: evaluate(parameters).value,
    iterations: best.iterations,
    status: best.status,
    customers,
  };
}

/** Where the likelihood of many groups is expensive, a sample of them decides between the starts, and gives the curvature. */
function search<Group>(
  objective: Objective,
  starts: readonly (readonly number[])[],
  groups: readonly Group[],
  objectiveOf: (some: readonly Group[]) => Objective,
): Minimum {
  if (groups.length <= 2 * TRIAL_GROUPS) return bestOf(objective, starts, { reach: REACH });
  const stride = Math.ceil(groups.length / TRIAL_GROUPS);
  const trial = objectiveOf(groups.filter((_, i) => i % stride === 0));
  const { point } = bestOf(trial, starts, { tolerance: TRIAL_TOLERANCE, reach: REACH });
  return minimize(objective, point, { reach: REACH, inverseHessian: inversePositiveDefinite(hessian(trial, point)) });
}

const bestOf = (objective: Objective, starts: readonly (readonly number[])[], options?: MinimizeOptions) =>
  starts.map((start) => minimize(objective, start, options)).reduce((a, b) => (b.value < a.value ? b : a));

/** @throws DomainError NO_REPEAT_BUYERS: a rate of purchases cannot be seen where nobody came back. */
export function requireRepeatBuyers(model: string, groups: readonly HistoryGroup[]): void {
  if (groups.length > 0 && groups.every((group) => group.x === 0))
    throw new DomainError('NO_REPEAT_BUYERS', `Cannot fit ${model}: no customer has bought on a second day.`);
}
