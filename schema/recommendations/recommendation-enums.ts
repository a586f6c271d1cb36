import {
  FEEDBACK_KINDS,
  RECOMMENDATION_KINDS,
  RECOMMENDATION_VARIANTS,
  type RecommendationReasonCode as ReasonCode,
} from '../../server/domain/recommendations.ts';
import { FALLBACKS } from '../../server/recommendations/placement.ts';
import { builder } from '../builder.ts';
import { described } from '../described.ts';

export const RecommendationKind = builder.enumType('RecommendationKind', {
  description: 'What a recommendation is for.',
  values: described(RECOMMENDATION_KINDS, {
    CROSS_SELL: 'A product that goes with what the customer bought.',
    UP_SELL: 'A product of a category that the customer buys, above the price that they usually pay.',
    REPLENISH: 'A product that the customer bought before and is expected to need again.',
    TRENDING: 'A product that many customers bought recently.',
  }),
});

export const RecommendationVariant = builder.enumType('RecommendationVariant', {
  description: 'Which list a customer got. Compare PERSONAL with CONTROL: customers of both have a list of their own.',
  values: described(RECOMMENDATION_VARIANTS, {
    PERSONAL: 'The customer’s own list.',
    CONTROL: 'The best-selling products, because the customer is in the control group of the placement.',
    FALLBACK: 'The best-selling products or an empty list, because the customer has no list of their own.',
  }),
});

const REASONS: readonly ReasonCode[] = ['GOES_WITH', 'DUE_AGAIN', 'STEP_UP', 'TRENDING'];

export const RecommendationReasonCode = builder.enumType('RecommendationReasonCode', {
  description: 'Reason for a recommendation; it follows from the kind.',
  values: described(REASONS, {
    GOES_WITH: 'CROSS_SELL: customers who bought the same bought this too.',
    DUE_AGAIN: 'REPLENISH: the customer is expected to need it again.',
    STEP_UP: 'UP_SELL: it costs more than the customer usually pays in its category.',
    TRENDING: 'TRENDING: it is among the best-selling products.',
  }),
});

export const RecommendationFallback = builder.enumType('RecommendationFallback', {
  description: 'What a placement shows to customers without a list of their own.',
  values: described(FALLBACKS, {
    TRENDING: 'The best-selling products of their country, or of all countries when theirs has too few customers.',
    NONE: 'An empty list.',
  }),
});

export const RecommendationFeedbackKind = builder.enumType('RecommendationFeedbackKind', {
  description: 'What happened to a recommendation.',
  values: described(FEEDBACK_KINDS, {
    SHOWN: 'It was shown to the customer.',
    CLICKED: 'The customer opened it.',
    BOUGHT: 'The customer bought the product through the recommendation.',
  }),
});
