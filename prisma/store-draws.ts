import type { Random } from '../server/engine/numerics/random.ts';

export const DAY = 86_400_000;

/** Index of one of the weights, in proportion to them. Takes one uniform draw, whatever they are. */
export function pickIndex(random: Random, weights: ArrayLike<number>): number {
  let total = 0;
  for (let i = 0; i < weights.length; i++) total += weights[i]!;
  let rest = random.uniform() * total;
  for (let i = 0; i < weights.length; i++) {
    rest -= weights[i]!;
    if (rest < 0) return i;
  }
  return weights.length - 1;
}

/** One of the items, by weight. */
export const pick = <T>(random: Random, items: readonly T[], weight: (item: T) => number): T =>
  items[pickIndex(random, items.map(weight))]!;

export const any = <T>(random: Random, items: readonly T[]): T => items[Math.floor(random.uniform() * items.length)]!;

/** The same day, between 7 and 22 o'clock UTC. */
export const inOpeningHours = (random: Random, time: number): number =>
  Math.floor(time / DAY) * DAY + Math.floor((7 + 15 * random.uniform()) * 3600) * 1000;
