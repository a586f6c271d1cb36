import type { Segment, SegmentPickerQuery } from '../generated/graphql.ts';
import { SEGMENTS } from '../shared/segments.ts';

export interface SegmentRow {
  readonly segment: Segment;
  readonly customers: number;
  /** Of all customers, in [0, 1]. */
  readonly share: number;
  /** Length of the bar against the longest, in [0, 1]. */
  readonly bar: number;
}

export interface Selection {
  readonly segments: number;
  readonly customers: number;
  readonly share: number;
}

/** One row per segment, best to worst. */
export function segmentRows({ rfm }: SegmentPickerQuery): SegmentRow[] {
  const segments = rfm?.segments ?? [];
  const largest = Math.max(...segments.map(({ share }) => share), Number.MIN_VALUE);
  return segments
    .map(({ segment, customers, share }) => ({ segment, customers, share, bar: share / largest }))
    .sort((a, b) => SEGMENTS.indexOf(a.segment) - SEGMENTS.indexOf(b.segment));
}

/** How many customers the chosen segments hold together. */
export function selectionOf(rows: readonly SegmentRow[], chosen: readonly Segment[]): Selection {
  const inside = rows.filter(({ segment }) => chosen.includes(segment));
  return {
    segments: inside.length,
    customers: inside.reduce((sum, { customers }) => sum + customers, 0),
    share: inside.reduce((sum, { share }) => sum + share, 0),
  };
}

/** The choice with one segment added or taken away, best to worst. */
export function toggleSegment(chosen: readonly Segment[], segment: Segment): Segment[] {
  return SEGMENTS.filter((one) => chosen.includes(one) !== (one === segment));
}

/** Where a key leads in a list of options, from none (-1) or one of them. */
export function moveOption(from: number, key: string, count: number): number | undefined {
  if (key === 'ArrowDown') return Math.min(from + 1, count - 1);
  if (key === 'ArrowUp') return Math.max(from - 1, 0);
  if (key === 'Home') return 0;
  if (key === 'End') return count - 1;
  return undefined;
}
