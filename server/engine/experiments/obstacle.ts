import type { SampleRatio } from './result-types.ts';

/** Fewer customers in a group are not compared. */
export const FEWEST_CUSTOMERS = 100;

/** What forbids a comparison, in the order in which it is looked for. */
type Obstacle = 'NO_DATA' | 'NOT_CAUSAL' | 'SAMPLE_RATIO_MISMATCH' | 'TOO_EARLY';

interface Compared {
  readonly variants: readonly { readonly variantId: string; readonly customers: number }[];
  /** Null without a control group. */
  readonly controlId: string | null;
  readonly sampleRatio: SampleRatio | null;
}

export const isLarge = ({ customers }: { readonly customers: number }): boolean => customers >= FEWEST_CUSTOMERS;

/**
 * Why a campaign cannot be compared with its control group: for its own results, and for plans that learn from it. Null where
 * the control group and at least one variant are large enough.
 */
export function obstacleOf({ variants, controlId, sampleRatio }: Compared): Obstacle | null {
  if (variants.every(({ customers }) => customers === 0)) return 'NO_DATA';
  if (controlId === null) return 'NOT_CAUSAL';
  if (sampleRatio?.isMismatch === true) return 'SAMPLE_RATIO_MISMATCH';
  const large = variants.filter(isLarge);
  const isEnough = large.length >= 2 && large.some(({ variantId }) => variantId === controlId);
  return isEnough ? null : 'TOO_EARLY';
}
