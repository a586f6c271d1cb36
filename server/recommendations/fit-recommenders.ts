import { inWorker, PARALLEL_JOBS } from '../compute/pool.ts';
import { RECOMMENDERS } from '../engine/recommenders/evaluation/findings.ts';
import type { Interactions } from '../engine/recommenders/interactions.ts';
import type { ItemKnnOptions, Neighbors } from '../engine/recommenders/item-knn.ts';
import type { Models, Options } from '../engine/recommenders/recommenders.ts';

export interface Fitted {
  readonly models: Required<Models>;
  readonly nearest: Neighbors;
}

/** Ranges of items that neighbours are looked for in: small ones keep all threads busy to the end. */
const RANGES = 2 * PARALLEL_JOBS;

const OTHERS = RECOMMENDERS.filter((name) => name !== 'itemKnn');

/** Fits recommenders in worker threads to what was seen before the horizon; all at a time. */
export async function fitRecommenders(data: Interactions, horizon: number, options: Options): Promise<Fitted> {
  const seen = horizon === 0 ? data : await inWorker('seenUntil', data, horizon);
  const [{ model: itemKnn, nearest }, ...others] = await Promise.all([
    fitItemKnn(seen, options.itemKnn),
    ...OTHERS.map(async (name) => [name, await inWorker('fitRecommender', { name, data: seen, options })] as const),
  ]);
  return { models: { ...Object.fromEntries(others), itemKnn } as Required<Models>, nearest };
}

export async function fitItemKnn(data: Interactions, options: ItemKnnOptions) {
  const { users, items } = await inWorker('crossUserItems', data);
  const edges = Array.from({ length: RANGES + 1 }, (_, i) => Math.round((i * data.items) / RANGES));
  const parts = await Promise.all(
    edges.slice(1).map((to, i) => inWorker('nearestItems', { users, items, from: edges[i]!, to, options })),
  );
  return inWorker('joinItemKnn', { users, parts, options });
}
