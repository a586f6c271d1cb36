import type { Interactions } from './interactions.ts';

/** What a recommender may see, and what the same users bought afterwards. */
export interface Split {
  readonly seen: Interactions;
  /** Distinct items by user. */
  readonly bought: readonly ReadonlySet<number>[];
}

/** Holds out everything younger than `horizon`; ages count from there. */
export function holdOut(data: Interactions, horizon: number): Split {
  const kept: number[] = [];
  const start = new Uint32Array(data.users + 1);
  const bought: Set<number>[] = [];
  for (let user = 0; user < data.users; user++) {
    const afterwards = new Set<number>();
    for (let entry = data.start[user]!; entry < data.start[user + 1]!; entry++) {
      if (data.age[entry]! >= horizon) kept.push(entry);
      else if (data.weight[entry] === 1) afterwards.add(data.item[entry]!);
    }
    start[user + 1] = kept.length;
    bought.push(afterwards);
  }
  const seen: Interactions = {
    ...data,
    start,
    item: Uint32Array.from(kept, (entry) => data.item[entry]!),
    age: Float32Array.from(kept, (entry) => data.age[entry]! - horizon),
    weight: Float32Array.from(kept, (entry) => data.weight[entry]!),
  };
  return { seen, bought };
}

/** Users who can be judged: those with something seen who bought something afterwards. */
export const judged = ({ seen, bought }: Split): number[] =>
  [...bought.keys()].filter((user) => seen.start[user + 1]! > seen.start[user]! && bought[user]!.size > 0);
