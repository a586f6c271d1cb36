import { symmetricInverse } from '../numerics/symmetric-inverse.ts';
import { type History, type Interactions, tasteOf, userItems } from './interactions.ts';
import { transpose } from './sparse.ts';
import { type Cause, type Recommender, strongest } from './types.ts';

export interface EaseOptions {
  /** Regularisation, > 0. */
  readonly lambda: number;
  /** Catalogues with more items are refused: memory grows with their square, time with their cube. */
  readonly mostItems: number;
  /** Time after which an entry of the user's history counts half. */
  readonly halfLife: number;
}

export interface EaseModel {
  readonly items: number;
  readonly halfLife: number;
  /** By bought item and item: what the one says for the other; zeros on the diagonal. */
  readonly weights: Float32Array;
}

/** Bytes at the peak of a fit: the weights, and the matrix while it is inverted. */
export const easeBytes = (items: number): number => 6 * items ** 2;

function fit(data: Interactions, { lambda, halfLife }: EaseOptions): EaseModel {
  const { items } = data;
  const users = userItems(data);
  const byItem = transpose(users);
  const inverse = symmetricInverse(items, (gram) => {
    const row = new Float64Array(items);
    for (let item = 0; item < items; item++) {
      row.fill(0, 0, item + 1);
      for (let entry = byItem.start[item]!; entry < byItem.start[item + 1]!; entry++) {
        const user = byItem.column[entry]!;
        for (let other = users.start[user]!; users.column[other]! <= item && other < users.start[user + 1]!; other++)
          row[users.column[other]!]! += byItem.value[entry]! * users.value[other]!;
      }
      row[item]! += lambda;
      for (let other = 0; other <= item; other++) if (row[other] !== 0) gram.set(item, other, row[other]!);
    }
  });
  const weights = new Float32Array(items * items);
  const scale = Float64Array.from({ length: items }, (_, target) => -1 / inverse.get(target, target));
  for (let bought = 0; bought < items; bought++) {
    for (let target = 0; target < items; target++)
      if (bought !== target) weights[bought * items + target] = inverse.get(bought, target) * scale[target]!;
  }
  return { items, halfLife, weights };
}

function score({ items, halfLife, weights }: EaseModel, history: History, scores: Float64Array): void {
  scores.fill(0);
  const { item, value } = tasteOf(history, halfLife);
  for (let i = 0; i < item.length; i++) {
    const at = item[i]! * items;
    const each = value[i]!;
    for (let target = 0; target < items; target++) scores[target]! += each * weights[at + target]!;
  }
}

function explain({ items, halfLife, weights }: EaseModel, history: History, target: number): Cause[] {
  const { item, value } = tasteOf(history, halfLife);
  return strongest(item.map((bought, i) => ({ item: bought, part: value[i]! * weights[bought * items + target]! })));
}

/** A linear model of each item by all others in closed form: B = I - P diag(1 / P_jj), P = (X'X + lambda I)^-1. Steck (2019) eq. 8. */
export const ease: Recommender<EaseModel, EaseOptions> = {
  name: 'ease',
  defaults: { lambda: 250, mostItems: 12_500, halfLife: Number.POSITIVE_INFINITY },
  fit,
  score,
  explain,
};
