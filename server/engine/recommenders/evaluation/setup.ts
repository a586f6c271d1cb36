import { ease } from '../ease.ts';
import { ials } from '../ials.ts';
import { itemKnn } from '../item-knn.ts';
import { popularity } from '../popularity.ts';
import { DEFAULT_OPTIONS, type Options } from '../recommenders.ts';
import { repeatPurchase } from '../repeat-purchase.ts';

/** The head of a catalogue that is worth the time in every analysis. */
const MOST_EASE_ITEMS = 2500;

/** Options for histories dated by days, which also suit those that are counted in orders. */
export function optionsFor(unit: 'days' | 'orders', horizon: number): Options {
  const [recent, taste] = unit === 'days' ? [30, 180] : [Number.POSITIVE_INFINITY, 10];
  return {
    ...DEFAULT_OPTIONS,
    popularity: { ...popularity.defaults, halfLife: recent },
    itemKnn: { ...itemKnn.defaults, halfLife: taste },
    ease: { ...ease.defaults, mostItems: MOST_EASE_ITEMS, halfLife: taste },
    ials: { ...ials.defaults, halfLife: taste },
    repeatPurchase: { ...repeatPurchase.defaults, horizon },
  };
}
