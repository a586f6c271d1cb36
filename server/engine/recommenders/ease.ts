import { symmetricInverse } from '../numerics/symmetric-inverse.ts';
import { type History, type Interactions, tasteOf, userItems } from './interactions.ts';
import { type Sparse, transpose } from './sparse.ts';
import { type Cause, type Recommender, strongest } from './types.ts';

export interface EaseOptions {
  /** Regularisation, > 0. */
  readonly lambda: number;
  /** The most bought items are taken, so many at most: memory grows with their square, time with their cube. */
  readonly mostItems: number;
  /** Time after which an entry of the user's history counts half. */
  readonly halfLife: number;
}

export interface EaseModel {
  readonly halfLife: number;
  /** The items that were taken, ascending. */
  readonly head: Uint32Array;
  /** By item: place in `head`; -1 for the others. */
  readonly place: Int32Array;
  /** By places of a bought item and of an item: the weight of the one for the other; zeros on the diagonal. */
  readonly weights: Float32Array;
}

/** Bytes at the peak of a fit: the weights, and the matrix while it is inverted. */
export const easeBytes = (items: number): number => 6 * items ** 2;

function fit(data: Interactions, { lambda, mostItems, halfLife }: EaseOptions): EaseModel {
  const users = userItems(data);
  const byItem = transpose(users);
  const head = mostBought(byItem, mostItems);
  const place = new Int32Array(data.items).fill(-1);
  for (const [i, item] of head.entries()) place[item] = i;
  const size = head.length;
  const inverse = symmetricInverse(size, (gram) => {
    const row = new Float64Array(size);
    for (let i = 0; i < size; i++) {
      row.fill(0, 0, i + 1);
      for (let entry = byItem.start[head[i]!]!; entry < byItem.start[head[i]! + 1]!; entry++) {
        const user = byItem.column[entry]!;
        for (let other = users.start[user]!; other < users.start[user + 1]!; other++) {
          const j = place[users.column[other]!]!;
          if (j > i) break;
          if (j >= 0) row[j]! += byItem.value[entry]! * users.value[other]!;
        }
      }
      row[i]! += lambda;
      for (let j = 0; j <= i; j++) if (row[j] !== 0) gram.set(i, j, row[j]!);
    }
  });
  const weights = new Float32Array(size ** 2);
  const scale = Float64Array.from({ length: size }, (_, target) => -1 / inverse.get(target, target));
  for (let bought = 0; bought < size; bought++) {
    for (let target = 0; target < size; target++)
      if (bought !== target) weights[bought * size + target] = inverse.get(bought, target) * scale[target]!;
  }
  return { halfLife, head, place, weights };
}

/** The items with the most users, ascending; of equal ones those with the smaller number. */
function mostBought({ rows, start }: Sparse, most: number): Uint32Array {
  const users = (item: number) => start[item + 1]! - start[item]!;
  const items = Array.from({ length: rows }, (_, item) => item);
  return Uint32Array.from(items.sort((a, b) => users(b) - users(a) || a - b).slice(0, most)).sort();
}

function score({ halfLife, head, place, weights }: EaseModel, history: History, scores: Float64Array): void {
  const size = head.length;
  const sums = new Float64Array(size);
  const { item, value } = tasteOf(history, halfLife);
  for (let i = 0; i < item.length; i++) {
    const at = place[item[i]!]! * size;
    if (at < 0) continue;
    const each = value[i]!;
    for (let target = 0; target < size; target++) sums[target]! += each * weights[at + target]!;
  }
  scores.fill(0);
  for (let i = 0; i < size; i++) scores[head[i]!] = sums[i]!;
}

function explain({ halfLife, head, place, weights }: EaseModel, history: History, target: number): Cause[] {
  const { item, value } = tasteOf(history, halfLife);
  const to = place[target]!;
  return strongest(
    item.map((bought, i) => {
      const from = place[bought]!;
      return { item: bought, part: from < 0 || to < 0 ? 0 : value[i]! * weights[from * head.length + to]! };
    }),
  );
}

/** A linear model of each item by all others in closed form: B = I - P diag(1 / P_jj), P = (X'X + lambda I)^-1. Steck (2019) eq. 8. */
export const ease: Recommender<EaseModel, EaseOptions> = {
  name: 'ease',
  defaults: { lambda: 250, mostItems: 12_500, halfLife: Number.POSITIVE_INFINITY },
  fit,
  score,
  explain,
};
