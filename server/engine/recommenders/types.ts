import type { RecommenderName } from './evaluation/findings.ts';
import type { History, Interactions } from './interactions.ts';

/** A way to rank items for a user. Siblings: each can stand for another. */
export interface Recommender<Model, Options> {
  readonly name: RecommenderName;
  readonly defaults: Options;
  /** Models consist of numbers and typed arrays, so that threads can share them. */
  fit(data: Interactions, options: Options): Model;
  /** Writes the score of every item for a user, larger is better, 0 where the recommender has no score. */
  score(model: Model, history: History, scores: Float64Array): void;
  /** The items of the history that are reasons for an item, strongest first; empty where there are none. */
  explain(model: Model, history: History, item: number): readonly Cause[];
}

export interface Cause {
  readonly item: number;
  /** Its part of the score. */
  readonly part: number;
}

/** Causes of which the weakest are left out. */
export const strongest = (causes: readonly Cause[]): Cause[] =>
  causes.filter(({ part }) => part > 0).sort((a, b) => b.part - a.part || a.item - b.item);
