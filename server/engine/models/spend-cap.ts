import { incompleteBeta } from '../numerics/incomplete-beta.ts';
import { normalQuantile } from '../numerics/normal.ts';
import { customersOf } from './fit.ts';
import { type GammaGammaParameters, gammaGamma } from './gamma-gamma.ts';
import type { Fit, SpendGroup } from './types.ts';

/** Of a thousand shops with log-normal customers, one has a customer so far from the rest. */
const CHANCE_OF_ANY = 1e-3;
/** Standard deviation of a normal distribution over its median absolute deviation. */
const PER_MEDIAN_DEVIATION = 1.4826;
/** Of ln m: where most customers spend alike, a mean of several times theirs is still a likely one. */
const LEAST_DEVIATION = 0.5;

/** Of log-likelihood; where the tail is truly heavy, chance alone gains up to half as much. */
const LEAST_GAIN = 1;

/** The smallest value that at least half of the customers do not exceed. */
function median(values: readonly { readonly value: number; readonly count: number }[]): number {
  const half = values.reduce((sum, { count }) => sum + count, 0) / 2;
  let below = 0;
  const { value } = values
    .toSorted((a, b) => a.value - b.value)
    .find(({ count }) => {
      below += count;
      return below >= half;
    })!;
  return value;
}

/**
 * The largest mean spend of customers who are like the rest: ln m is taken as normal, with the median and the median absolute
 * deviation of all customers, which a few of them cannot move.
 * @param groups at least one, all with m > 0.
 */
export function spendCap(groups: readonly SpendGroup[]): number {
  const middle = median(groups.map(({ m, count }) => ({ value: Math.log(m), count })));
  const around = median(groups.map(({ m, count }) => ({ value: Math.abs(Math.log(m) - middle), count })));
  const deviations = -normalQuantile(CHANCE_OF_ANY / customersOf(groups));
  const limit = Math.exp(middle + deviations * Math.max(PER_MEDIAN_DEVIATION * around, LEAST_DEVIATION));
  return groups.reduce((largest, { m }) => (m <= limit ? Math.max(largest, m) : largest), 0);
}

export const cappedAt = (groups: readonly SpendGroup[], cap: number): SpendGroup[] =>
  groups.map((group) => (group.m > cap ? { ...group, m: cap } : group));

/**
 * Whether customers who took no part in the fits are described better by one to means up to the cap than by one to all means.
 * Each half of the customers judges the fits to the other half, by log-likelihood up to the cap and by the probability of
 * being above it: how far above does not count.
 */
export function isBetterCapped(
  groups: readonly SpendGroup[],
  cap: number,
  fitTo: (groups: readonly SpendGroup[]) => Fit<GammaGammaParameters>,
): boolean {
  const sorted = groups.toSorted((a, b) => a.m - b.m || a.x - b.x);
  const halves = [0, 1].map((half) => sorted.filter((_, i) => i % 2 === half));
  const gains = halves.map((judges, half) => {
    const learned = halves[1 - half]!;
    return score(fitTo(cappedAt(learned, cap)), judges, cap) - score(fitTo(learned), judges, cap);
  });
  return gains.reduce((sum, gain) => sum + gain) > LEAST_GAIN;
}

function score({ parameters }: Fit<GammaGammaParameters>, groups: readonly SpendGroup[], cap: number): number {
  const { p, q, gamma } = parameters;
  const above = groups.filter(({ m }) => m > cap);
  const within = gammaGamma.logLikelihood(
    parameters,
    groups.filter(({ m }) => m <= cap),
  );
  // nu ~ Gamma(q, gamma) and x m ~ Gamma(p x, nu), so that gamma / (gamma + x m) ~ Beta(q, p x).
  return above.reduce((sum, { x, count }) => {
    const total = gamma + x * cap;
    const chance = incompleteBeta(q, p * x, gamma / total, (x * cap) / total);
    // Where all others spend alike, the chance is smaller than a number can be.
    return sum + count * Math.log(Math.max(chance, Number.MIN_VALUE));
  }, within);
}
