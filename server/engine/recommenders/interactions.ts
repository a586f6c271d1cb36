import type { Sparse } from './sparse.ts';

/**
 * What customers bought or showed interest in, one entry an order day or event; users and items are numbered from 0.
 * The entries of user u are at `start[u]` to `start[u + 1]`, by item and then from the oldest to the newest.
 */
export interface Interactions {
  readonly users: number;
  readonly items: number;
  readonly start: Uint32Array;
  readonly item: Uint32Array;
  /** How long before the moment that lists are made for, >= 0: in days, or in orders where a data set has no dates. */
  readonly age: Float32Array;
  /** Feedback weight in (0, 1]: 1 for a purchase. */
  readonly weight: Float32Array;
  /** Group of each user, such as the country; 0 is that of nobody in particular. */
  readonly group: Uint16Array;
}

/** One user's entries: a row of Interactions. */
export interface History {
  readonly item: Uint32Array;
  readonly age: Float32Array;
  readonly weight: Float32Array;
  readonly group: number;
}

/** What kinds of feedback count, next to a purchase. */
export const FEEDBACK_WEIGHT = { BOUGHT: 1, ADDED_TO_CART: 0.3, VIEWED: 0.1 } as const;

export interface Entry {
  readonly item: number;
  readonly age: number;
  readonly weight: number;
}

/**
 * Puts entries of users into the order that makes results independent of how they came.
 * @param entriesOf Entries of each user, in any order.
 */
export function interactionsOf(
  entriesOf: readonly (readonly Entry[])[],
  items: number,
  group: ArrayLike<number> = new Uint16Array(entriesOf.length),
): Interactions {
  const start = new Uint32Array(entriesOf.length + 1);
  for (const [user, entries] of entriesOf.entries()) start[user + 1] = start[user]! + entries.length;
  const count = start[entriesOf.length]!;
  const [item, age, weight] = [new Uint32Array(count), new Float32Array(count), new Float32Array(count)];
  for (const [user, entries] of entriesOf.entries()) {
    const sorted = [...entries].sort((a, b) => a.item - b.item || b.age - a.age || b.weight - a.weight);
    for (const [i, entry] of sorted.entries()) {
      const place = start[user]! + i;
      item[place] = entry.item;
      age[place] = entry.age;
      weight[place] = entry.weight;
    }
  }
  return { users: entriesOf.length, items, start, item, age, weight, group: Uint16Array.from(group) };
}

export function historyOf({ start, item, age, weight, group }: Interactions, user: number): History {
  const [from, to] = [start[user]!, start[user + 1]!];
  return {
    item: item.subarray(from, to),
    age: age.subarray(from, to),
    weight: weight.subarray(from, to),
    group: group[user]!,
  };
}

/** Distinct items of a history, ascending, each with a value in (0, 1]. */
export interface Taste {
  readonly item: readonly number[];
  readonly value: readonly number[];
}

/** What an entry counts for after a while: half after `halfLife`. */
export const decayed = (weight: number, age: number, halfLife: number): number => weight * 2 ** (-age / halfLife);

/** The strongest sign of interest in each item, faded by its age; repeats do not add up. */
export function tasteOf({ item, age, weight }: History, halfLife: number): Taste {
  const items: number[] = [];
  const values: number[] = [];
  for (let i = 0; i < item.length; i++) {
    const value = decayed(weight[i]!, age[i]!, halfLife);
    const last = items.length - 1;
    if (items[last] === item[i]) values[last] = Math.max(values[last]!, value);
    else {
      items.push(item[i]!);
      values.push(value);
    }
  }
  return { item: items, value: values };
}

/** Users by items, each pair once, with the strongest sign of interest, not faded. */
export function userItems(data: Interactions): Sparse {
  const start = new Uint32Array(data.users + 1);
  const column = new Uint32Array(data.item.length);
  const value = new Float32Array(data.item.length);
  let count = 0;
  for (let user = 0; user < data.users; user++) {
    for (let entry = data.start[user]!; entry < data.start[user + 1]!; entry++) {
      const isSame = count > start[user]! && column[count - 1] === data.item[entry];
      if (isSame) value[count - 1] = Math.max(value[count - 1]!, data.weight[entry]!);
      else {
        column[count] = data.item[entry]!;
        value[count++] = data.weight[entry]!;
      }
    }
    start[user + 1] = count;
  }
  return { rows: data.users, columns: data.items, start, column: column.slice(0, count), value: value.slice(0, count) };
}

/** Baskets by items: what a user bought at one age is one row. */
export function basketItems(data: Interactions): Sparse {
  const start = [0];
  const column: number[] = [];
  for (let user = 0; user < data.users; user++) {
    const entries: number[] = [];
    for (let entry = data.start[user]!; entry < data.start[user + 1]!; entry++)
      if (data.weight[entry] === 1) entries.push(entry);
    entries.sort((a, b) => data.age[b]! - data.age[a]! || a - b);
    for (const [i, entry] of entries.entries()) {
      if (i > 0 && data.age[entry] !== data.age[entries[i - 1]!]) start.push(column.length);
      column.push(data.item[entry]!);
    }
    if (entries.length > 0) start.push(column.length);
  }
  return {
    rows: start.length - 1,
    columns: data.items,
    start: Uint32Array.from(start),
    column: Uint32Array.from(column),
    value: new Float32Array(column.length).fill(1),
  };
}

/** Some users alone, numbered anew in their order. */
export function pickUsers(data: Interactions, users: readonly number[]): Interactions {
  const parts = users.map((user): Interactions => {
    const { item, age, weight, group } = historyOf(data, user);
    const start = Uint32Array.of(0, item.length);
    return { users: 1, items: data.items, start, item, age, weight, group: Uint16Array.of(group) };
  });
  return joinInteractions(parts, data.items);
}

/** Users of one set after those of another; the same items in all. */
export function joinInteractions(parts: readonly Interactions[], items: number): Interactions {
  const users = parts.reduce((sum, part) => sum + part.users, 0);
  const count = parts.reduce((sum, { item }) => sum + item.length, 0);
  const joined = {
    users,
    items,
    start: new Uint32Array(users + 1),
    item: new Uint32Array(count),
    age: new Float32Array(count),
    weight: new Float32Array(count),
    group: new Uint16Array(users),
  };
  let [user, entry] = [0, 0];
  for (const part of parts) {
    joined.item.set(part.item, entry);
    joined.age.set(part.age, entry);
    joined.weight.set(part.weight, entry);
    joined.group.set(part.group, user);
    joined.start.set(
      part.start.subarray(1).map((at) => at + entry),
      user + 1,
    );
    user += part.users;
    entry += part.item.length;
  }
  return joined;
}
