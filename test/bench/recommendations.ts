import { existsSync } from 'node:fs';

import { inWorker, PARALLEL_JOBS } from '../../server/compute/pool.ts';
import { shared } from '../../server/compute/shared.ts';
import { optionsFor } from '../../server/engine/recommenders/evaluation/setup.ts';
import type { Interactions } from '../../server/engine/recommenders/interactions.ts';
import type { Assortment, ListMaker } from '../../server/engine/recommenders/recommendations.ts';
import { fitRecommenders } from '../../server/recommendations/fit-recommenders.ts';
import { learnWeights } from '../../server/recommendations/learn-blend.ts';
import { readEvaluation } from '../../server/recommendations/read-evaluation.ts';
import { sharedData } from '../support/files.ts';
import type { Figures } from './figures.ts';
import { cpuSeconds, seconds } from './store.ts';

const PATH = sharedData('online_retail/online_retail.csv.gz');
const AS_OF = '2011-12-09';
const HORIZON = 28;
/** Customers that a thread makes lists for at a time. */
const PAGE = 500;

/** Neither prices nor categories, and everything in stock. */
const plainAssortment = (items: number): Assortment => ({
  category: new Int32Array(items).fill(-1),
  price: new Float64Array(items).fill(Number.NaN),
  margin: new Float64Array(items).fill(Number.NaN),
  isOpen: new Uint8Array(items).fill(1),
});

async function makeAll(data: Interactions, maker: ListMaker): Promise<number> {
  const pages = Array.from({ length: Math.ceil(data.users / PAGE) }, (_, page) => page * PAGE).values();
  let recommendations = 0;
  await Promise.all(
    Array.from({ length: PARALLEL_JOBS }, async () => {
      for (const from of pages) {
        const lists = await inWorker('makeRecommendations', {
          data,
          maker,
          from,
          to: Math.min(data.users, from + PAGE),
        });
        recommendations += lists.reduce((sum, list) => sum + list.recommendations.length, 0);
      }
    }),
  );
  return recommendations;
}

/**
 * What an analysis of Online Retail does for recommendations, without the database: learns the weights from the last four weeks, fits
 * all recommenders to everything, makes everybody's lists. Threads are warm from the learning, as they are in an analysis.
 */
export async function recommendations(): Promise<Figures> {
  if (!existsSync(PATH)) return { skipped: `${PATH} is missing` };
  const { split } = await readEvaluation({ path: PATH, format: 'online-retail', holdoutDays: 1 });
  const data = shared(split.seen);
  const options = optionsFor('days', HORIZON);

  const [learning, learningCpu] = [performance.now(), process.cpuUsage()];
  const { weights, isMeasured } = await learnWeights(data, AS_OF, HORIZON, options);
  const learned = { learnSeconds: seconds(learning), learnCpuSeconds: cpuSeconds(learningCpu) };

  const [fitting, cpu] = [performance.now(), process.cpuUsage()];
  const { models } = await fitRecommenders(data, 0, options);
  const fitted = { fitSeconds: seconds(fitting), fitCpuSeconds: cpuSeconds(cpu) };

  const [listing, listingCpu] = [performance.now(), process.cpuUsage()];
  const recommendations = await makeAll(data, {
    models,
    blend: weights,
    isMeasured,
    assortment: shared(plainAssortment(data.items)),
  });
  return {
    customers: data.users,
    products: data.items,
    purchases: data.item.length,
    ...fitted,
    listsSeconds: seconds(listing),
    listsCpuSeconds: cpuSeconds(listingCpu),
    fitAndListsSeconds: seconds(fitting),
    ...learned,
    recommendations,
  };
}
