import type { CampaignCovariate, CampaignMetric } from '../../domain/campaigns.ts';
import type { Verdict } from './pays.ts';
import type { Estimate, Interval, ResultsRequest, VariantCounts } from './types.ts';

/** A share of customers with its Wilson 95% interval; null of nobody. */
export interface Rate {
  readonly count: number;
  readonly of: number;
  readonly share: Estimate | null;
}

/** The funnel of a variant, over the customers that count. */
export interface StepRates {
  /** Of the customers. */
  readonly sent: Rate;
  /** Of those sent. Where deliveries are not reported, those sent and not bounced are taken to be delivered. */
  readonly delivered: Rate;
  /** Of those delivered. */
  readonly opened: Rate;
  readonly clicked: Rate;
  readonly unsubscribed: Rate;
  readonly complained: Rate;
  /** Of those opened. */
  readonly clickToOpen: Rate;
  /** Of those sent. */
  readonly bounced: Rate;
  /** Of the customers. */
  readonly converted: Rate;
}

/** What a customer of a variant had more of than one of the control group. */
export interface Lift {
  readonly metric: CampaignMetric;
  /** In the unit of the metric, per customer. */
  readonly absolute: Estimate;
  /** Over the mean of the control group; null where that mean is not above 0, or so uncertain that its 95% interval includes 0. */
  readonly relative: Estimate | null;
  readonly pValue: number;
  /** Corrected (Holm) for the comparisons that it was made along with. */
  readonly adjustedPValue: number;
  /** Holds at every look at once, with 95%: for watching while results come in. Null where there are too few customers. */
  readonly alwaysValid: Interval | null;
}

export interface Incremental {
  /** Sums over the customers of the variant, against as many of the control group. */
  readonly orders: Estimate;
  readonly revenue: Estimate;
  readonly margin: Estimate;
  /** Null where CLV was not asked for or is not known. */
  readonly clv: Estimate | null;
  /** Of the messages sent; null where the campaign has no cost per message. */
  readonly cost: number | null;
  /** (Incremental margin - cost) / cost; null without a cost. */
  readonly returnOnSpend: Estimate | null;
  /** Null without a cost, and where no order more can be made out. */
  readonly costPerOrder: number | null;
}

/** Results of the customers of a variant who count. */
export interface CountedResult {
  readonly variantId: string;
  /** Their window is complete and they are in no other variant. */
  readonly customers: number;
  readonly steps: StepRates;
  readonly orders: number;
  readonly revenue: number;
  readonly margin: number;
  /** Null without an order. */
  readonly averageOrderValue: number | null;
  /** Means per customer as they are, before any adjustment; null of nobody (but for shares of one too), and for CLV where it is not known. */
  readonly means: { readonly [Metric in CampaignMetric]: Estimate | null };
  /** Of the metric asked for, adjusted by the covariate; null for the control group, without one, where either has fewer than two, and where nothing varies in either (but for shares). */
  readonly lift: Lift | null;
  /** Of every metric that can be compared; corrected over variants and metrics. */
  readonly lifts: readonly Lift[];
  /** Probability that the variant is the best of all, control included, by the requested metric; null where it cannot be computed. */
  readonly probabilityBest: number | null;
  /** What choosing it is expected to lose, per customer, where another is better. */
  readonly expectedLoss: number | null;
  /** Null where orders, revenue or margin cannot be compared. */
  readonly incremental: Incremental | null;
}

export interface VariantResult extends CountedResult, VariantCounts {}

/** Customers who do not count are unknown by group. */
export const UNKNOWN_COUNTS = { assigned: null, open: null, contaminated: null, convertedBeforeSend: null } as const;

/** Results of a variant in one group. */
export type GroupVariantResult = CountedResult & typeof UNKNOWN_COUNTS;

export interface SampleRatio {
  /** p < .001: customers are not split as they should be, and no comparison can be trusted. */
  readonly isMismatch: boolean;
  readonly pValue: number;
  readonly variants: readonly { readonly variantId: string; readonly observed: number; readonly expected: number }[];
}

/**
 * NO_DATA: no customer counts yet. NOT_CAUSAL: no control group. SAMPLE_RATIO_MISMATCH. TOO_EARLY: under 100 customers in a variant,
 * or open windows that can still change the result. INCONCLUSIVE. BETTER: at least one variant beats the control group. WORSE: all
 * variants that differ are worse.
 */
export const EVIDENCE = [
  'NO_DATA',
  'NOT_CAUSAL',
  'SAMPLE_RATIO_MISMATCH',
  'TOO_EARLY',
  'INCONCLUSIVE',
  'BETTER',
  'WORSE',
] as const;
export type Evidence = (typeof EVIDENCE)[number];

export interface GroupResult {
  /** Values of the dimensions asked for; null where unknown. */
  readonly group: readonly (string | null)[];
  readonly variants: readonly GroupVariantResult[];
}

export interface CampaignResults extends Pick<ResultsRequest, 'metric' | 'windowDays' | 'by' | 'winsorizeAt'> {
  readonly observedUntil: Date | null;
  readonly knownCostShare: number | null;
  readonly cutAt: { readonly orders: number; readonly revenue: number; readonly margin: number } | null;
  readonly isCausal: boolean;
  readonly evidence: Evidence;
  /** One sentence in English. */
  readonly evidenceText: string;
  /** Id of the variant that is ahead with evidence BETTER. */
  readonly winnerId: string | null;
  /** Null where weights are not known or nobody was assigned. */
  readonly sampleRatio: SampleRatio | null;
  /** What lifts were adjusted by; NONE where it explains nothing or was not requested. */
  readonly covariate: CampaignCovariate;
  /** Share of the variance of the metric that the covariate took away, 0 to 1. */
  readonly varianceReduction: number;
  /** How p-values were corrected, in English. */
  readonly correction: string;
  readonly variants: readonly VariantResult[];
  /** Empty where nothing is asked to be split by. */
  readonly groups: readonly GroupResult[];
}

export interface GroupUplift {
  readonly group: readonly (string | null)[];
  /** In the variant and in the control group together. */
  readonly customers: number;
  /** As measured in the group alone; null with fewer than two on a side. */
  readonly measured: Estimate | null;
  /** Drawn towards the mean of all groups by as much as they agree (empirical Bayes). */
  readonly shrunken: Estimate;
  /** P(what it adds > its cost). */
  readonly probabilityPays: number;
  readonly verdict: Verdict;
}

/** One step down the list of customers by predicted uplift. */
export interface QiniPoint {
  /** Share of the customers reached so far, 0 to 1. */
  readonly share: number;
  /** What they add, per customer of all: the metric's unit. */
  readonly gain: number;
  /** What reaching the same share at random adds. */
  readonly random: number;
}

export interface Qini {
  readonly points: readonly QiniPoint[];
  /** Area between the curve and the random line over the area under the line; null where there is no uplift to share out. */
  readonly coefficient: number | null;
}

export interface Uplift {
  readonly metric: CampaignMetric;
  readonly variantId: string;
  /** Standard deviation of the true uplift between groups; 0 where they differ no more than by chance. */
  readonly betweenGroups: number;
  /** Cochran's Q: p of all groups being alike; null with fewer than two groups. */
  readonly heterogeneityPValue: number | null;
  readonly groups: readonly GroupUplift[];
  /** Groups ranked on one half of the customers, judged on the other; null where a half has nobody to compare. */
  readonly qini: Qini | null;
}
