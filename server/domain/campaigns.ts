import type { Segment } from './segments.ts';

/** What a campaign is for. */
export const CAMPAIGN_KINDS = [
  'AWARENESS',
  'ONBOARDING',
  'CART_ABANDONMENT',
  'REPEAT_PURCHASE',
  'REPLENISHMENT',
  'CROSS_SELL',
  'LOYALTY',
  'WIN_BACK',
  'REVIEW_REQUEST',
  'REFERRAL',
  'MILESTONE',
  'SEASONAL',
] as const;
export type CampaignKind = (typeof CAMPAIGN_KINDS)[number];

export const CAMPAIGN_CHANNELS = ['EMAIL', 'PUSH', 'IN_APP', 'SMS', 'WEB'] as const;
export type CampaignChannel = (typeof CAMPAIGN_CHANNELS)[number];

/** What sends a message: once to all, by the calendar, something that a customer did, or did not do. */
export const CAMPAIGN_TRIGGERS = ['BROADCAST', 'SCHEDULE', 'ACTION', 'INACTION'] as const;
export type CampaignTrigger = (typeof CAMPAIGN_TRIGGERS)[number];

export const CAMPAIGN_STATUSES = ['DRAFT', 'RUNNING', 'STOPPED'] as const;
export type CampaignStatus = (typeof CAMPAIGN_STATUSES)[number];

/** The control group: none, a variant of its own, or the global holdout. */
export const CAMPAIGN_CONTROLS = ['NONE', 'VARIANT', 'HOLDOUT'] as const;
export type CampaignControl = (typeof CAMPAIGN_CONTROLS)[number];

export const STRATA = ['SEGMENT', 'TIER'] as const;
export type Stratum = (typeof STRATA)[number];

/** The steps of an exposure, in the order in which they usually come; each is known by its first time. */
export const EXPOSURE_STEPS = [
  'ASSIGNED',
  'SENT',
  'DELIVERED',
  'OPENED',
  'CLICKED',
  'CONVERTED',
  'UNSUBSCRIBED',
  'BOUNCED',
  'COMPLAINED',
] as const;
export type ExposureStep = (typeof EXPOSURE_STEPS)[number];

/** What a campaign is judged by, each per customer who was assigned: CLICK and CONVERSION are shares, ORDERS a number, the rest money. */
export const CAMPAIGN_METRICS = ['CLICK', 'CONVERSION', 'ORDERS', 'REVENUE', 'MARGIN', 'CLV'] as const;
export type CampaignMetric = (typeof CAMPAIGN_METRICS)[number];

/** What results are split by, each as of the assignment. GROUP is the sender's own. TIER is M1 to M5, by what was spent. */
export const CAMPAIGN_DIMENSIONS = ['SEGMENT', 'TIER', 'CHANNEL', 'COUNTRY', 'CATEGORY', 'GROUP'] as const;
export type CampaignDimension = (typeof CAMPAIGN_DIMENSIONS)[number];

/** What a metric is adjusted by (CUPED): what the customer spent in the year before, or the CLV published before. */
export const CAMPAIGN_COVARIATES = ['PRIOR_REVENUE', 'PREDICTED_CLV', 'NONE'] as const;
export type CampaignCovariate = (typeof CAMPAIGN_COVARIATES)[number];

/** Customers by segments and the filters of customer lists, as they stand when they are assigned; {} for all. */
export interface CampaignAudience {
  readonly segments?: readonly Segment[] | null;
  readonly countries?: readonly string[] | null;
  readonly channels?: readonly string[] | null;
  /** Bounds of the 12-month CLV, inclusive, as decimal text. */
  readonly minimumClv?: string | null;
  readonly maximumClv?: string | null;
  /** Shop's ids of products. */
  readonly bought?: readonly string[] | null;
  readonly notBought?: readonly string[] | null;
  readonly replenishmentDue?: { readonly product: string; readonly withinDays: number } | null;
}

export interface VariantRules {
  readonly name: string;
  /** Share of the customers in proportion to the other weights, above 0; null where it is not known. */
  readonly weight: number | null;
  readonly isControl: boolean;
}

export interface CampaignRules {
  readonly name: string;
  readonly kind: CampaignKind;
  readonly channel: CampaignChannel;
  readonly trigger: CampaignTrigger;
  readonly audience: CampaignAudience;
  readonly control: CampaignControl;
  readonly stratifyBy: Stratum | null;
  /** Days after the assignment in which orders count, 1 to 365. */
  readonly windowDays: number;
  /** Decimal texts in the workspace's currency. */
  readonly budget: string | null;
  readonly costPerMessage: string | null;
  readonly variants: readonly VariantRules[];
}

export interface CampaignVariant extends VariantRules {
  readonly id: string;
}

export interface Campaign extends Omit<CampaignRules, 'variants'> {
  readonly id: string;
  readonly status: CampaignStatus;
  readonly variants: readonly CampaignVariant[];
  readonly createdAt: Date;
  readonly startedAt: Date | null;
  readonly stoppedAt: Date | null;
  /** Of the campaign or of what is known of its exposures. */
  readonly changedAt: Date;
}

/** The name of the variant of customers in the global holdout, where they are the control group. */
export const HOLDOUT_VARIANT = 'holdout';
