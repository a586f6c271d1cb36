import type { CampaignKind } from '../../domain/campaigns.ts';
import type { Segment } from '../../domain/segments.ts';
import type { Pair, PairEffect } from './effect-posterior.ts';
import { moderatedVariances } from './moderate.ts';
import type { PastEffect } from './next-best-types.ts';

/** The evidence of all experiments with a kind of campaign on a segment. */
export interface PairEvidence extends PairEffect {
  /** Names, largest first. */
  readonly campaigns: readonly string[];
  /** Who got it in them. */
  readonly customers: number;
  /** Mean per customer. */
  readonly cost: number;
}

/**
 * Past experiments by pair. Those of a pair are taken for measurements of the same effect, so the surer ones count for more; variances
 * of few customers lean on those of all. Rows that compare nobody with nobody, or know no variance, are left out.
 */
export function pastEvidence(effects: readonly PastEffect[]): PairEvidence[] {
  const compared = effects.filter(({ customers, controls }) => customers >= 1 && controls >= 1);
  const variances = moderatedVariances(compared);
  const sure = compared
    .map((effect, i) => ({ ...effect, variance: variances[i]! }))
    .filter(({ variance }) => variance > 0);
  const split = new Set(sure.filter(({ segment }) => segment !== null).map(({ variantId }) => variantId));
  const pairs = new Map<string, PastEffect[]>();
  for (const effect of sure) {
    if (effect.segment === null && split.has(effect.variantId)) continue;
    const key = `${effect.kind}/${effect.segment}`;
    pairs.set(key, [...(pairs.get(key) ?? []), effect]);
  }
  return [...pairs.values()].map(evidenceOf);
}

function evidenceOf(effects: readonly PastEffect[]): PairEvidence {
  const { kind, segment } = effects[0]!;
  const precision = effects.reduce((sum, { variance }) => sum + 1 / variance, 0);
  const largestFirst = effects.toSorted((a, b) => b.customers - a.customers);
  return {
    kind,
    segment,
    value: effects.reduce((sum, { margin, variance }) => sum + margin / variance, 0) / precision,
    variance: 1 / precision,
    campaigns: [...new Set(largestFirst.map(({ campaign }) => campaign))],
    customers: effects.reduce((sum, { customers }) => sum + customers, 0),
    cost: meanCost(effects)!,
  };
}

/** Per customer; null of nobody. */
function meanCost(of: readonly { readonly customers: number; readonly cost: number }[]): number | null {
  const customers = of.reduce((sum, each) => sum + each.customers, 0);
  return customers === 0 ? null : of.reduce((sum, each) => sum + each.customers * each.cost, 0) / customers;
}

/** As it was for the pair, or else for the kind, or else for all campaigns; null where there were none. */
export function costOf(evidence: readonly PairEvidence[], { kind, segment }: Pair): number | null {
  const ofKind = evidence.filter((each) => each.kind === kind);
  return meanCost(ofKind.filter((each) => each.segment === segment)) ?? meanCost(ofKind) ?? meanCost(evidence);
}

export const isTestedOn = (evidence: readonly PairEvidence[], kind: CampaignKind, segment: Segment): boolean =>
  evidence.some((each) => each.kind === kind && each.segment === segment);
