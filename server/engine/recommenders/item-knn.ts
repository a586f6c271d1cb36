import { type History, type Interactions, tasteOf, userItems } from './interactions.ts';
import { type Sparse, transpose } from './sparse.ts';
import { topK } from './top-k.ts';
import { type Cause, type Recommender, strongest } from './types.ts';

export interface ItemKnnOptions {
  /** Neighbours that an item keeps. */
  readonly neighbors: number;
  /** Added to the denominator of the cosine: holds back items that few have bought. */
  readonly shrink: number;
  /** Whether an item's similarities are made to sum to 1. */
  readonly isNormalised: boolean;
  /** Whether an item is compared with what its popularity alone would give. */
  readonly isCentred: boolean;
  /** Time after which an entry of the user's history counts half. */
  readonly halfLife: number;
}

export interface ItemKnnModel {
  readonly halfLife: number;
  /** By bought item: its neighbours, with their similarity. */
  readonly speaksFor: Sparse;
  /** By the same entries: users who bought both. */
  readonly boughtBoth: Float32Array;
  /** By item: what is added to its score. */
  readonly bias: Float64Array;
}

/** Similar items by item: each row holds the nearest ones, nearest first. */
export interface Neighbors {
  readonly start: Uint32Array;
  readonly item: Uint32Array;
  readonly similarity: Float32Array;
  /** Users who have both with the full weight of a purchase. */
  readonly boughtBoth: Uint32Array;
}

/**
 * The nearest neighbours of the items `from` to `to` by the cosine of who has them,
 * sum_u x_ui x_uj / (|x_i| |x_j| + shrink). Items in ranges can be shared out over threads.
 * Time is the sum of squared histories over the range; memory is two numbers for each item.
 * @param items The same entries as `users`, by items.
 */
export function neighborsOf(
  users: Sparse,
  items: Sparse,
  from: number,
  to: number,
  { neighbors, shrink }: Pick<ItemKnnOptions, 'neighbors' | 'shrink'>,
): Neighbors {
  const norm = normsOf(items);
  const start = new Uint32Array(to - from + 1);
  const chosen: number[] = [];
  const similarities: number[] = [];
  const counts: number[] = [];
  const cosine = new Float64Array(items.rows);
  const boughtBoth = new Uint32Array(items.rows);
  for (let item = from; item < to; item++) {
    cosine.fill(0);
    boughtBoth.fill(0);
    for (let entry = items.start[item]!; entry < items.start[item + 1]!; entry++) {
      const user = items.column[entry]!;
      const value = items.value[entry]!;
      for (let other = users.start[user]!; other < users.start[user + 1]!; other++) {
        const product = value * users.value[other]!;
        cosine[users.column[other]!]! += product;
        if (product === 1) boughtBoth[users.column[other]!]!++;
      }
    }
    cosine[item] = 0;
    for (let j = 0; j < cosine.length; j++) if (cosine[j]! > 0) cosine[j]! /= norm[item]! * norm[j]! + shrink;
    for (const j of topK(cosine, neighbors)) {
      chosen.push(j);
      similarities.push(cosine[j]!);
      counts.push(boughtBoth[j]!);
    }
    start[item - from + 1] = chosen.length;
  }
  return {
    start,
    item: Uint32Array.from(chosen),
    similarity: Float32Array.from(similarities),
    boughtBoth: Uint32Array.from(counts),
  };
}

/** Neighbours of ranges of items that follow on each other. */
export function joinNeighbors(parts: readonly Neighbors[]): Neighbors {
  const lengths = parts.map(({ item }) => item.length);
  const offsets = lengths.map((_, i) => lengths.slice(0, i).reduce((sum, length) => sum + length, 0));
  const all = <Values extends Uint32Array | Float32Array>(of: (part: Neighbors) => Values, into: Values): Values => {
    for (const [i, part] of parts.entries()) into.set(of(part), offsets[i]!);
    return into;
  };
  const count = lengths.reduce((sum, length) => sum + length, 0);
  return {
    start: Uint32Array.from([
      0,
      ...parts.flatMap(({ start }, i) => Array.from(start.subarray(1), (at) => at + offsets[i]!)),
    ]),
    item: all(({ item }) => item, new Uint32Array(count)),
    similarity: all(({ similarity }) => similarity, new Float32Array(count)),
    boughtBoth: all(({ boughtBoth }) => boughtBoth, new Uint32Array(count)),
  };
}

