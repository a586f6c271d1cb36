import type { CampaignChannel, CampaignDimension, CampaignMetric } from '../generated/graphql.ts';

export type CampaignName = CampaignChannel | CampaignMetric | CampaignDimension;

/** Mostly labels, to stand before or after a figure: they need no plural, and every language has its own order of a table. */
export interface CampaignResultsTerms {
  /** Where one is missing, the name itself is a word of the language. */
  names: Readonly<Partial<Record<CampaignName, string>>>;
  campaignResults: string;
  campaign: string;
  metric: string;
  splitBy: string;
  window: string;

  NO_DATA: string;
  TOO_EARLY: string;
  SAMPLE_RATIO_MISMATCH: string;
  /** Of the variant that is furthest ahead. */
  INCONCLUSIVE: (name: string) => string;
  BETTER: (name: string) => string;
  WORSE: (name: string) => string;
  notCausal: string;
  noControl: string;
  needed: string;
  expected: string;

  customers: string;
  open: string;
  contaminated: string;
  convertedBeforeSend: string;

  variant: string;
  control: string;
  nobody: string;
  sent: string;
  opened: string;
  ofDelivered: string;
  perCustomer: string;
  lift: string;
  /** Percentage points. */
  points: string;
  /** From a number to another. */
  to: string;
  best: string;
  added: string;
  cost: string;
  returned: string;
  /** After a number: as many times as the cost. */
  timesCost: string;

  intervals: string;
  watched: string;
  corrected: string;
  byChance: string;
  adjusted: string;

  /** What to do where there is nothing to show. */
  none: readonly [title: string, hint: string];
  noSuch: string;
}
