import type { Segment } from '../generated/graphql.ts';

import { parseNames, slug } from './names.ts';

/** The RFM segments from best to worst: the order of rows, and of colours, in every widget. */
export const SEGMENTS = [
  'CHAMPION',
  'LOYAL',
  'POTENTIAL_LOYALIST',
  'NEW',
  'PROMISING',
  'NEED_ATTENTION',
  'ABOUT_TO_SLEEP',
  'AT_RISK',
  'CANT_LOSE',
  'HIBERNATING',
  'LOST',
  'PROSPECT',
] as const satisfies readonly Segment[];

/** The segments that an attribute names: `at-risk CANT_LOSE`. */
export const parseSegments = parseNames<Segment>;

/** The suffix of a segment's class and custom property, e.g. `cant-lose`. */
export const segmentSlug: (segment: Segment) => string = slug;
