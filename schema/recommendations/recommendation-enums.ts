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
    CROSS_SELL: 'Something that goes with what the customer bought.',
    UP_SELL: 'Something of a category that they buy in, dearer than what they usually pay there.',
    REPLENISH: 'Something that they bought before and will need again.',
    TRENDING: 'Something that many bought lately.',
  }),
});

export const RecommendationVariant = builder.enumType('RecommendationVariant', {
  description:
    'Which list a customer got. Compare CONTROL with PERSONAL: both are of customers who have a list of their own.',
  values: described(RECOMMENDATION_VARIANTS, {
    PERSONAL: 'Their own.',
    CONTROL: 'What sells best instead of their own, because they are in the control group of the placement.',
    FALLBACK: 'What sells best, or nothing, because there is nothing of their own for them.',
  }),
});

const REASONS: readonly ReasonCode[] = ['GOES_WITH', 'DUE_AGAIN', 'STEP_UP', 'TRENDING'];

export const RecommendationReasonCode = builder.enumType('RecommendationReasonCode', {
  description: 'What speaks for a recommendation; it follows from its kind.',
  values: described(REASONS, {
    GOES_WITH: 'CROSS_SELL: customers who bought the same bought this too.',
    DUE_AGAIN: 'REPLENISH: it is about time to buy it again.',
    STEP_UP: 'UP_SELL: it is dearer than what they usually pay in its category.',
    TRENDING: 'TRENDING: it sells best lately.',
  }),
});

export const RecommendationFallback = builder.enumType('RecommendationFallback', {
  description: 'What customers get for whom a placement has nothing of their own.',
  values: described(FALLBACKS, {
    TRENDING: 'What sells best in their country lately, or in all countries where theirs has too few customers.',
    NONE: 'An empty list.',
  }),
});

export const RecommendationFeedbackKind = builder.enumType('RecommendationFeedbackKind', {
  description: 'What became of a recommendation.',
  values: described(FEEDBACK_KINDS, {
    SHOWN: 'The customer could see it.',
    CLICKED: 'The customer opened it.',
    BOUGHT: 'The customer bought it by way of it.',
  }),
});
