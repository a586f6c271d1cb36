import type { CampaignChannel, CampaignKind } from '../../domain/campaigns.ts';
import type { Segment } from '../../domain/segments.ts';
import type { Verdict } from './pays.ts';
import type { Estimate } from './types.ts';

/** What a variant of a past campaign added in a segment. */
export interface PastEffect {
  /** Name of the campaign. */
  readonly campaign: string;
  readonly variantId: string;
  readonly kind: CampaignKind;
  readonly channel: CampaignChannel;
  /** Null for all customers together: of use where none of the variant's segments is known. */
  readonly segment: Segment | null;
  /** Customers who got it, and customers compared with them. */
  readonly customers: number;
  readonly controls: number;
  /** Added per customer, before the cost of the messages, in the workspace's currency; and the square of its standard error. */
  readonly margin: number;
  readonly variance: number;
  /** Of the messages, per customer, >= 0. */
  readonly cost: number;
}

export interface SegmentCounts {
  readonly segment: Segment;
  readonly customers: number;
  /** Mean 12-month CLV; null where unknown. */
  readonly clv: number | null;
  /** Customers who are due to buy something again soon. */
  readonly replenishmentDue: number;
  /** Customers whose recommendations hold something that goes with what they bought. */
  readonly crossSell: number;
}

export interface NextBestRequest {
  readonly effects: readonly PastEffect[];
  readonly segments: readonly SegmentCounts[];
  /** What all messages may cost, >= 0; null for no limit. */
  readonly budget: number | null;
  /** Share of a segment that is spread evenly over what may be worth it, to go on learning; 0 to under 1. */
  readonly exploration: number;
  /** 32 bits; the same gives the same plan. */
  readonly seed: number;
}

export const DO_NOTHING = 'DO_NOTHING';
export type NextBestKind = CampaignKind | typeof DO_NOTHING;

/** TESTED on the segment, RELATED: on other segments only, UNTESTED: nowhere, proposed by a rule of thumb. */
export const NEXT_BEST_EVIDENCE = ['TESTED', 'RELATED', 'UNTESTED'] as const;
export type NextBestEvidence = (typeof NEXT_BEST_EVIDENCE)[number];

/** What to do with a part of a segment. */
export interface NextBest {
  readonly segment: Segment;
  readonly kind: NextBestKind;
  /** Null for DO_NOTHING: what it adds is known. */
  readonly evidence: NextBestEvidence | null;
  /** Of the segment, 0 to 1, and how many customers that is. */
  readonly share: number;
  readonly customers: number;
  /** Customers of the segment who can get it. */
  readonly eligible: number;
  /** Margin added less cost, per customer who gets it, with a 95% interval; 0 for DO_NOTHING, null where UNTESTED. */
  readonly expectedNetValue: Estimate | null;
  /** P(net value > 0); null for DO_NOTHING and where UNTESTED. */
  readonly probabilityPays: number | null;
  /** By `probabilityPays`, as for the groups of a campaign; null where that is. */
  readonly verdict: Verdict | null;
  /** P(no other that was tested, nor DO_NOTHING, adds more); null where UNTESTED. */
  readonly probabilityBest: number | null;
  /** Per customer, as it was so far; null where no campaign is known whose cost could be taken for it. */
  readonly costPerCustomer: number | null;
  /** Of all its customers. */
  readonly cost: number | null;
  /** One sentence in English. */
  readonly reason: string;
}

export interface NextBestPlan {
  /** By segment in the order given, within it most customers first and DO_NOTHING last. */
  readonly rows: readonly NextBest[];
  readonly budget: number | null;
  readonly spent: number;
  /** Customers who get nothing because the budget is used up, though the plan without one would reach them. */
  readonly customersLeftOut: number;
  /** What reaching them would cost. */
  readonly costLeftOut: number;
}

/** What is known of a customer when a campaign is proposed. */
export interface CustomerTraits {
  readonly segment: Segment;
  /** P(no order in the next 90 days), 0 to 1; null where unknown. */
  readonly churn90: number | null;
  /** Days with an order. */
  readonly orderDays: number;
  readonly hasReplenishmentDue: boolean;
  readonly hasCrossSell: boolean;
  /** 12-month CLV; null where unknown. */
  readonly clv12: number | null;
}

export interface Proposal extends Pick<NextBest, 'kind' | 'evidence' | 'expectedNetValue' | 'reason'> {}
