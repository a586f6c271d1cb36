import { minimize } from '../../numerics/minimize.ts';
import type { History } from '../interactions.ts';
import type { RecommenderName } from './findings.ts';

/**
 * P(bought within the horizon) = 1 / (1 + exp(-z)), z the intercept and the weighted sums of the recommenders' signals and of the
 * user's activity. Activity is the same for all items of a user: it shows how likely they are to buy at all, and ranks nothing.
 */
export interface Blend {
  readonly names: readonly RecommenderName[];
  readonly intercept: number;
  /** By recommender, >= 0. */
  readonly weights: readonly number[];
  readonly activityWeights: readonly number[];
}

/** A row for each candidate. */
export interface Examples {
  readonly names: readonly RecommenderName[];
  /** By row and name, in [0, 1]. */
  readonly signal: Float64Array;
  /** By row: ln(1 + age of the last purchase), ln(1 + order days). */
  readonly activity: Float64Array;
}

/** Numbers that describe a user's activity. */
export const ACTIVITY = 2;

export function activityOf({ age, weight }: Pick<History, 'age' | 'weight'>): readonly number[] {
  const days = new Set<number>();
  let youngest = Number.POSITIVE_INFINITY;
  for (let i = 0; i < age.length; i++) {
    youngest = Math.min(youngest, age[i]!);
    if (weight[i] === 1) days.add(age[i]!);
  }
  return [age.length === 0 ? 0 : Math.log1p(youngest), Math.log1p(days.size)];
}

/** Keeps weights finite where a signal parts bought from not bought completely. */
const RIDGE = 1;

/**
 * Logistic regression of what was bought on the scores of the recommenders. A recommender whose weight comes out negative adds
 * nothing that the others do not, and is left out.
 */
export function learnBlend(examples: Examples, isBought: Uint8Array): Blend {
  let names = examples.names;
  for (;;) {
    const [intercept, ...all] = regress(examples, names, isBought);
    const [activityWeights, weights] = [all.slice(0, ACTIVITY), all.slice(ACTIVITY)];
    const least = weights.indexOf(Math.min(...weights));
    if (weights.length === 0 || weights[least]! > 0) return { names, intercept: intercept!, weights, activityWeights };
    // One at a time: without it, another that says the same may have its say.
    names = names.filter((_, i) => i !== least);
  }
}

function regress(examples: Examples, names: readonly RecommenderName[], isBought: Uint8Array): readonly number[] {
  const rows = isBought.length;
  const x = features(examples, names);
  const width = 1 + ACTIVITY + names.length;
  const objective = (point: readonly number[]) => {
    let value = 0;
    const gradient = new Float64Array(width);
    for (let row = 0; row < rows; row++) {
      let z = 0;
      for (let i = 0; i < width; i++) z += point[i]! * x[row * width + i]!;
      const y = isBought[row]!;
      // ln(1 + e^z) - y z without overflow.
      value += Math.max(z, 0) + Math.log1p(Math.exp(-Math.abs(z))) - y * z;
      const error = 1 / (1 + Math.exp(-z)) - y;
      for (let i = 0; i < width; i++) gradient[i]! += error * x[row * width + i]!;
    }
    for (let i = 1; i < width; i++) {
      value += (RIDGE / 2) * point[i]! ** 2;
      gradient[i]! += RIDGE * point[i]!;
    }
    const count = Math.max(1, rows);
    return { value: value / count, gradient: Array.from(gradient, (each) => each / count) };
  };
  const start = Array.from({ length: width }, (_, i) => (i === 0 ? -4 : i <= ACTIVITY ? 0 : 1));
  return minimize(objective, start, { tolerance: 1e-6 }).point;
}

/** A row for each candidate: 1, activity, signals of the names. */
function features({ names: all, signal, activity }: Examples, names: readonly RecommenderName[]): Float64Array {
  const columns = names.map((name) => all.indexOf(name));
  const rows = signal.length / all.length;
  const width = 1 + ACTIVITY + columns.length;
  const x = new Float64Array(rows * width);
  for (let row = 0; row < rows; row++) {
    x[row * width] = 1;
    for (let i = 0; i < ACTIVITY; i++) x[row * width + 1 + i] = activity[row * ACTIVITY + i]!;
    for (let i = 0; i < columns.length; i++)
      x[row * width + 1 + ACTIVITY + i] = signal[row * all.length + columns[i]!]!;
  }
  return x;
}

/** P(bought within the horizon) of every row. */
export function probabilities(blend: Blend, examples: Examples): Float64Array {
  const x = features(examples, blend.names);
  const point = [blend.intercept, ...blend.activityWeights, ...blend.weights];
  const width = point.length;
  return Float64Array.from({ length: x.length / width }, (_, row) => {
    let z = 0;
    for (let i = 0; i < width; i++) z += point[i]! * x[row * width + i]!;
    return 1 / (1 + Math.exp(-z));
  });
}
