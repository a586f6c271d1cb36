import fc from 'fast-check';

import { createRandom, type Random } from '../../server/engine/numerics/random.ts';
import {
  type Entry,
  historyOf,
  type Interactions,
  interactionsOf,
} from '../../server/engine/recommenders/interactions.ts';
import type { Recommender } from '../../server/engine/recommenders/types.ts';

/** Users with their entries as item, age and, where it was no purchase, weight. */
export const shopOf = (
  users: readonly (readonly (readonly [item: number, age?: number, weight?: number])[])[],
  items: number,
  group?: readonly number[],
): Interactions =>
  interactionsOf(
    users.map((entries) => entries.map(([item, age = 0, weight = 1]) => ({ item, age, weight }))),
    items,
    group,
  );

/** Entries of users in arbitrary order, some users without any; ages in days, weights of feedback. */
export const arbitraryUsers = (items: number, users = { minLength: 1, maxLength: 12 }): fc.Arbitrary<Entry[][]> =>
  fc.array(
    fc.array(
      fc.record({
        item: fc.nat({ max: items - 1 }),
        age: fc.oneof(fc.nat({ max: 5 }), fc.nat({ max: 2000 })),
        weight: fc.constantFrom(1, 1, 0.3, 0.1),
      }),
      { maxLength: 12 },
    ),
    users,
  );

/** A shop whose users each favour one of the kinds of items, and buy some of these again and again. */
export function simulatedShop(seed: number, { users, items, kinds = 4, days = 365 }: ShopSize): Entry[][] {
  const random = createRandom(seed);
  const appeal = Array.from({ length: items }, () => random.gamma(0.7, 1) + 0.02);
  const repeats = Array.from({ length: items }, () => (random.uniform() < 0.4 ? 1 / (10 + 60 * random.uniform()) : 0));
  const draw = (kind: number) => {
    const weights = appeal.map((each, item) => (item % kinds === kind ? each : 0.15 * each));
    return chosen(weights, random);
  };
  return Array.from({ length: users }, () => {
    const kind = Math.floor(kinds * random.uniform());
    const rate = random.gamma(2, 40);
    const entries: Entry[] = [];
    for (let age = days - random.exponential(rate); age > 0; age -= random.exponential(rate)) {
      const item = draw(kind);
      entries.push({ item, age: Math.floor(age), weight: 1 });
      const again = repeats[item]!;
      if (again === 0) continue;
      for (let later = age - random.exponential(again); later > 0; later -= random.exponential(again))
        entries.push({ item, age: Math.floor(later), weight: 1 });
    }
    return entries;
  });
}

interface ShopSize {
  readonly users: number;
  readonly items: number;
  readonly kinds?: number;
  readonly days?: number;
}

/** A number from 0 on, with a chance in proportion to its weight. */
export function chosen(weights: readonly number[], random: Random): number {
  let rest = random.uniform() * weights.reduce((sum, weight) => sum + weight, 0);
  const at = weights.findIndex((weight) => {
    rest -= weight;
    return rest < 0;
  });
  return at < 0 ? weights.length - 1 : at;
}

/** The scores of every item for a user. */
export function scoresOf<Model>(
  { score }: Pick<Recommender<Model, never>, 'score'>,
  model: Model,
  data: Interactions,
  user: number,
): Float64Array {
  const scores = new Float64Array(data.items).fill(Number.NaN);
  score(model, historyOf(data, user), scores);
  return scores;
}
