import { DomainError } from '../../domain/errors.ts';
import { type ContractParameters, contractLikelihood, isContract, lnSurvival } from './contract-likelihood.ts';
import type { Contract, ContractGroup, ContractModel } from './contract-types.ts';
import { maximizeLikelihood } from './fit.ts';
import type { Fit } from './types.ts';

interface Definition<P> {
  readonly name: string;
  readonly lowerBounds: P;
  /** Sum over j = 1..t of S(tenure + j)/S(tenure) e^(-delta (j-1)); t may be Infinity where delta > 0. */
  readonly renewals: (parameters: P, tenure: number, t: number, delta: number) => number;
}

const isCount = (n: number) => Number.isInteger(n) && n >= 0;

/**
 * What sBG and BdW share, which is all but the way to sum: S(t) = B(alpha, beta + t^c)/B(alpha, beta), in sBG with c = 1.
 */
export function contractModel<P extends ContractParameters>({ name, lowerBounds, renewals }: Definition<P>) {
  const names = Object.keys(lowerBounds) as (keyof P)[];
  const evaluate = ({ alpha, beta, c }: P, groups: readonly ContractGroup[]) =>
    contractLikelihood(groups)([alpha, beta, c]);
  const newCustomer: Contract = { tenure: 0, churned: false };

  function probabilityAlive(p: P, contract: Contract, t: number): number {
    if (!(isContract(contract) && isCount(t))) return Number.NaN;
    return contract.churned ? 0 : Math.exp(lnSurvival(p, contract.tenure, contract.tenure + t));
  }

  function discountedExpectedTransactions(p: P, contract: Contract, t: number, delta: number): number {
    const endless = t === Number.POSITIVE_INFINITY;
    if (!(isContract(contract) && (isCount(t) || endless) && delta >= 0)) return Number.NaN;
    if (endless && delta === 0)
      throw new DomainError(
        'ENDLESS_UNDISCOUNTED',
        'An endless horizon needs a discount rate above 0: the sum may have no limit.',
      );
    return contract.churned ? 0 : renewals(p, contract.tenure, t, delta);
  }

  function conditionalProbabilityMass(p: P, contract: Contract, t: number, n: number): number {
    if (!(isContract(contract) && isCount(t) && isCount(n))) return Number.NaN;
    const { tenure, churned } = contract;
    if (n > t || churned) return n === 0 ? 1 : 0;
    const renewed = Math.exp(lnSurvival(p, tenure, tenure + n));
    return n === t ? renewed : -renewed * Math.expm1(lnSurvival(p, tenure + n, tenure + n + 1));
  }

  return {
    name,
    lowerBounds,
    logLikelihood: (p, groups) => evaluate(p, groups).value,
    gradient(p, groups) {
      const { gradient } = evaluate(p, groups);
      return Object.fromEntries(names.map((parameter, i) => [parameter, gradient[i]!])) as unknown as P;
    },
    fit(groups, options?) {
      const wrong = groups.find((group) => !isContract(group));
      if (wrong !== undefined)
        throw new DomainError(
          'BAD_TENURE',
          `Cannot fit ${name} to a tenure of ${wrong.tenure}: it is no whole period.`,
        );
      const total = (of: (group: ContractGroup) => number) => groups.reduce((sum, g) => sum + g.count * of(g), 0);
      const left = total(({ churned }) => (churned ? 1 : 0));
      const renewed = total(({ tenure, churned }) => (churned ? tenure - 1 : tenure));
      if (groups.length > 0 && left === 0)
        throw new DomainError('NO_CHURN', `Cannot fit ${name}: no customer has left yet.`);
      if (groups.length > 0 && renewed === 0)
        throw new DomainError('NO_RENEWALS', `Cannot fit ${name}: no customer has renewed yet.`);
      const churn = left / (left + renewed);
      return maximizeLikelihood({
        model: name,
        lowerBounds: lowerBounds as Record<keyof P & string, number>,
        // From heterogeneous to nearly equal customers, each at the mean rate of churn seen.
        starts: [0.5, 3, 30].map((size) => [size * churn, size * (1 - churn), 1].slice(0, names.length)),
        groups,
        likelihood: (some) => {
          const at = contractLikelihood(some);
          return (parameters) => {
            const { value, gradient } = at(parameters as [number, number, number?]);
            return { value, gradient: gradient.slice(0, names.length) };
          };
        },
        options: options as never,
      }) as unknown as Fit<P>;
    },
    survival: (p, t) => probabilityAlive(p, newCustomer, t),
    retentionRate: (p, t) => (t >= 1 ? probabilityAlive(p, { tenure: t - 1, churned: false }, 1) : Number.NaN),
    probabilityAlive,
    expectedTransactions: (p, t) => discountedExpectedTransactions(p, newCustomer, t, 0),
    conditionalExpectedTransactions: (p, contract, t) => discountedExpectedTransactions(p, contract, t, 0),
    probabilityMass: (p, t, n) => conditionalProbabilityMass(p, newCustomer, t, n),
    conditionalProbabilityMass,
    probabilityOfNoPurchase: (p, contract, t) => conditionalProbabilityMass(p, contract, t, 0),
    discountedExpectedTransactions,
    // Whoever leaves with the chance theta keeps going for t periods with probability (1 - theta)^(t^c).
    simulate({ alpha, beta, c = 1 }, random) {
      const lnStay = Math.log1p(-random.beta(alpha, beta));
      return 1 + Math.floor((random.exponential(1) / -lnStay) ** (1 / c));
    },
  } satisfies ContractModel<P>;
}
