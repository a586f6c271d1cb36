import { createRandom } from '../../server/engine/numerics/random.ts';
import { optionsFor } from '../../server/engine/recommenders/evaluation/setup.ts';
import type { Interactions } from '../../server/engine/recommenders/interactions.ts';
import type { Neighbors } from '../../server/engine/recommenders/item-knn.ts';
import { fitItemKnn } from '../../server/recommendations/fit-recommenders.ts';
import type { Figures } from './figures.ts';
import { cpuSeconds, seconds } from './store.ts';

const CUSTOMERS = 1_000_000;
const PRODUCTS = 20_000;
/** Products of a group are bought by the same customers. */
const GROUPS = 200;
const GROUPS_OF_CUSTOMER = 3;
/** Of purchases within the customer's groups. */
const FAITHFUL = 0.8;
const MEAN_PURCHASES = 20;
const SIGMA = 1;
const DAYS = 730;
const HORIZON = 28;

/** Above every age, so that item and age fit one number to sort by. */
const SPAN = 1024;

/** Draws ranks from 0 by Zipf's law: the r-th is drawn 1/r times as often as the first. */
function zipf(ranks: number, uniform: () => number): () => number {
  const upTo = new Float64Array(ranks);
  for (let rank = 0; rank < ranks; rank++) upTo[rank] = (upTo[rank - 1] ?? 0) + 1 / (rank + 1);
  return () => {
    const drawn = uniform() * upTo[ranks - 1]!;
    let [low, high] = [0, ranks - 1];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (upTo[middle]! > drawn) high = middle;
      else low = middle + 1;
    }
    return low;
  };
}

const threads = <Values extends Uint16Array | Uint32Array | Float32Array>(
  Values: new (memory: SharedArrayBuffer) => Values,
  bytes: number,
  length: number,
): Values => new Values(new SharedArrayBuffer(bytes * length));

/** Customers with a few favourite groups of products each; groups, and products within a group, are as popular as Zipf's law says. */
function simulated(): Interactions {
  const random = createRandom(1);
  const start = threads(Uint32Array, 4, CUSTOMERS + 1);
  for (let user = 0; user < CUSTOMERS; user++) {
    const count = MEAN_PURCHASES * Math.exp(SIGMA * random.normal() - SIGMA ** 2 / 2);
    start[user + 1] = start[user]! + Math.max(1, Math.round(count));
  }
  const count = start[CUSTOMERS]!;
  const item = threads(Uint32Array, 4, count);
  const age = threads(Float32Array, 4, count);
  const group = zipf(GROUPS, random.uniform);
  const within = zipf(PRODUCTS / GROUPS, random.uniform);
  const own = new Uint32Array(GROUPS_OF_CUSTOMER);
  for (let user = 0; user < CUSTOMERS; user++) {
    for (let i = 0; i < own.length; i++) own[i] = group();
    const [from, to] = [start[user]!, start[user + 1]!];
    for (let entry = from; entry < to; entry++) {
      const isFaithful = random.uniform() < FAITHFUL;
      const place = isFaithful ? own[Math.floor(random.uniform() * own.length)]! : group();
      const days = Math.floor(random.uniform() * DAYS);
      item[entry] = itemOf(place, within()) * SPAN + SPAN - 1 - days;
    }
    item.subarray(from, to).sort();
    for (let entry = from; entry < to; entry++) {
      age[entry] = SPAN - 1 - (item[entry]! % SPAN);
      item[entry] = Math.floor(item[entry]! / SPAN);
    }
  }
  const weight = threads(Float32Array, 4, count).fill(1);
  return {
    users: CUSTOMERS,
    items: PRODUCTS,
    start,
    item,
    age,
    weight,
    group: threads(Uint16Array, 2, CUSTOMERS),
  };
}

/** Has no divisor in common with the number of products: popular ones are spread over the numbers, as ids would spread them. */
const STRIDE = 7919;

const itemOf = (group: number, rank: number): number => ((rank * GROUPS + group) * STRIDE) % PRODUCTS;

function groupsOfItems(): Uint32Array {
  const groups = new Uint32Array(PRODUCTS);
  for (let i = 0; i < PRODUCTS; i++) groups[itemOf(i % GROUPS, Math.floor(i / GROUPS))] = i % GROUPS;
  return groups;
}

/** Of the ten nearest neighbours of all items. */
function sameGroupShare({ start, item }: Neighbors): number {
  const groups = groupsOfItems();
  let [same, all] = [0, 0];
  for (let each = 0; each < PRODUCTS; each++) {
    for (const neighbor of item.subarray(start[each]!, Math.min(start[each]! + 10, start[each + 1]!))) {
      same += Number(groups[neighbor] === groups[each]);
      all++;
    }
  }
  return Math.round((1000 * same) / all) / 1000;
}

/** Fits item-kNN to twenty million purchases in worker threads. The peak of memory is the process's, with its threads and the purchases. */
export async function itemKnnMillion(): Promise<Figures> {
  const simulating = performance.now();
  const data = simulated();
  const simulateSeconds = seconds(simulating);
  const { itemKnn: options } = optionsFor('days', HORIZON);
  const [fitting, cpu] = [performance.now(), process.cpuUsage()];
  const { model, nearest } = await fitItemKnn(data, options);
  return {
    customers: data.users,
    products: data.items,
    purchases: data.item.length,
    simulateSeconds,
    fitSeconds: seconds(fitting),
    fitCpuSeconds: cpuSeconds(cpu),
    neighbors: model.speaksFor.column.length,
    'ten nearest, share of the same group': sameGroupShare(nearest),
  };
}
