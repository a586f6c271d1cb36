import type { Segment } from '../../generated/graphql.ts';

/** Strings of more than one widget; numbers and dates arrive already written in the reader's locale. */
export interface Terms extends Record<Segment, string> {
  loading: string;
  retry: string;
  unconfigured: string;
  unreachable: string;
  refused: string;
  failed: string;
  noAnalysis: string;
  noAnalysisHint: string;
  rough: (reason: string) => string;
  asOf: (date: string) => string;
  customers: (count: string) => string;

  segments: string;
  allSegments: string;
  segmentCount: (count: string) => string;
  selected: (segments: string, customers: string, share: string) => string;
  clear: string;
}
