import { DomainError } from '../../domain/errors.ts';
import { lnBeta } from '../numerics/ln-beta.ts';
import { digamma } from '../numerics/ln-gamma.ts';
import { spearman } from '../numerics/spearman.ts';
import { type LogLikelihood, maximizeLikelihood } from './fit.ts';
import type { Spend, SpendGroup, SpendModel } from './types.ts';

export interface GammaGammaParameters {
  /** Shape of the value of one purchase, > 0: its coefficient of variation within a customer is 1/sqrt(p). */
  readonly p: number;
  /** Shape across customers, > 1, so that the mean exists. */
  readonly q: number;
  /** Scale across customers, > 0, in the unit of m. */
  readonly gamma: number;
}

const LOWER_BOUNDS = { p: 0, q: 1, gamma: 0 };

/** The model describes repeat buyers only, and positive values. */
const usable = (groups: readonly SpendGroup[]) => groups.filter((group) => group.x > 0 && group.m > 0);

/** Customers with the same number of purchases, and the sums over them that do not depend on the parameters. */
interface EqualCount {
  readonly x: number;
  /** x m and the number of customers, by group. */
  readonly totals: number[];
  readonly counts: number[];
  customers: number;
  sumLnMean: number;
}

function byCount(groups: readonly SpendGroup[]): EqualCount[] {
  const sums = new Map<number, EqualCount>();
  for (const { x, m, count } of usable(groups)) {
    const sum = sums.get(x) ?? { x, totals: [], counts: [], customers: 0, sumLnMean: 0 };
    sums.set(x, sum);
    sum.totals.push(x * m);
    sum.counts.push(count);
    sum.customers += count;
    sum.sumLnMean += count * Math.log(m);
  }
  return [...sums.values()];
}

/** As a function of [p, q, gamma]; special functions are taken once per distinct x, one logarithm is left per group. */
function likelihood(groups: readonly SpendGroup[]) {
  const sums = byCount(groups);
  return ([p, q, gamma]: readonly [number, number, number]): LogLikelihood => {
    let [value, dp, dq, dGamma] = [0, 0, 0, 0];
    for (const { x, totals, counts, customers, sumLnMean } of sums) {
      const shape = p * x + q;
      let sumLow = 0;
      let sumHigh = 0;
      let sumGamma = 0;
      for (let i = 0; i < totals.length; i++) {
        const total = totals[i]!;
        sumLow += counts[i]! * Math.log1p(total / gamma);
        sumHigh += counts[i]! * Math.log1p(gamma / total);
        sumGamma += (counts[i]! * ((q * total) / gamma - p * x)) / (gamma + total);
      }
      value -= customers * lnBeta(p * x, q) + q * sumLow + p * x * sumHigh + sumLnMean;
      dp += x * (customers * (digamma(shape) - digamma(p * x)) - sumHigh);
      dq += customers * (digamma(shape) - digamma(q)) - sumLow;
      dGamma += sumGamma;
    }
    return { value, gradient: [dp, dq, dGamma] };
  };
}

/**
 * Gamma-Gamma: the value of a purchase is Gamma(p, nu), nu differs by customer as Gamma(q, gamma), and neither depends on how
 * often the customer buys. `x` counts the order days that `m` is the mean of: the repeat days.
 *
 *   ln L        = lnG(px+q) - lnG(px) - lnG(q) + q ln gamma + (px-1) ln m + px ln x - (px+q) ln(gamma+xm)
 *   E[M | x, m] = p (gamma+xm) / (px+q-1)
 *
 * @see Fader & Hardie (2013), The Gamma-Gamma Model of Monetary Value, note 025, eqs. 1a and 5
 */
export const gammaGamma = {
  name: 'gamma-gamma',
  lowerBounds: LOWER_BOUNDS,
  logLikelihood: ({ p, q, gamma }: GammaGammaParameters, groups: readonly SpendGroup[]): number =>
    likelihood(groups)([p, q, gamma]).value,
  gradient({ p, q, gamma }: GammaGammaParameters, groups: readonly SpendGroup[]): GammaGammaParameters {
    const [dp, dq, dGamma] = likelihood(groups)([p, q, gamma]).gradient as [number, number, number];
    return { p: dp, q: dq, gamma: dGamma };
  },
  fit(groups, options?) {
    const buyers = usable(groups);
    if (buyers.length === 0)
      throw new DomainError('NO_SPEND', 'Cannot fit gamma-gamma: no repeat buyer has spent more than zero.');
    const customers = buyers.reduce((sum, group) => sum + group.count, 0);
    const mean = buyers.reduce((sum, group) => sum + group.count * group.m, 0) / customers;
    return maximizeLikelihood({
      model: 'gamma-gamma',
      lowerBounds: LOWER_BOUNDS,
      // From noisy to steady purchases, each at the mean value seen: p gamma / (q - 1).
      starts: [
        [1, 3, 2 * mean],
        [5, 4, (3 * mean) / 5],
        [30, 2, mean / 30],
      ],
      groups: buyers,
      likelihood: (some) => {
        const evaluate = likelihood(some);
        return (parameters) => evaluate(parameters as [number, number, number]);
      },
      options,
    });
  },
  /** At x = 0 the population mean p gamma / (q - 1). */
  expectedSpend: ({ p, q, gamma }, { x, m }) => (p * (gamma + x * m)) / (p * x + q - 1),
  /** nu ~ Gamma(px + q, gamma + xm), then the sum of c purchases ~ Gamma(pc, nu). */
  drawSpend({ p, q, gamma }, { x, m }, counts, random, values) {
    let nu = Number.NaN;
    for (let i = 0; i < counts.length; i++) {
      if (counts[i]! > 0 && Number.isNaN(nu)) nu = random.gamma(p * x + q, gamma + x * m);
      values[i] = counts[i]! > 0 ? random.gamma(p * counts[i]!, nu) : 0;
    }
  },
} satisfies SpendModel<GammaGammaParameters> & Record<string, unknown>;

/** Rank correlation of frequency and value over repeat buyers, in [-1, 1]; the model assumes it is near 0. */
export function spendIndependence(customers: readonly Spend[]): number {
  const buyers = customers.filter((customer) => customer.x > 0 && customer.m > 0);
  return spearman(
    buyers.map((customer) => customer.x),
    buyers.map((customer) => customer.m),
  );
}