const normsOf = ({ rows, start, value }: Sparse): Float64Array =>
  Float64Array.from({ length: rows }, (_, row) => {
    let sum = 0;
    for (let entry = start[row]!; entry < start[row + 1]!; entry++) sum += value[entry]! ** 2;
    return Math.sqrt(sum);
  });

/** The model that neighbours of all items make. */
export function itemKnnModel(users: Sparse, nearest: Neighbors, options: ItemKnnOptions): ItemKnnModel {
  const items = users.columns;
  const value = Float32Array.from(nearest.similarity);
  const bias = new Float64Array(items);
  const mean = new Float64Array(items);
  for (const [entry, item] of users.column.entries()) mean[item]! += users.value[entry]! / users.rows;
  for (let item = 0; item < items; item++) {
    const [from, to] = [nearest.start[item]!, nearest.start[item + 1]!];
    const sum = options.isNormalised ? value.subarray(from, to).reduce((all, each) => all + each, 0) : 1;
    for (let entry = from; entry < to; entry++) value[entry]! /= sum || 1;
    if (!options.isCentred) continue;
    bias[item] = mean[item]!;
    for (let entry = from; entry < to; entry++) bias[item]! -= value[entry]! * mean[nearest.item[entry]!]!;
  }
  const rows = { rows: items, columns: items, start: nearest.start, column: nearest.item, value };
  const counts = { ...rows, value: Float32Array.from(nearest.boughtBoth) };
  return { halfLife: options.halfLife, speaksFor: transpose(rows), boughtBoth: transpose(counts).value, bias };
}

/** Users who bought both; null where the two are no neighbours. */
export function boughtBoth({ speaksFor, boughtBoth }: ItemKnnModel, bought: number, target: number): number | null {
  for (let entry = speaksFor.start[bought]!; entry < speaksFor.start[bought + 1]!; entry++)
    if (speaksFor.column[entry] === target) return boughtBoth[entry]!;
  return null;
}

function fit(data: Interactions, options: ItemKnnOptions): ItemKnnModel {
  const users = userItems(data);
  return itemKnnModel(users, neighborsOf(users, transpose(users), 0, data.items, options), options);
}

function score({ speaksFor, bias, halfLife }: ItemKnnModel, history: History, scores: Float64Array): void {
  scores.set(bias);
  const { item, value } = tasteOf(history, halfLife);
  for (let i = 0; i < item.length; i++) {
    const each = value[i]!;
    const end = speaksFor.start[item[i]! + 1]!;
    for (let entry = speaksFor.start[item[i]!]!; entry < end; entry++)
      scores[speaksFor.column[entry]!]! += each * speaksFor.value[entry]!;
  }
}

function explain({ speaksFor, halfLife }: ItemKnnModel, history: History, target: number): Cause[] {
  const { item, value } = tasteOf(history, halfLife);
  return strongest(
    item.map((bought, i) => {
      for (let entry = speaksFor.start[bought]!; entry < speaksFor.start[bought + 1]!; entry++)
        if (speaksFor.column[entry] === target) return { item: bought, part: value[i]! * speaksFor.value[entry]! };
      return { item: bought, part: 0 };
    }),
  );
}

/** What buyers of the same items bought. Sarwar et al. (2001), shrunk as Bell & Koren (2007). */
export const itemKnn: Recommender<ItemKnnModel, ItemKnnOptions> = {
  name: 'itemKnn',
  defaults: { neighbors: 100, shrink: 20, isNormalised: false, isCentred: false, halfLife: Number.POSITIVE_INFINITY },
  fit,
  score,
  explain,
};
