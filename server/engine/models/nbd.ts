import { DomainError } from '../../domain/errors.ts';
import { digamma, lnGamma } from '../numerics/ln-gamma.ts';
import { negativeBinomial } from '../numerics/negative-binomial.ts';
import { maximizeLikelihood, requireRepeatBuyers } from './fit.ts';
import type { HistoryGroup, TransactionModel } from './types.ts';

export interface NbdParameters {
  /** Shape of the purchase rate's gamma distribution, > 0. */
  readonly r: number;
  /** Its rate, in weeks, > 0: the mean purchase rate is r/alpha a week. */
  readonly alpha: number;
}

const LOWER_BOUNDS = { r: 0, alpha: 0 };

const nbdLikelihood = (groups: readonly HistoryGroup[]) => (parameters: readonly number[]) => {
  const [r, alpha] = parameters as [number, number];
  const [lnAlpha, lnGammaOfR, digammaOfR] = [Math.log(alpha), lnGamma(r), digamma(r)];
  let [value, dr, dAlpha] = [0, 0, 0];
  for (const { x, T, count } of groups) {
    const lnScale = Math.log(alpha + T);
    value += count * (lnGamma(r + x) - lnGammaOfR + r * lnAlpha - (r + x) * lnScale);
    dr += count * (digamma(r + x) - digammaOfR + lnAlpha - lnScale);
    dAlpha += count * (r / alpha - (r + x) / (alpha + T));
  }
  return { value, gradient: [dr, dAlpha] };
};

const evaluate = ({ r, alpha }: NbdParameters, groups: readonly HistoryGroup[]) => nbdLikelihood(groups)([r, alpha]);

/** Expected purchases a week. */
const rate = ({ r, alpha }: NbdParameters, x: number, T: number) => (r + x) / (alpha + T);

/** Integral of e^(-delta u) over (0, t): the weeks in a horizon, discounted. */
function discountedWeeks(t: number, delta: number): number {
  if (delta === 0 && t === Number.POSITIVE_INFINITY)
    throw new DomainError(
      'ENDLESS_UNDISCOUNTED',
      'An endless horizon needs a discount rate above 0: the sum has no limit.',
    );
  return delta === 0 ? t : -Math.expm1(-delta * t) / delta;
}

/**
 * NBD: purchases are Poisson with a Gamma(r, alpha) rate, for ever. Nobody leaves, so P(alive) is null, and long horizons come out
 * too high: a yardstick, which shows what a model with dropout adds.
 *
 *   ln L = lnG(r+x) - lnG(r) + r ln alpha - (r+x) ln(alpha+T)      expected in t = t (r+x)/(alpha+T)
 *
 * @see Ehrenberg (1959), The Pattern of Consumer Purchases, Applied Statistics 8(1)
 */
export const nbd = {
  name: 'nbd',
  lowerBounds: LOWER_BOUNDS,
  hasMemory: false,
  logLikelihood: (p, groups) => evaluate(p, groups).value,
  gradient(p, groups) {
    const [r, alpha] = evaluate(p, groups).gradient as [number, number];
    return { r, alpha };
  },
  fit(groups, options?) {
    requireRepeatBuyers('nbd', groups);
    const total = (of: (group: HistoryGroup) => number) => groups.reduce((sum, g) => sum + g.count * of(g), 0);
    const gap =
      total(({ T }) => T) /
      Math.max(
        1,
        total(({ x }) => x),
      );
    return maximizeLikelihood({
      model: 'nbd',
      lowerBounds: LOWER_BOUNDS,
      // Heterogeneous and homogeneous customers, at the mean rate seen.
      starts: [
        [0.5, 0.5 * gap],
        [3, 3 * gap],
      ],
      groups,
      likelihood: nbdLikelihood,
      options,
    });
  },
  probabilityAlive: () => null,
  expectedTransactions: (p, t) => rate(p, 0, 0) * t,
  conditionalExpectedTransactions: (p, { x, T }, t) => rate(p, x, T) * t,
  probabilityMass: ({ r, alpha }, t, n) => negativeBinomial(n, r, t / alpha),
  conditionalProbabilityMass: ({ r, alpha }, { x, T }, t, n) => negativeBinomial(n, r + x, t / (alpha + T)),
  probabilityOfNoPurchase: ({ r, alpha }, { x, T }, t) => Math.exp(-(r + x) * Math.log1p(t / (alpha + T))),
  discountedExpectedTransactions: (p, { x, T }, t, delta) => rate(p, x, T) * discountedWeeks(t, delta),
  residual: (p, { x, T }, horizons, delta) => ({
    expected: Float64Array.from(horizons, (t) => rate(p, x, T) * t),
    discounted: Float64Array.from(horizons, (t) => rate(p, x, T) * discountedWeeks(t, delta)),
  }),
  simulate({ r, alpha }, T, random) {
    const own = random.gamma(r, alpha);
    const times: number[] = [];
    for (let time = random.exponential(own); time <= T; time += random.exponential(own)) times.push(time);
    return times;
  },
  drawTransactions({ r, alpha }, { x, T }, ends, random, counts) {
    const own = random.gamma(r + x, alpha + T);
    for (let i = 0; i < ends.length; i++) counts[i] = random.poisson(own * (ends[i]! - (ends[i - 1] ?? 0)));
  },
} satisfies TransactionModel<NbdParameters>;
