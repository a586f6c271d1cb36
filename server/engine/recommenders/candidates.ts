import type { RecommenderName } from './evaluation/findings.ts';
import type { History } from './interactions.ts';
import { type Models, recommender } from './recommenders.ts';
import { topK } from './top-k.ts';

/** Items worth a closer look for a user, ascending, with their score by each recommender. */
export interface Candidates {
  readonly item: readonly number[];
  /** By candidate and recommender: score over the user's largest by that recommender, in [0, 1]. */
  readonly signal: Float64Array;
}

/** Best items of each recommender that become candidates. */
const MOST_OF_EACH = 30;

/** Finds the candidates of one user after another. */
export function candidateFinder(
  models: Models,
  names: readonly RecommenderName[],
  items: number,
): (history: History, isOpen?: (item: number) => boolean) => Candidates {
  const fitted = names.map((name) => ({ ...recommender(name), model: models[name], scores: new Float64Array(items) }));
  return (history, isOpen) => {
    const found = new Set<number>();
    const largest = fitted.map(({ score, model, scores }) => {
      score(model, history, scores);
      const best = topK(scores, MOST_OF_EACH, isOpen);
      for (const item of best) found.add(item);
      return best.length === 0 ? 1 : scores[best[0]!]!;
    });
    const item = [...found].sort((a, b) => a - b);
    const signal = new Float64Array(item.length * fitted.length);
    for (const [row, each] of item.entries()) {
      for (const [column, { scores }] of fitted.entries())
        signal[row * fitted.length + column] = Math.max(0, scores[each]!) / largest[column]!;
    }
    return { item, signal };
  };
}
