import { type Interactions, interactionsOf } from '../engine/recommenders/interactions.ts';

/** One item that a user bought, by their names. */
export interface Purchase {
  readonly user: string;
  readonly item: string;
  readonly age: number;
}

/** Number of each name, from 0. Whole numbers keep their order, for ties go to the smaller; other names are by the alphabet. */
export function numbered(names: Iterable<string>): ReadonlyMap<string, number> {
  const distinct = [...new Set(names)];
  const byText = (a: string, b: string) => (a < b ? -1 : Number(a > b));
  const isNumeric = distinct.every((name) => /^\d{1,15}$/.test(name));
  distinct.sort(isNumeric ? (a, b) => Number(a) - Number(b) || byText(a, b) : byText);
  return new Map(distinct.map((name, number) => [name, number]));
}

/** Purchases by numbers. */
export function interactionsFrom(
  purchases: Iterable<Purchase>,
  users: ReadonlyMap<string, number>,
  items: ReadonlyMap<string, number>,
  group?: ArrayLike<number>,
): Interactions {
  const entries: { item: number; age: number; weight: number }[][] = Array.from(users, () => []);
  for (const { user, item, age } of purchases)
    entries[users.get(user)!]!.push({ item: items.get(item)!, age, weight: 1 });
  return interactionsOf(entries, items.size, group);
}

/** Distinct items by user. */
export function itemSets(
  purchases: Iterable<Pick<Purchase, 'user' | 'item'>>,
  users: ReadonlyMap<string, number>,
  items: ReadonlyMap<string, number>,
): Set<number>[] {
  const sets = Array.from(users, () => new Set<number>());
  for (const { user, item } of purchases) sets[users.get(user)!]!.add(items.get(item)!);
  return sets;
}
