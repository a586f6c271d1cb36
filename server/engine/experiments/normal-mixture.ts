import { normalCdf, normalQuantile } from '../numerics/normal.ts';
import type { Estimate } from './types.ts';

/** What is believed of a quantity: normal distributions, each as likely as its weight; weights add up to 1, deviations are > 0. */
export interface NormalMixture {
  readonly weights: readonly number[];
  readonly means: readonly number[];
  readonly deviations: readonly number[];
}

/** After so many a quantile is known to a billionth of the distance that it was sought in, and more. */
const HALVINGS = 44;

const weighted = (weights: readonly number[], of: (component: number) => number): number =>
  weights.reduce((sum, weight, i) => sum + weight * of(i), 0);

export const mixtureMean = ({ weights, means }: NormalMixture): number => weighted(weights, (i) => means[i]!);

/** P(quantity > bound). */
export const probabilityAbove = ({ weights, means, deviations }: NormalMixture, bound: number): number =>
  weighted(weights, (i) => normalCdf((means[i]! - bound) / deviations[i]!));

/** By bisection between the least and the greatest quantile of its distributions. @param probability in (0, 1). */
export function mixtureQuantile(mixture: NormalMixture, probability: number): number {
  const z = normalQuantile(probability);
  const quantiles = mixture.means.map((mean, i) => mean + z * mixture.deviations[i]!);
  let [low, high] = [Math.min(...quantiles), Math.max(...quantiles)];
  for (let i = 0; i < HALVINGS; i++) {
    const middle = (low + high) / 2;
    if (probabilityAbove(mixture, middle) > 1 - probability) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/** Its mean and the 95% interval between its quantiles. */
export const mixtureEstimate = (mixture: NormalMixture): Estimate => ({
  value: mixtureMean(mixture),
  interval: { low: mixtureQuantile(mixture, 0.025), high: mixtureQuantile(mixture, 0.975) },
});
