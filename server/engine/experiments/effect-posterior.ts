import type { CampaignKind } from '../../domain/campaigns.ts';
import type { Segment } from '../../domain/segments.ts';
import type { Random } from '../numerics/random.ts';
import { deviationGrid, type Measured, normalized, type Pool, poolOf } from './shrink.ts';

/** A kind of campaign and a segment; null for all customers together. */
export interface Pair {
  readonly kind: CampaignKind;
  readonly segment: Segment | null;
}

export interface PairEffect extends Pair, Measured {}

export interface EffectPosterior {
  readonly mean: number;
  /** Equally likely values. Those in the same place of several pairs belong together: they may be compared. */
  readonly draws: Float64Array;
}

export interface Sampling {
  readonly draws: number;
  readonly random: Random;
}

/** Of each standard deviation. */
const STEPS = 32;

/** What kinds do on the whole, for those who know how much segments differ within a kind, and kinds from each other. */
interface State {
  /** Probability of it. */
  readonly weight: number;
  readonly betweenSegments: number;
  readonly betweenKinds: number;
  /** In the order of `kindsOf`. */
  readonly kinds: readonly Pool[];
  readonly all: Pool;
}

/**
 * What to believe of the effect of each pair, given all effects that were measured. Effects on segments are normal around the mean of
 * their kind, the means of kinds around one mean, and what was measured around the effects. Both standard deviations are
 * integrated out over a grid and the mean of all with a flat prior, as in `shrink`: a segment that a kind was not tested on
 * gets what the kind does elsewhere, and as much uncertainty as segments differ.
 * @param effects At least one, no pair twice, variances > 0.
 * @param pairs Of kinds that something was measured of.
 * @see Gelman et al. (2013), Bayesian Data Analysis, section 5.4, with one level more
 */
export function effectPosteriors(
  effects: readonly PairEffect[],
  pairs: readonly Pair[],
  { draws, random }: Sampling,
): EffectPosterior[] {
  const kinds = kindsOf(effects);
  const sites = pairs.map(({ kind, segment }) => ({
    kind: kinds.indexOf(kind),
    measured: effects.find((effect) => effect.kind === kind && effect.segment === segment),
  }));
  const posteriors = sites.map(() => ({ mean: 0, draws: new Float64Array(draws) }));
  const offset = random.uniform();
  let [cumulative, next] = [0, 0];
  for (const state of statesOf(effects, kinds)) {
    for (const [i, { kind, measured }] of sites.entries()) {
      const mean = around(asMeasured(state.kinds[kind]!), state.betweenKinds, state.all.mean).mean;
      posteriors[i]!.mean += state.weight * around(measured, state.betweenSegments, mean).mean;
    }
    cumulative += state.weight;
    // Every state gets its share of the draws to within one, and chance is left with that one.
    for (; next < draws && next + offset < cumulative * draws; next++) {
      const means = drawKinds(state, random);
      for (const [i, { kind, measured }] of sites.entries())
        posteriors[i]!.draws[next] = draw(around(measured, state.betweenSegments, means[kind]!), random);
    }
  }
  return posteriors;
}

const kindsOf = (effects: readonly PairEffect[]): CampaignKind[] => [...new Set(effects.map(({ kind }) => kind))];

function statesOf(effects: readonly PairEffect[], names: readonly CampaignKind[]): State[] {
  const { deviations, lnPriors } = deviationGrid(effects, STEPS);
  const byKind = names.map((name) => effects.filter(({ kind }) => kind === name));
  const states: Omit<State, 'weight'>[] = [];
  const lnWeights: number[] = [];
  for (const [i, betweenSegments] of deviations.entries()) {
    const kinds = byKind.map((own) => poolOf(own, betweenSegments ** 2));
    const within = kinds.reduce((sum, { lnLikelihood }) => sum + lnLikelihood, 0);
    for (const [j, betweenKinds] of deviations.entries()) {
      const all = poolOf(kinds.map(asMeasured), betweenKinds ** 2);
      lnWeights.push(within + all.lnLikelihood + lnPriors[i]! + lnPriors[j]!);
      states.push({ betweenSegments, betweenKinds, kinds, all });
    }
  }
  return normalized(lnWeights).map((weight, i) => ({ weight, ...states[i]! }));
}

const asMeasured = ({ mean, variance }: Pool): Measured => ({ value: mean, variance });

interface Normal {
  readonly mean: number;
  readonly variance: number;
}

/** What to believe of a true value, for those who know its mean and how much such values differ. */
function around(measured: Measured | undefined, deviation: number, mean: number): Normal {
  if (measured === undefined) return { mean, variance: deviation ** 2 };
  const part = measured.variance / (measured.variance + deviation ** 2);
  return { mean: part * mean + (1 - part) * measured.value, variance: (1 - part) * measured.variance };
}

const draw = ({ mean, variance }: Normal, random: Random) => mean + Math.sqrt(variance) * random.normal();

function drawKinds({ kinds, all, betweenKinds }: State, random: Random): number[] {
  const mean = draw(all, random);
  return kinds.map((kind) => draw(around(asMeasured(kind), betweenKinds, mean), random));
}
