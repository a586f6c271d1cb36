import { createRandom } from '../numerics/random.ts';
import { type History, type Interactions, type Taste, tasteOf, userItems } from './interactions.ts';
import { type Sparse, transpose } from './sparse.ts';
import { type Cause, type Recommender, strongest } from './types.ts';

export interface IalsOptions {
  /** A multiple of 4. */
  readonly dimensions: number;
  /** Weight of what was not bought against what was: alpha_0. */
  readonly unobservedWeight: number;
  /** Lambda, before scaling with frequency. */
  readonly regularization: number;
  /** Exponent nu of the frequency that scales the regularisation: 0 all alike, 1 by frequency. */
  readonly frequencyExponent: number;
  readonly sweeps: number;
  readonly seed: number;
  /** Time after which an entry of the user's history counts half. */
  readonly halfLife: number;
}

export interface IalsModel extends Pick<IalsOptions, 'dimensions' | 'halfLife'> {
  readonly items: number;
  /** Item factors, one row an item. */
  readonly factors: Float64Array;
  readonly system: NormalEquations;
}

/** What the equations of one row share with those of all others. */
interface NormalEquations extends Pick<IalsOptions, 'unobservedWeight' | 'regularization' | 'frequencyExponent'> {
  /** Sum over all rows of the other side of `v v'`, `dimensions` squared. */
  readonly gram: Float64Array;
  /** Rows of the other side. */
  readonly others: number;
}

/** Steps of conjugate gradients for a row, from where it was: enough to end where exact solutions end (Takacs et al. 2011). */
const STEPS = 3;
/** From nothing a user's vector takes more. */
const FOLD_IN_STEPS = 10;

function fit(data: Interactions, options: IalsOptions): IalsModel {
  const { dimensions, sweeps, halfLife } = options;
  const byUser = userItems(data);
  const byItem = transpose(byUser);
  const random = createRandom(options.seed);
  const spread = 0.1 / Math.sqrt(dimensions);
  // Users are solved first; from nothing, so that how they are numbered does not matter.
  const users = new Float64Array(byUser.rows * dimensions);
  const items = Float64Array.from({ length: byItem.rows * dimensions }, () => spread * random.normal());
  for (let sweep = 0; sweep < sweeps; sweep++) {
    solveRows(byUser, users, items, equationsOf(items, byItem.rows, options), dimensions);
    solveRows(byItem, items, users, equationsOf(users, byUser.rows, options), dimensions);
  }
  return { items: data.items, dimensions, halfLife, factors: items, system: equationsOf(items, data.items, options) };
}

function equationsOf(factors: Float64Array, rows: number, options: IalsOptions): NormalEquations {
  const { dimensions, unobservedWeight, regularization, frequencyExponent } = options;
  const gram = new Float64Array(dimensions ** 2);
  for (let row = 0; row < rows; row++) {
    const at = row * dimensions;
    for (let a = 0; a < dimensions; a++) {
      const factor = factors[at + a]!;
      for (let b = 0; b < dimensions; b++) gram[a * dimensions + b]! += factor * factors[at + b]!;
    }
  }
  return { unobservedWeight, regularization, frequencyExponent, gram, others: rows };
}

function solveRows(rows: Sparse, own: Float64Array, others: Float64Array, system: NormalEquations, dimensions: number) {
  for (let row = 0; row < rows.rows; row++) {
    const [from, to] = [rows.start[row]!, rows.start[row + 1]!];
    const entries = { item: rows.column.subarray(from, to), value: rows.value.subarray(from, to) };
    solve(entries, own.subarray(row * dimensions, (row + 1) * dimensions), others, system, STEPS);
  }
}

interface Entries {
  readonly item: ArrayLike<number>;
  /** Confidence in (0, 1] that the user wants the item. */
  readonly value: ArrayLike<number>;
}

/**
 * Conjugate gradients for `(sum_i c_i v_i v_i' + alpha_0 sum v v' + lambda (|I| + alpha_0 n)^nu) x = sum_i c_i v_i`,
 * the minimum of one row's loss, from the present x on. Hu et al. (2008) with the scaling of Rendle et al. (2022) eq. 6.
 */
