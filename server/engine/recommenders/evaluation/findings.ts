/** The recommenders that a blend is made of. */
export const RECOMMENDERS = ['popularity', 'itemKnn', 'ease', 'ials', 'repeatPurchase'] as const;

export type RecommenderName = (typeof RECOMMENDERS)[number];

/** How lists of ten did on purchases that they had not seen; all in [0, 1]. */
export interface ListFigures {
  /** Mean share of a customer's purchased products that the list named. */
  readonly recall: number;
  /** Normalised discounted cumulative gain: 1 where the list begins with what was bought. */
  readonly ndcg: number;
  /** Share of customers of whose purchases the list named at least one. */
  readonly hitRate: number;
  /** Share of the products that are in anybody's list. */
  readonly coverage: number;
  /** Gini coefficient of how often products are listed: 0 all alike, 1 always the same few. */
  readonly concentration: number;
}

export interface RecommenderFindings {
  readonly recommender: RecommenderName;
  readonly isUsed: boolean;
  /** Why it is used or not, in a sentence. */
  readonly reason: string;
  /** Share in the blend; the weights of those used sum to 1. Null where it is not used. */
  readonly weight: number | null;
  /** Null where it could not be measured. */
  readonly figures: ListFigures | null;
}

/** What a run has found out about recommending. */
export interface RecommendationFindings {
  /** Days ahead that probabilities cover, and length of the held-out period. */
  readonly horizonDays: number;
  /** What the lists rest on, in a sentence. */
  readonly reason: string;
  readonly customers: number;
  readonly products: number;
  /** The last time split: recommenders saw purchases up to that day. Null where the history is too short for one. */
  readonly split: { readonly until: string; readonly customers: number; readonly purchases: number } | null;
  readonly recommenders: readonly RecommenderFindings[];
  /** Of the blend, on customers whose purchases its weights were not learned from; null without a split. */
  readonly blend: ListFigures | null;
  /** Held-out recommendations by predicted probability, least likely first. */
  readonly calibration: readonly CalibrationBin[];
}

export interface CalibrationBin {
  /** Mean predicted probability. */
  readonly predicted: number;
  /** Share that was bought. */
  readonly observed: number;
  readonly recommendations: number;
}
