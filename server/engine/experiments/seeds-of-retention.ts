import type { CampaignKind } from '../../domain/campaigns.ts';
import type { Segment } from '../../domain/segments.ts';
import type { CustomerTraits, SegmentCounts } from './next-best-types.ts';

/** What to try where nothing has been tested, most particular first. */
export const SEEDS = ['REPLENISHMENT', 'WIN_BACK', 'REPEAT_PURCHASE', 'LOYALTY', 'CROSS_SELL'] as const;
export type Seed = (typeof SEEDS)[number];

const WHY: Readonly<Record<Seed, string>> = {
  REPLENISHMENT: 'a product that they buy regularly is due',
  WIN_BACK: 'they are near the day on which they are more likely inactive than active, or past it',
  REPEAT_PURCHASE: 'they have one order, and the second is the hardest to get',
  LOYALTY: 'they are among the best customers, and worth keeping',
  CROSS_SELL: 'products go with those that they bought',
};

/** Segments that a kind is for; all where a kind is not named. */
const MEANT_FOR: { readonly [Kind in CampaignKind]?: readonly Segment[] } = {
  ONBOARDING: ['NEW', 'PROMISING', 'PROSPECT'],
  REPEAT_PURCHASE: ['NEW', 'PROMISING'],
  LOYALTY: ['CHAMPION', 'LOYAL', 'POTENTIAL_LOYALIST'],
  WIN_BACK: ['ABOUT_TO_SLEEP', 'AT_RISK', 'CANT_LOSE', 'HIBERNATING', 'LOST'],
};

/** Who are not worth a try before anything is known: they hardly ever come back, or never were there. */
const LEFT_ALONE: readonly Segment[] = ['LOST', 'PROSPECT'];

/** From here on a customer is more likely not to order than to. */
const NEAR_CHURN = 0.5;

export const isMeantFor = (kind: CampaignKind, segment: Segment): boolean => MEANT_FOR[kind]?.includes(segment) ?? true;

/** Customers of a segment who can get a campaign of the kind. */
export function eligibleIn(kind: CampaignKind, { customers, replenishmentDue, crossSell }: SegmentCounts): number {
  if (kind === 'REPLENISHMENT') return Math.min(replenishmentDue, customers);
  return kind === 'CROSS_SELL' ? Math.min(crossSell, customers) : customers;
}

/** What a rule of thumb proposes for a segment; nothing for those who are best left alone. */
export const seedsFor = (counts: SegmentCounts): readonly Seed[] =>
  LEFT_ALONE.includes(counts.segment)
    ? []
    : SEEDS.filter((seed) => isMeantFor(seed, counts.segment) && eligibleIn(seed, counts) > 0);

export const seedReason = (seed: Seed): string => `Untested: ${WHY[seed]}.`;

export const isLeftAlone = (segment: Segment): boolean => LEFT_ALONE.includes(segment);

/**
 * Whether a customer can get a campaign of the kind: where it needs something particular, that must be there.
 * @param cost Per customer: who is expected to be worth less in a year is not worth it; null where unknown.
 */
export function isEligible(kind: CampaignKind, customer: CustomerTraits, cost: number | null): boolean {
  if (customer.clv12 !== null && cost !== null && customer.clv12 < cost) return false;
  if (kind === 'REPLENISHMENT') return customer.hasReplenishmentDue;
  if (kind === 'CROSS_SELL') return customer.hasCrossSell;
  if (kind === 'REPEAT_PURCHASE') return customer.orderDays === 1;
  return kind !== 'WIN_BACK' || customer.churn90 === null || customer.churn90 >= NEAR_CHURN;
}