function solve(
  { item, value }: Entries,
  x: Float64Array,
  others: Float64Array,
  system: NormalEquations,
  steps: number,
): void {
  const n = x.length;
  const { unobservedWeight, regularization, frequencyExponent, gram } = system;
  let count = 0;
  for (let i = 0; i < item.length; i++) count += value[i]!;
  const ridge = regularization * (count + unobservedWeight * system.others) ** frequencyExponent;
  const applied = new Float64Array(n);
  const apply = (p: Float64Array) => {
    for (let a = 0; a < n; a++) applied[a] = unobservedWeight * rowDot(gram, a * n, p) + ridge * p[a]!;
    for (let i = 0; i < item.length; i++) {
      const at = item[i]! * n;
      addRow(applied, value[i]! * rowDot(others, at, p), others, at);
    }
  };
  const residual = new Float64Array(n);
  for (let i = 0; i < item.length; i++) addRow(residual, value[i]!, others, item[i]! * n);
  apply(x);
  for (let a = 0; a < n; a++) residual[a]! -= applied[a]!;
  const direction = residual.slice();
  let norm = rowDot(residual, 0, residual);
  for (let step = 0; step < steps && norm > 1e-20; step++) {
    apply(direction);
    const length = norm / rowDot(direction, 0, applied);
    for (let a = 0; a < n; a++) {
      x[a]! += length * direction[a]!;
      residual[a]! -= length * applied[a]!;
    }
    const next = rowDot(residual, 0, residual);
    for (let a = 0; a < n; a++) direction[a] = residual[a]! + (next / norm) * direction[a]!;
    norm = next;
  }
}

/** Product of a vector and as many numbers of a matrix from a place on. Four sums, for one would wait for itself. */
function rowDot(matrix: Float64Array, at: number, vector: Float64Array): number {
  const n = vector.length;
  let [s0, s1, s2, s3] = [0, 0, 0, 0];
  for (let a = 0; a < n; a += 4) {
    s0 += matrix[at + a]! * vector[a]!;
    s1 += matrix[at + a + 1]! * vector[a + 1]!;
    s2 += matrix[at + a + 2]! * vector[a + 2]!;
    s3 += matrix[at + a + 3]! * vector[a + 3]!;
  }
  return s0 + s1 + (s2 + s3);
}

/** Adds a multiple of a row of a matrix to a vector. */
function addRow(vector: Float64Array, factor: number, matrix: Float64Array, at: number): void {
  for (let a = 0; a < vector.length; a += 4) {
    vector[a]! += factor * matrix[at + a]!;
    vector[a + 1]! += factor * matrix[at + a + 1]!;
    vector[a + 2]! += factor * matrix[at + a + 2]!;
    vector[a + 3]! += factor * matrix[at + a + 3]!;
  }
}

/** The vector of a user who may have come after the fit. */
function foldIn({ factors, system, dimensions }: IalsModel, taste: Taste): Float64Array {
  const user = new Float64Array(dimensions);
  solve(taste, user, factors, system, FOLD_IN_STEPS);
  return user;
}

function score(model: IalsModel, history: History, scores: Float64Array): void {
  const { factors, dimensions, items, halfLife } = model;
  const user = foldIn(model, tasteOf(history, halfLife));
  for (let item = 0; item < items; item++) scores[item] = rowDot(factors, item * dimensions, user);
}

/** How near the vectors of bought items are to that of the target. */
function explain(model: IalsModel, history: History, target: number): Cause[] {
  const { factors, dimensions, halfLife } = model;
  const taste = tasteOf(history, halfLife);
  const wanted = factors.subarray(target * dimensions, (target + 1) * dimensions);
  return strongest(
    taste.item.map((item, i) => ({ item, part: taste.value[i]! * rowDot(factors, item * dimensions, wanted) })),
  );
}

/** Factors of users and items by alternating least squares, everything not bought counting as a weak no. */
export const ials: Recommender<IalsModel, IalsOptions> = {
  name: 'ials',
  defaults: {
    dimensions: 32,
    unobservedWeight: 0.1,
    regularization: 0.003,
    frequencyExponent: 0.5,
    sweeps: 8,
    seed: 1,
    halfLife: Number.POSITIVE_INFINITY,
  },
  fit,
  score,
  explain,
};
