import { incompleteBeta } from '../numerics/incomplete-beta.ts';
import { lnBeta } from '../numerics/ln-beta.ts';
import { normalCdf, normalDensity } from '../numerics/normal.ts';

/** What is believed of the mean of a variant. */
export interface Posterior {
  readonly mean: number;
  /** > 0 */
  readonly deviation: number;
  /** Where it can lie. */
  readonly least: number;
  readonly most: number;
  /** In deviations from the mean: beyond, next to nothing is left. */
  readonly reach: number;
  density(value: number): number;
  /** P(mean of the variant <= value). */
  below(value: number): number;
}

/** Of a mean of many customers, whatever was believed before. @param deviation Its standard error, > 0. */
export const normalPosterior = (mean: number, deviation: number): Posterior => ({
  mean,
  deviation,
  least: Number.NEGATIVE_INFINITY,
  most: Number.POSITIVE_INFINITY,
  reach: 8,
  density: (value) => normalDensity((value - mean) / deviation) / deviation,
  below: (value) => normalCdf((value - mean) / deviation),
});

/** Of a share of which nothing was known before: Beta(1 + count, 1 + customers - count). */
export function betaPosterior(count: number, customers: number): Posterior {
  const [a, b] = [1 + count, 1 + customers - count];
  const mean = a / (a + b);
  const lnMass = lnBeta(a, b);
  return {
    mean,
    deviation: Math.sqrt((mean * (1 - mean)) / (a + b + 1)),
    least: 0,
    most: 1,
    // Of few counts it is nearly exponential on one side.
    reach: 8 + 32 / Math.sqrt(Math.min(a, b)),
    density: (value) => Math.exp((a - 1) * Math.log(value) + (b - 1) * Math.log1p(-value) - lnMass),
    below: (value) => incompleteBeta(a, b, value),
  };
}

export interface Best {
  readonly probabilityBest: number;
  /** E[largest mean - this mean], >= 0. */
  readonly expectedLoss: number;
}

/** In deviations from the mean of each variant: pieces on which its density is as good as a polynomial; wide ones for the tail of a Beta. */
const BREAKS = [0, 1.5, 3, 4.5, 6, 8, 11, 16, 24, 40];

/** Gauss-Legendre on [-1, 1] with 8 nodes. @see Abramowitz & Stegun table 25.4 */
const NODES = [0.1834346424956498, 0.525532409916329, 0.7966664774136267, 0.9602898564975363];
const WEIGHTS = [0.362683783378362, 0.3137066458778873, 0.2223810344533745, 0.1012285362903763];

/**
 * Which mean is the largest, of independent ones: with densities f and distribution functions F,
 *
 *   P(i is best) = integral of f_i(x) prod_(j != i) F_j(x) dx,  E[largest] = sum over i of the integral of x f_i(x) prod_(j != i) F_j(x) dx
 *
 * by quadrature, so that the same figures always give the same answer; error below 1e-9.
 */
export function bestOf(posteriors: readonly Posterior[]): Best[] {
  const wins = posteriors.map(() => 0);
  let largest = 0;
  // From a mean of the size of the others, so that E[largest] - mean keeps its digits.
  const origin = posteriors[0]?.mean ?? 0;
  for (const [x, weight] of quadrature(posteriors)) {
    const below = posteriors.map((posterior) => posterior.below(x));
    for (const [i, posterior] of posteriors.entries()) {
      const others = below.reduce((product, each, j) => (j === i ? product : product * each), 1);
      const win = others === 0 ? 0 : weight * posterior.density(x) * others;
      wins[i]! += win;
      largest += win * (x - origin);
    }
  }
  return posteriors.map(({ mean }, i) => ({
    probabilityBest: wins[i]!,
    expectedLoss: Math.max(0, largest - (mean - origin)),
  }));
}

/** Nodes and weights on all pieces of all posteriors, together. */
function* quadrature(posteriors: readonly Posterior[]): Generator<[number, number]> {
  const ends = posteriors.flatMap(({ mean, deviation, least, most, reach }) =>
    BREAKS.filter((k) => k <= reach)
      .flatMap((k) => [mean - k * deviation, mean + k * deviation])
      .map((x) => Math.min(most, Math.max(least, x))),
  );
  const breaks = [...new Set(ends)].sort((a, b) => a - b);
  for (const [i, from] of breaks.slice(0, -1).entries()) {
    const [middle, half] = [(breaks[i + 1]! + from) / 2, (breaks[i + 1]! - from) / 2];
    for (const [node, distance] of NODES.entries()) {
      yield [middle - half * distance, half * WEIGHTS[node]!];
      yield [middle + half * distance, half * WEIGHTS[node]!];
    }
  }
}
