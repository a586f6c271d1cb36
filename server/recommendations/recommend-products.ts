import type pg from 'pg';

import { inWorker } from '../compute/pool.ts';
import type { Progress } from '../domain/progress.ts';
import { RECOMMENDERS } from '../engine/recommenders/evaluation/findings.ts';
import { optionsFor } from '../engine/recommenders/evaluation/setup.ts';
import type { Neighborhood } from '../engine/recommenders/neighborhoods.ts';
import { groupShares, type PopularityModel } from '../engine/recommenders/popularity.ts';
import { topK } from '../engine/recommenders/top-k.ts';
import type { RunScope } from '../store/run-scope.ts';
import { assortmentOf, priceOf, unitCostOf } from './assortment.ts';
import {
  insertProductFindings,
  insertRecommendationModel,
  type ProductFindings,
} from './data/recommendation-writer.ts';
import { fitRecommenders } from './fit-recommenders.ts';
import { type Base, gatherInteractions } from './gather-interactions.ts';
import { horizonFor, learnWeights } from './learn-blend.ts';
import { writeRecommendations } from './write-recommendations.ts';

/** Products of a trending list that are kept, and customers that a country of its own takes. */
const MOST_TRENDING = 200;
const LEAST_CUSTOMERS = 20;

/** Learns what customers of the workspace buy next, and stores it with a run that nobody reads yet. */
export async function recommendProducts(
  pool: pg.Pool,
  run: RunScope,
  asOf: string,
  onProgress?: Progress,
): Promise<void> {
  const base = await gatherInteractions(pool, run.workspaceId, asOf);
  const { data, products, customerIds } = base;
  const horizon = horizonFor(data.age.reduce((most, age) => Math.max(most, age), 0));
  const common = { horizonDays: horizon, customers: customerIds.length, products: products.length };
  if (data.item.length === 0) return insertRecommendationModel(pool, run, { ...common, ...NOTHING });

  const options = optionsFor('days', horizon);
  const [learned, fitted] = await Promise.all([
    learnWeights(data, asOf, horizon, options),
    fitRecommenders(data, 0, options),
  ]);
  const { weights, isMeasured, ...findings } = learned;
  const assortment = assortmentOf(products);
  const neighborhoods = await inWorker('findNeighborhoods', data, fitted.nearest);
  const maker = { models: fitted.models, blend: weights, isMeasured, assortment };
  await writeRecommendations(pool, { run, asOf, base, maker }, onProgress);
  await insertProductFindings(pool, run, {
    scores: scoresOf(base, fitted.models.repeatPurchase.usualGap),
    trending: trendingOf(base, fitted.models.popularity, assortment.isOpen),
    neighbors: Object.entries(neighborhoods).flatMap(([kind, rows]) =>
      neighborsOf(base, kind as keyof typeof neighborhoods, rows),
    ),
  });
  await insertRecommendationModel(pool, run, { ...common, ...findings });
}

const NOTHING = {
  reason: 'no recommendations: no order line or event names a product',
  split: null,
  recommenders: RECOMMENDERS.map((recommender) => ({
    recommender,
    isUsed: false,
    reason: 'not used: no order line or event names a product',
    weight: null,
    figures: null,
  })),
  blend: null,
  calibration: [],
};

const known = (value: number): number | null => (Number.isNaN(value) ? null : value);

const scoresOf = ({ products }: Base, usualGap: Float64Array): ProductFindings['scores'] =>
  products.map((product, item) => ({
    product_id: product.id,
    price: known(priceOf(product)),
    unit_cost: known(unitCostOf(product)),
    buyers: product.buyers,
    repeat_share: product.buyers === 0 ? 0 : product.repeatBuyers / product.buyers,
    usual_gap_days: product.repeatBuyers === 0 ? null : known(usualGap[item]!),
  }));

/** The best-selling products everywhere, and in each country with enough customers. */
function trendingOf({ data, products, countries }: Base, model: PopularityModel, isOpen: Uint8Array) {
  const customers = countries.map(() => 0);
  for (const group of data.group) customers[group]!++;
  return countries.flatMap((country, group) => {
    if (group > 0 && customers[group]! < LEAST_CUSTOMERS) return [];
    const shares = groupShares(model, group);
    return topK(shares, MOST_TRENDING, (item) => isOpen[item] === 1).map((item, i) => ({
      country,
      rank: i + 1,
      product_id: products[item]!.id,
      share: shares[item]!,
    }));
  });
}

function neighborsOf({ products }: Base, kind: 'BOUGHT_TOGETHER' | 'SIMILAR', rows: readonly Neighborhood[]) {
  let rank = 0;
  return rows.map(({ item, neighbor, ...figures }, i) => {
    rank = rows[i - 1]?.item === item ? rank + 1 : 1;
    return { product_id: products[item]!.id, kind, rank, neighbor_id: products[neighbor]!.id, ...figures };
  });
}
