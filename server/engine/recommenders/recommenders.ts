import { type EaseModel, type EaseOptions, ease } from './ease.ts';
import { type IalsModel, type IalsOptions, ials } from './ials.ts';
import { type ItemKnnModel, type ItemKnnOptions, itemKnn } from './item-knn.ts';
import { type PopularityModel, type PopularityOptions, popularity } from './popularity.ts';
import { type RepeatPurchaseModel, type RepeatPurchaseOptions, repeatPurchase } from './repeat-purchase.ts';
import type { Recommender } from './types.ts';

export const RECOMMENDER = { popularity, itemKnn, ease, ials, repeatPurchase } as const;

/** Models by recommender; one that could not be fitted is absent. */
export interface Models {
  readonly popularity?: PopularityModel;
  readonly itemKnn?: ItemKnnModel;
  readonly ease?: EaseModel;
  readonly ials?: IalsModel;
  readonly repeatPurchase?: RepeatPurchaseModel;
}

export interface Options {
  readonly popularity: PopularityOptions;
  readonly itemKnn: ItemKnnOptions;
  readonly ease: EaseOptions;
  readonly ials: IalsOptions;
  readonly repeatPurchase: RepeatPurchaseOptions;
}

/** The recommender of a name. Which model it is does not matter to the types, only that its own comes back. */
export const recommender = (name: keyof typeof RECOMMENDER): Recommender<unknown, unknown> =>
  RECOMMENDER[name] as Recommender<unknown, unknown>;
