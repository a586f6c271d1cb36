import type { CampaignKind, Segment } from '../../generated/graphql.ts';

import type { Counted } from './plural.ts';

/** Strings of more than one widget; numbers and dates arrive already written in the reader's locale. */
export interface Terms extends Record<Segment | CampaignKind, string> {
  loading: string;
  retry: string;
  unconfigured: string;
  unreachable: string;
  /** Another reason, which the browser hides from the page. */
  originNotListed: (origin: string) => string;
  refused: string;
  failed: string;
  /** Stands before an attribute with a wrong value, and before the values that it can have. */
  notAccepted: string;
  accepted: string;
  noAnalysis: string;
  noAnalysisHint: string;
  rough: (reason: string) => string;
  asOf: (date: string) => string;
  customers: Counted;

  segments: string;
  allSegments: string;
  segmentCount: Counted;
  selected: (segments: string, customers: string, share: string) => string;
  clear: string;
}
