import { CAMPAIGN_KINDS } from '../server/domain/campaigns.ts';
import { GRANULARITIES, HORIZON_MONTHS } from '../server/domain/period.ts';
import { SEGMENT_NAME, SEGMENTS, type Segment as SegmentValue } from '../server/domain/segments.ts';
import { builder } from './builder.ts';
import { described } from './described.ts';

const SEGMENT_DESCRIPTION: Readonly<Record<SegmentValue, string>> = {
  CHAMPION: 'ordered very recently, and often or for much money',
  LOYAL: 'orders regularly, or has just become a good customer',
  POTENTIAL_LOYALIST: 'ordered recently, and more than once or for more money than most',
  NEW: 'first ordered very recently',
  PROMISING: 'ordered little, fairly recently',
  NEED_ATTENTION: 'average in all scores, and no longer recent',
  ABOUT_TO_SLEEP: 'ordered little, some time ago',
  AT_RISK: 'ordered much, but not for a while',
  CANT_LOSE: 'was among the best customers, but has not ordered for a long time',
  HIBERNATING: 'ordered little, long ago',
  LOST: 'ordered least, longest ago',
  PROSPECT: 'has no order, or only fully refunded orders',
};

export const Segment = builder.enumType('Segment', {
  description: 'RFM segment, from best to worst. Every customer belongs to exactly one.',
  values: Object.fromEntries(
    SEGMENTS.map((segment) => [segment, { description: `${SEGMENT_NAME[segment]}: ${SEGMENT_DESCRIPTION[segment]}.` }]),
  ) as Record<SegmentValue, { description: string }>,
});

export const Horizon = builder.enumType('Horizon', {
  description: 'Period that a value covers, from the as-of day of the run, as an ISO 8601 duration.',
  values: Object.fromEntries(
    Object.entries(HORIZON_MONTHS).map(([horizon, months]) => [horizon, { description: `The next ${months} months.` }]),
  ) as Record<keyof typeof HORIZON_MONTHS, { description: string }>,
});

export const SortDirection = builder.enumType('SortDirection', {
  description: 'Direction of a sort.',
  values: {
    ASC: { description: 'Lowest or earliest first.' },
    DESC: { description: 'Highest or latest first.' },
  } as const,
});

export const Granularity = builder.enumType('Granularity', {
  description: 'Length of the calendar periods in a report.',
  values: Object.fromEntries(
    GRANULARITIES.map((granularity) => [granularity, { description: `Calendar ${granularity.toLowerCase()}s.` }]),
  ) as Record<(typeof GRANULARITIES)[number], { description: string }>,
});

export const CampaignKind = builder.enumType('CampaignKind', {
  description: 'Purpose of a campaign.',
  values: described(CAMPAIGN_KINDS, {
    AWARENESS: 'To make the shop known.',
    ONBOARDING: 'To introduce new customers to the shop.',
    CART_ABANDONMENT: 'To get an abandoned cart bought.',
    REPEAT_PURCHASE: 'To get a second order from one-time buyers.',
    REPLENISHMENT: 'To remind customers of a product before they run out of it.',
    CROSS_SELL: 'To sell products that go with those that the customer bought.',
    LOYALTY: 'To keep good customers.',
    WIN_BACK: 'To bring back customers who stopped buying.',
    REVIEW_REQUEST: 'To get reviews from buyers.',
    REFERRAL: 'To get customers to recommend the shop to others.',
    MILESTONE: 'To mark a birthday, an anniversary or a number of orders.',
    SEASONAL: 'To sell for a season, a holiday or a sale.',
  }),
});
