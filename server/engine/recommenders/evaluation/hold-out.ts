import type { Interactions } from '../interactions.ts';

/** What a recommender may see, and what the same users bought afterwards. */
export interface Split {
  readonly seen: Interactions;
  /** Distinct items by user. */
  readonly bought: readonly ReadonlySet<number>[];
}

/** Holds out everything younger than `horizon`; ages count from there. */
export function holdOut(data: Interactions, horizon: number): Split {
  const bought = Array.from({ length: data.users }, () => new Set<number>());
  for (let user = 0; user < data.users; user++) {
    for (let entry = data.start[user]!; entry < data.start[user + 1]!; entry++)
      if (data.age[entry]! < horizon && data.weight[entry] === 1) bought[user]!.add(data.item[entry]!);
  }
  return { seen: seenBefore(data, horizon), bought };
}

/** What there was so long ago; ages count from there. */
export function seenBefore(data: Interactions, horizon: number): Interactions {
  const start = new Uint32Array(data.users + 1);
  for (let user = 0; user < data.users; user++) {
    start[user + 1] = start[user]!;
    for (let entry = data.start[user]!; entry < data.start[user + 1]!; entry++)
      if (data.age[entry]! >= horizon) start[user + 1]!++;
  }
  const count = start[data.users]!;
  const [item, age, weight] = [new Uint32Array(count), new Float32Array(count), new Float32Array(count)];
  let place = 0;
  for (let entry = 0; entry < data.age.length; entry++) {
    if (data.age[entry]! < horizon) continue;
    item[place] = data.item[entry]!;
    age[place] = data.age[entry]! - horizon;
    weight[place++] = data.weight[entry]!;
  }
  return { ...data, start, item, age, weight };
}

/** Users who can be judged: those with something seen who bought something afterwards. */
export const judged = ({ seen, bought }: Split): number[] =>
  [...bought.keys()].filter((user) => seen.start[user + 1]! > seen.start[user]! && bought[user]!.size > 0);
