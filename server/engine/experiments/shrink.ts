import { chiSquareTail } from '../numerics/incomplete-gamma.ts';
import type { NormalMixture } from './normal-mixture.ts';

/** An effect as it was measured, with the square of its standard error, > 0. */
export interface Measured {
  readonly value: number;
  readonly variance: number;
}

export interface Shrunken {
  /** Standard deviation of the true effects, >= 0 (Paule & Mandel 1982); 0 where groups differ no more than by chance. */
  readonly betweenGroups: number;
  /** Cochran's Q against chi-square: p of all true effects being alike; null with fewer than two groups. */
  readonly heterogeneityPValue: number | null;
  /** What to believe of each group. */
  readonly groups: readonly NormalMixture[];
  /** What to believe of a group in which nothing was measured. */
  readonly unseen: NormalMixture;
}

/** Groups as seen by those who know how much true effects differ. */
export interface Pool {
  /** Their mean, and its variance. */
  readonly mean: number;
  readonly variance: number;
  /** ln of the density of what was measured, but for a constant; the mean is integrated out. */
  readonly lnLikelihood: number;
}

/** @param between Variance of the true effects, >= 0. @see Gelman et al. (2013), Bayesian Data Analysis, eq. 5.20 and 5.21 */
export function poolOf(measured: readonly Measured[], between: number): Pool {
  let [weights, sum, lnWeights] = [0, 0, 0];
  for (const { value, variance } of measured) {
    const weight = 1 / (variance + between);
    weights += weight;
    sum += weight * value;
    lnWeights += Math.log(weight);
  }
  const mean = sum / weights;
  return {
    mean,
    variance: 1 / weights,
    lnLikelihood: (lnWeights - Math.log(weights) - cochranQ(measured, between, mean)) / 2,
  };
}

function cochranQ(measured: readonly Measured[], between: number, mean: number): number {
  return measured.reduce((sum, { value, variance }) => sum + (value - mean) ** 2 / (variance + between), 0);
}

/** Effects of groups as normal around a mean that nobody knows, given how much true effects differ. */
export interface Deviations {
  /** Standard deviations that true effects may have. */
  readonly deviations: readonly number[];
  /** ln of the prior probability of each, but for a constant. */
  readonly lnPriors: readonly number[];
}

/** Under this part of a standard error true effects are as good as alike. */
const LEAST = 0.02;
/** Of the prior's scale; beyond lie 3 in 1,000. */
const MOST = 3;
/** The prior's scale, over the root mean square of what was measured. */
const SCALE = 2;

/**
 * A grid in equal steps of the logarithm, for integrals over the standard deviation of true effects. Its prior is half-normal, so
 * wide that the data speak: on simulated groups, 95% intervals hold 94 to 99% of the true effects, two groups or ten, where
 * intervals with the estimate put in for the deviation hold 86% (Gelman 2006, Prior distributions for variance parameters).
 */
export function deviationGrid(measured: readonly Measured[], steps: number): Deviations {
  const precision = measured.reduce((sum, { variance }) => sum + 1 / variance, 0);
  const typicalError = Math.sqrt(measured.length / precision);
  const meanSquare = measured.reduce((sum, { value, variance }) => sum + value ** 2 / variance, 0) / precision;
  const scale = SCALE * Math.max(Math.sqrt(meanSquare), typicalError);
  const [from, to] = [Math.log(LEAST * typicalError), Math.log(MOST * scale)];
  const step = (to - from) / (steps - 1);
  const deviations = Array.from({ length: steps }, (_, i) => Math.exp(from + i * step));
  // In steps of ln s a density of s counts s times; the first stands for all from 0 on, which is 1 / step times as much.
  const lnPriors = deviations.map(
    (s, i) => Math.log(s) - (s / scale) ** 2 / 2 + (i === 0 ? Math.log(1 / 2 + 1 / step) : 0),
  );
  return { deviations, lnPriors };
}

const STEPS = 64;

/**
 * Draws effects that were measured in groups towards their mean, by as much as they agree: true effects are normal around a mean,
 * what was measured is normal around them. The mean has a flat prior and is integrated out, as is the standard deviation of the
 * true effects, over a grid: each of its points gives one normal distribution of a group's effect,
 *
 *   B = variance / (variance + s^2),  mean  B mu + (1 - B) measured,  variance  (1 - B) variance + B^2 variance of mu
 *
 * weighted by the probability of the point given all groups.
 * @param measured At least one.
 * @see Gelman et al. (2013), Bayesian Data Analysis, section 5.4
 */
export function shrink(measured: readonly Measured[]): Shrunken {
  const { deviations, lnPriors } = deviationGrid(measured, STEPS);
  const pools = deviations.map((deviation) => poolOf(measured, deviation ** 2));
  const weights = normalized(pools.map(({ lnLikelihood }, i) => lnLikelihood + lnPriors[i]!));
  const alike = cochranQ(measured, 0, poolOf(measured, 0).mean);
  return {
    betweenGroups: Math.sqrt(betweenVariance(measured)),
    heterogeneityPValue: measured.length < 2 ? null : chiSquareTail(alike, measured.length - 1),
    groups: measured.map(({ value, variance }) => {
      const parts = deviations.map((deviation) => variance / (variance + deviation ** 2));
      return {
        weights,
        means: parts.map((part, i) => part * pools[i]!.mean + (1 - part) * value),
        deviations: parts.map((part, i) => Math.sqrt((1 - part) * variance + part ** 2 * pools[i]!.variance)),
      };
    }),
    unseen: {
      weights,
      means: pools.map(({ mean }) => mean),
      deviations: pools.map(({ variance }, i) => Math.sqrt(variance + deviations[i]! ** 2)),
    },
  };
}

/** From logarithms, but for a constant, to probabilities. */
export function normalized(ln: readonly number[]): number[] {
  const most = Math.max(...ln);
  const weights = ln.map((each) => Math.exp(each - most));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.map((weight) => weight / total);
}

const ITERATIONS = 100;

/**
 * The variance of true effects at which Cochran's Q is what it should be, groups - 1; 0 where it is less already. Newton's method
 * from 0: Q falls and is convex, so the steps come up from below and never overshoot.
 * @see Paule & Mandel (1982); DerSimonian & Kacker (2007), Contemporary Clinical Trials 28
 */
function betweenVariance(measured: readonly Measured[]): number {
  let between = 0;
  for (let i = 0; i < ITERATIONS; i++) {
    const { mean } = poolOf(measured, between);
    const excess = cochranQ(measured, between, mean) - (measured.length - 1);
    const slope = measured.reduce((sum, { value, variance }) => sum + ((value - mean) / (variance + between)) ** 2, 0);
    if (!(excess > 1e-9)) return between;
    between += excess / slope;
  }
  return between;
}
