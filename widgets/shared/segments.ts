import type { Segment } from '../generated/graphql.ts';

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

/** Reads an attribute such as `AT_RISK CANT_LOSE`; unknown names are left out. */
export function parseSegments(attribute: string | null): readonly Segment[] | undefined {
  if (attribute === null) return undefined;
  const names = attribute.toUpperCase().split(/[\s,]+/);
  return SEGMENTS.filter((segment) => names.includes(segment));
}

/** The suffix of a segment's class and custom property, e.g. `cant-lose`. */
export function segmentSlug(segment: Segment): string {
  return segment.toLowerCase().replaceAll('_', '-');
}
