import { ease } from '../ease.ts';
import { ials } from '../ials.ts';
import { itemKnn } from '../item-knn.ts';
import { DEFAULT_OPTIONS, type Options } from '../recommenders.ts';

/** Options for the next item of sequences: all items count alike, however long ago. */
export const NEXT_ITEM_OPTIONS: Options = {
  ...DEFAULT_OPTIONS,
  ease: { ...ease.defaults, lambda: 100 },
  ials: {
    ...ials.defaults,
    dimensions: 64,
    unobservedWeight: 0.03,
    regularization: 0.001,
    frequencyExponent: 1,
    sweeps: 8,
  },
};

/** Options for a split that is given, with the item-kNN of the Open CF Benchmark, so that figures can be laid beside its. */
export const GIVEN_SPLIT_OPTIONS: Options = {
  ...NEXT_ITEM_OPTIONS,
  itemKnn: { ...itemKnn.defaults, neighbors: 100, shrink: 0, isNormalised: true, isCentred: true },
};
