import type { ListFigures } from './findings.ts';

/** Discount of the rank, counted from 0. */
const gain = (rank: number) => 1 / Math.log2(rank + 2);

const idealGain = (count: number): number => {
  let sum = 0;
  for (let rank = 0; rank < count; rank++) sum += gain(rank);
  return sum;
};

/** How one list did. */
export interface Outcome {
  /** Hits over what was bought. */
  readonly recall: number;
  /** Over the best that a list of k can do. */
  readonly ndcg: number;
  /** Over the gain of a list of everything bought, however long: as in Li et al. (2023) for baskets. */
  readonly ndcgOfBasket: number;
  readonly isHit: boolean;
}

/** @param list Best first. @param bought Distinct, at least one. */
export function outcomeOf(list: readonly number[], bought: ReadonlySet<number>, k: number): Outcome {
  let hits = 0;
  let sum = 0;
  for (let rank = 0; rank < Math.min(k, list.length); rank++) {
    if (!bought.has(list[rank]!)) continue;
    hits++;
    sum += gain(rank);
  }
  return {
    recall: hits / bought.size,
    ndcg: sum / idealGain(Math.min(k, bought.size)),
    ndcgOfBasket: sum / idealGain(bought.size),
    isHit: hits > 0,
  };
}

export interface LengthFigures extends ListFigures {
  readonly ndcgOfBasket: number;
}

/** Means over users of lists cut at k, and how they spread over the items; users who bought nothing count for the spread only. */
export function listFigures(
  lists: readonly (readonly number[])[],
  bought: readonly ReadonlySet<number>[],
  k: number,
  items: number,
): LengthFigures {
  const listed = new Float64Array(items);
  let users = 0;
  const sum = { recall: 0, ndcg: 0, ndcgOfBasket: 0, hitRate: 0 };
  for (const [user, list] of lists.entries()) {
    for (const item of list.slice(0, k)) listed[item]!++;
    if (bought[user]!.size === 0) continue;
    users++;
    const { recall, ndcg, ndcgOfBasket, isHit } = outcomeOf(list, bought[user]!, k);
    sum.recall += recall;
    sum.ndcg += ndcg;
    sum.ndcgOfBasket += ndcgOfBasket;
    sum.hitRate += Number(isHit);
  }
  const mean = (total: number) => total / Math.max(1, users);
  return {
    recall: mean(sum.recall),
    ndcg: mean(sum.ndcg),
    ndcgOfBasket: mean(sum.ndcgOfBasket),
    hitRate: mean(sum.hitRate),
    coverage: listed.reduce((count, times) => count + Number(times > 0), 0) / items,
    concentration: gini(listed),
  };
}

/** Gini coefficient of counts, in [0, 1]; 0 where there is nothing. */
export function gini(counts: Float64Array): number {
  const sorted = counts.slice().sort();
  let sum = 0;
  let weighted = 0;
  for (const [i, count] of sorted.entries()) {
    sum += count;
    weighted += (i + 1) * count;
  }
  const n = sorted.length;
  return sum === 0 ? 0 : (2 * weighted - (n + 1) * sum) / (n * sum);
}
