import type { CampaignVariant } from '../../domain/campaigns.ts';
import { chiSquareTail } from '../numerics/incomplete-gamma.ts';
import type { SampleRatio } from './result-types.ts';
import type { VariantCounts } from './types.ts';

/** So low that a sound split raises the alarm once in a thousand campaigns: a broken one is usually far below. */
const ALARM = 0.001;

/**
 * Whether variants have the customers that their weights give them: Pearson's chi-square.
 *
 * Over everybody assigned, not over those who count in the end. A fault of the split is then seen on the first day and at its full
 * size. Whether a window is over, or a customer got into a second variant, comes after the split: leaving those out could hide a
 * fault (the message resent to the control group makes contaminated customers) and could look like one.
 * @returns null where a weight is not known, with fewer than two variants, and of nobody.
 * @see Fabijan et al. (2019), Diagnosing sample ratio mismatch in online controlled experiments
 */
export function sampleRatio(
  variants: readonly Pick<CampaignVariant, 'id' | 'weight'>[],
  counts: readonly VariantCounts[],
): SampleRatio | null {
  const observed = variants.map(({ id }) => counts.find(({ variantId }) => variantId === id)?.assigned ?? 0);
  const total = observed.reduce((sum, count) => sum + count, 0);
  if (variants.length < 2 || total === 0) return null;
  const weights: number[] = [];
  for (const { weight } of variants) {
    if (weight === null) return null;
    weights.push(weight);
  }
  const weightSum = weights.reduce((sum, weight) => sum + weight, 0);
  const expected = weights.map((weight) => (total * weight) / weightSum);
  const chiSquare = observed.reduce((sum, count, i) => sum + (count - expected[i]!) ** 2 / expected[i]!, 0);
  const pValue = chiSquareTail(chiSquare, variants.length - 1);
  return {
    isMismatch: pValue < ALARM,
    pValue,
    variants: variants.map(({ id }, i) => ({ variantId: id, observed: observed[i]!, expected: expected[i]! })),
  };
}
