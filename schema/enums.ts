import { GRANULARITIES, HORIZON_MONTHS } from '../server/domain/period.ts';
import { SEGMENT_NAME, SEGMENTS, type Segment as SegmentValue } from '../server/domain/segments.ts';
import { builder } from './builder.ts';

const SEGMENT_DESCRIPTION: Readonly<Record<SegmentValue, string>> = {
  CHAMPION: 'bought very recently, and often or for much',
  LOYAL: 'buys regularly, or has just become a good customer',
  POTENTIAL_LOYALIST: 'bought recently and more than once, or for more than most',
  NEW: 'first bought very recently',
  PROMISING: 'bought little, not long ago',
  NEED_ATTENTION: 'middling in everything, and slipping',
  ABOUT_TO_SLEEP: 'bought little, some time ago',
  AT_RISK: 'bought much once, but not for a while',
  CANT_LOSE: 'was among the best and has not been back for long',
  HIBERNATING: 'bought little more than once, long ago',
  LOST: 'bought least, longest ago',
  PROSPECT: 'never bought, or had everything refunded',
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
