import type { OrderDays } from '../../server/engine/analytics/order-days.ts';
import { bgNbd } from '../../server/engine/models/bg-nbd.ts';
import { DAYS_PER_WEEK } from '../../server/engine/models/clv.ts';
import { mbgCnbd } from '../../server/engine/models/mbg-cnbd.ts';
import { mbgNbd } from '../../server/engine/models/mbg-nbd.ts';
import { paretoNbd } from '../../server/engine/models/pareto-nbd.ts';
import { createRandom, type Random } from '../../server/engine/numerics/random.ts';

type Simulate = (alpha: number, weeks: number, random: Random) => readonly number[];

const DROPOUT = { a: 0.8, b: 2.5 };

/** How customers of a shop order, by the rate's alpha: days of orders after the first one, in weeks. */
const MODELS = {
  'bg-nbd': (alpha, weeks, random) => bgNbd.simulate({ r: 0.8, alpha: 8 * alpha, ...DROPOUT }, weeks, random),
  'mbg-nbd': (alpha, weeks, random) => mbgNbd.simulate({ r: 0.8, alpha: 8 * alpha, ...DROPOUT }, weeks, random),
  'mbg-cnbd': (alpha, weeks, random) => mbgCnbd.simulate({ k: 2, r: 1, alpha: 5 * alpha, ...DROPOUT }, weeks, random),
  'pareto-nbd': (alpha, weeks, random) =>
    paretoNbd.simulate({ r: 0.8, alpha: 8 * alpha, s: 0.6, beta: 14 }, weeks, random),
} satisfies Record<string, Simulate>;

export const SHOP_MODELS = Object.keys(MODELS) as (keyof typeof MODELS)[];

/** Standard deviations over a year, and the largest amplitude, of the logarithm of the order rate. */
const [DRIFT, TREND, SEASON] = [0.15, 0.12, 0.25];
const WEEKS_PER_YEAR = 52;

/** The order rate by week: it wanders, has a season, and rises or falls. */
function orderRates(weeks: number, random: Random): number[] {
  const season = SEASON * random.uniform();
  const phase = WEEKS_PER_YEAR * random.uniform();
  const trend = TREND * random.normal();
  let drift = 0;
  return Array.from({ length: weeks }, (_, week) => {
    drift += (DRIFT / Math.sqrt(WEEKS_PER_YEAR)) * random.normal();
    const years = week / WEEKS_PER_YEAR;
    return Math.exp(drift + trend * years + season * Math.sin(2 * Math.PI * (years + phase)));
  });
}

/**
 * A shop whose customers come at any time of `seen` weeks and behave as the model has it, at a rate that no model knows of.
 * @returns The order days of each, up to a year later.
 */
export function wanderingShop(
  model: keyof typeof MODELS,
  { customers, seen, seed }: { readonly customers: number; readonly seen: number; readonly seed: number },
): OrderDays[] {
  const random = createRandom(seed);
  const weeks = seen + WEEKS_PER_YEAR + 1;
  const rates = orderRates(weeks + 1, random);
  const highest = Math.max(...rates);
  return Array.from({ length: customers }, () => {
    const first = Math.floor(DAYS_PER_WEEK * seen * random.uniform());
    const mean = random.gamma(6, 100);
    const spend = new Map<number, number>();
    // Orders at the highest rate, of which the week lets so many happen.
    for (const [k, week] of [0, ...MODELS[model](1 / highest, weeks - first / DAYS_PER_WEEK, random)].entries()) {
      const day = first + Math.ceil(DAYS_PER_WEEK * week);
      if (k > 0 && random.uniform() > rates[Math.floor(day / DAYS_PER_WEEK)]! / highest) continue;
      spend.set(day, (spend.get(day) ?? 0) + mean * random.gamma(4, 4));
    }
    return { days: [...spend.keys()], values: [...spend.values()] };
  });
}
