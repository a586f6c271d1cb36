/** What a recommendation is for. */
export const RECOMMENDATION_KINDS = ['CROSS_SELL', 'UP_SELL', 'REPLENISH', 'TRENDING'] as const;

export type RecommendationKind = (typeof RECOMMENDATION_KINDS)[number];

/** Which list a customer got: their own, the trending one to compare with, or the trending one for want of their own. */
export type RecommendationVariant = 'PERSONAL' | 'CONTROL' | 'FALLBACK';
