import type { CampaignCovariate, CampaignDimension, CampaignMetric } from '../../domain/campaigns.ts';

/** A range that the true value lies in with the confidence named where it is made, 95% by default. */
export interface Interval {
  readonly low: number;
  readonly high: number;
}

export interface Estimate {
  readonly value: number;
  readonly interval: Interval;
}

/** First and second moments of one metric y and of the covariate x with it, over the customers of a cell. */
export interface MetricSums {
  readonly sum: number;
  readonly squares: number;
  /** Sum of x y */
  readonly products: number;
}

/** How many of a cell's customers have come to each step. */
export interface StepCounts {
  readonly sent: number;
  readonly delivered: number;
  readonly opened: number;
  readonly clicked: number;
  /** Ordered in the window, or reported as converted in it and not before the send. */
  readonly converted: number;
  readonly unsubscribed: number;
  readonly bounced: number;
  readonly complained: number;
}

/** The customers of one variant in one group whose window is complete and who were in no other variant. */
export interface CampaignCell {
  readonly variantId: string;
  /** Values of the dimensions asked for, in their order, null where unknown; empty where none is asked for. */
  readonly group: readonly (string | null)[];
  /** Which half of all customers, by hash: 0 to learn on, 1 to judge on; null where halves were not asked for. */
  readonly half: 0 | 1 | null;
  readonly customers: number;
  readonly steps: StepCounts;
  readonly covariate: { readonly sum: number; readonly squares: number };
  /** CLV is null where no run was published after the last window. */
  readonly metrics: { readonly [Metric in CampaignMetric]: MetricSums | null };
}

/** Everybody of a variant, whether they count or not. */
export interface VariantCounts {
  readonly variantId: string;
  readonly assigned: number;
  /** Whose window is not over yet. */
  readonly open: number;
  /** Who were in another variant too: they count in none. */
  readonly contaminated: number;
  /** Reported as converted before the message was sent: those reports do not count. */
  readonly convertedBeforeSend: number;
}

/** What results are asked for. */
export interface ResultsRequest {
  readonly metric: CampaignMetric;
  /** Days after the assignment, 1 to 365. */
  readonly windowDays: number;
  /** At most two. */
  readonly by: readonly CampaignDimension[];
  readonly covariate: CampaignCovariate;
  /** Orders, revenue and margin above this quantile of the buyers' are cut to it, in (0.5, 1); null to leave them. */
  readonly winsorizeAt: number | null;
  /** Whether CLV is needed: it costs a join with all scores. */
  readonly withClv: boolean;
}

/** What the database counts of a campaign for a request: all that results are computed from. */
export interface CampaignCells {
  readonly cells: readonly CampaignCell[];
  readonly counts: readonly VariantCounts[];
  /** Orders after this are not known yet; null where the workspace has none. */
  readonly observedUntil: Date | null;
  /** Share of the revenue of orders whose cost is known; the rest is taken at the workspace's margin rate. Null without orders. */
  readonly knownCostShare: number | null;
  /** Values that winsorizing cut at; null where nothing was cut. */
  readonly cutAt: { readonly orders: number; readonly revenue: number; readonly margin: number } | null;
}
