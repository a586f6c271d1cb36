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

/** Reads an attribute such as `at-risk CANT_LOSE`, in any letter case; whether all of them are segments, the query checks. */
export function parseSegments(attribute: string | null): readonly Segment[] | undefined {
  const names = attribute
    ?.toUpperCase()
    .replaceAll('-', '_')
    .split(/[\s,]+/);
  return names?.filter(Boolean) as Segment[] | undefined;
}

/** What is wrong with a selection, and what is accepted; undefined where nothing is. */
export function segmentComplaint(segments: readonly Segment[] | undefined): string | undefined {
  const unknown = segments?.find((name) => !SEGMENTS.includes(name));
  return unknown && `${segmentSlug(unknown)} is no segment: expected ${SEGMENTS.map(segmentSlug).join(', ')}`;
}

/** The suffix of a segment's class and custom property, e.g. `cant-lose`. */
export function segmentSlug(segment: Segment): string {
  return segment.toLowerCase().replaceAll('_', '-');
}
