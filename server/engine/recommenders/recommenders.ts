import { ease } from './ease.ts';
import type { RecommenderName } from './evaluation/findings.ts';
import { ials } from './ials.ts';
import { itemKnn } from './item-knn.ts';
import { popularity } from './popularity.ts';
import { repeatPurchase } from './repeat-purchase.ts';
import type { Recommender } from './types.ts';

export const RECOMMENDER = { popularity, itemKnn, ease, ials, repeatPurchase } as const satisfies Readonly<
  Record<RecommenderName, unknown>
>;

/** Models by recommender; one that could not be fitted is absent. */
export type Models = { readonly [Name in RecommenderName]?: ReturnType<(typeof RECOMMENDER)[Name]['fit']> };

export type Options = { readonly [Name in RecommenderName]: (typeof RECOMMENDER)[Name]['defaults'] };

export const DEFAULT_OPTIONS = Object.fromEntries(
  Object.values(RECOMMENDER).map(({ name, defaults }) => [name, defaults]),
) as unknown as Options;

/** The recommender of a name. Which model it is does not matter to the types, only that its own comes back. */
export const recommender = (name: RecommenderName): Recommender<unknown, unknown> =>
  RECOMMENDER[name] as Recommender<unknown, unknown>;
