/** What a recommendation is for. */
export const RECOMMENDATION_KINDS = ['CROSS_SELL', 'UP_SELL', 'REPLENISH', 'TRENDING'] as const;

export type RecommendationKind = (typeof RECOMMENDATION_KINDS)[number];

/** Which list a customer got: their own, the trending one to compare with, or the trending one for want of their own. */
export const RECOMMENDATION_VARIANTS = ['PERSONAL', 'CONTROL', 'FALLBACK'] as const;

export type RecommendationVariant = (typeof RECOMMENDATION_VARIANTS)[number];

/** The reason for each kind. */
export const REASON_OF_KIND = {
  CROSS_SELL: 'GOES_WITH',
  UP_SELL: 'STEP_UP',
  REPLENISH: 'DUE_AGAIN',
  TRENDING: 'TRENDING',
} as const satisfies Readonly<Record<RecommendationKind, string>>;

export type RecommendationReasonCode = (typeof REASON_OF_KIND)[RecommendationKind];

/** What a shop reports of a recommendation. */
export const FEEDBACK_KINDS = ['SHOWN', 'CLICKED', 'BOUGHT'] as const;

export type FeedbackKind = (typeof FEEDBACK_KINDS)[number];
