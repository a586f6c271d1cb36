import { inWorker, PARALLEL_JOBS } from '../compute/pool.ts';
import type { EaseModel } from '../recommenders/ease.ts';
import type { RecommenderName } from '../recommenders/findings.ts';
import type { IalsModel } from '../recommenders/ials.ts';
import type { Interactions } from '../recommenders/interactions.ts';
import type { Neighbors } from '../recommenders/item-knn.ts';
import type { PopularityModel } from '../recommenders/popularity.ts';
import type { Models, Options } from '../recommenders/recommenders.ts';
import type { RepeatPurchaseModel } from '../recommenders/repeat-purchase.ts';

export interface Fitted {
  readonly models: Required<Models>;
  readonly nearest: Neighbors;
}

/** Ranges of items that neighbours are looked for in: small ones keep all threads busy to the end. */
const RANGES = 2 * PARALLEL_JOBS;

/** Fits recommenders in worker threads to what was seen before the horizon; all at a time. */
export async function fitRecommenders(data: Interactions, horizon: number, options: Options): Promise<Fitted> {
  const fitOne = <Model>(name: Exclude<RecommenderName, 'itemKnn'>) =>
    inWorker('fitRecommender', { data, horizon, name, options }) as Promise<Model>;
  const [{ model: itemKnn, nearest }, ease, ials, repeatPurchase, popularity] = await Promise.all([
    fitItemKnn(data, horizon, options),
    fitOne<EaseModel>('ease'),
    fitOne<IalsModel>('ials'),
    fitOne<RepeatPurchaseModel>('repeatPurchase'),
    fitOne<PopularityModel>('popularity'),
  ]);
  return { models: { popularity, itemKnn, ease, ials, repeatPurchase }, nearest };
}

async function fitItemKnn(data: Interactions, horizon: number, { itemKnn: options }: Options) {
  const edges = Array.from({ length: RANGES + 1 }, (_, i) => Math.round((i * data.items) / RANGES));
  const parts = await Promise.all(
    edges.slice(1).map((to, i) => inWorker('nearestItems', { data, horizon, from: edges[i]!, to, options })),
  );
  return inWorker('joinItemKnn', { data, horizon, parts, options });
}
