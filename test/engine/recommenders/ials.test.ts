import { describe, expect, it } from 'vitest';

import { type IalsModel, type IalsOptions, ials } from '../../../server/engine/recommenders/ials.ts';
import {
  historyOf,
  type Interactions,
  interactionsOf,
  userItems,
} from '../../../server/engine/recommenders/interactions.ts';
import { type Sparse, transpose } from '../../../server/engine/recommenders/sparse.ts';
import { scoresOf, shopOf, simulatedShop } from '../../support/interactions.ts';
import figures from './fixtures/ials.json' with { type: 'json' };

const data = shopOf(
  figures.users.map((entries) => entries.map(([item, weight]) => [item!, 0, weight!] as const)),
  figures.items,
);
const { dimensions, unobservedWeight, regularization, frequencyExponent } = figures;
const OPTIONS = { ...ials.defaults, dimensions, unobservedWeight, regularization, frequencyExponent };

/** x of A x = b by elimination; A symmetric positive definite. */
function solved(a: number[][], b: number[]): number[] {
  const rows = a.map((row, i) => [...row, b[i]!]);
  for (const [k, pivot] of rows.entries()) {
    for (const [i, row] of rows.entries()) {
      if (i === k) continue;
      const factor = row[k]! / pivot[k]!;
      for (let j = k; j < row.length; j++) row[j]! -= factor * pivot[j]!;
    }
  }
  return rows.map((row, i) => row.at(-1)! / row[i]!);
}

const dot = (a: readonly number[], b: readonly number[]) => a.reduce((sum, each, i) => sum + each * b[i]!, 0);

const factorsOf = ({ factors, items, dimensions: n }: IalsModel) =>
  Array.from({ length: items }, (_, item) => [...factors.slice(item * n, (item + 1) * n)]);

/** lambda (|I| + alpha_0 n)^nu by row. */
const ridges = (rows: Sparse, o: IalsOptions) =>
  Array.from({ length: rows.rows }, (_, row) => {
    const count = rows.value.slice(rows.start[row]!, rows.start[row + 1]!).reduce((sum, each) => sum + each, 0);
    return o.regularization * (count + o.unobservedWeight * rows.columns) ** o.frequencyExponent;
  });

/** The users' vectors given those of the items, exactly. */
function exactUsers(users: Sparse, items: number[][], o: IalsOptions): number[][] {
  return ridges(users, o).map((ridge, user) => {
    const c = new Float64Array(users.columns);
    for (let e = users.start[user]!; e < users.start[user + 1]!; e++) c[users.column[e]!] = users.value[e]!;
    const a = Array.from({ length: o.dimensions }, (_, i) =>
      Array.from({ length: o.dimensions }, (_each, j) =>
        items.reduce((sum, v, at) => sum + (c[at]! + o.unobservedWeight) * v[i]! * v[j]!, i === j ? ridge : 0),
      ),
    );
    const b = Array.from({ length: o.dimensions }, (_, i) => items.reduce((sum, v, at) => sum + c[at]! * v[i]!, 0));
    return solved(a, b);
  });
}

/** The loss at the items' vectors and the best of the users'. Rendle et al. (2022) eq. 3 to 6. */
function lossOf(of: Interactions, model: IalsModel, o: IalsOptions): number {
  const byUser = userItems(of);
  const items = factorsOf(model);
  const users = exactUsers(byUser, items, o);
  let loss = 0;
  for (const [user, x] of users.entries()) {
    for (const v of items) loss += o.unobservedWeight * dot(x, v) ** 2;
    for (let e = byUser.start[user]!; e < byUser.start[user + 1]!; e++)
      loss += byUser.value[e]! * (1 - dot(x, items[byUser.column[e]!]!)) ** 2;
  }
  const weigh = (ridge: readonly number[], rows: readonly number[][]) =>
    ridge.reduce((sum, each, i) => sum + each * dot(rows[i]!, rows[i]!), 0);
  return loss + weigh(ridges(byUser, o), users) + weigh(ridges(transpose(byUser), o), items);
}

describe('against an independent implementation', () => {
  it('ends where alternating least squares with exact solutions ends, from whatever start', () => {
    for (const seed of [1, 2, 3]) {
      const options = { ...OPTIONS, seed, sweeps: 200 };
      const loss = lossOf(data, ials.fit(data, options), options);
      expect(loss / figures.lowest - 1).toBeGreaterThan(-1e-9);
      expect(loss / figures.lowest - 1).toBeLessThan(1e-6);
    }
  });

  it.each([4, 8])('gives a user the scores of the exact solution, %d dimensions', (n) => {
    const shop = interactionsOf(simulatedShop(6, { users: 150, items: 30 }), 30);
    const options = { ...ials.defaults, dimensions: n };
    const model = ials.fit(shop, options);
    const items = factorsOf(model);
    const users = exactUsers(userItems(shop), items, options);
    for (const [user, x] of users.entries()) {
      const scores = scoresOf(ials, model, shop, user);
      for (const [item, v] of items.entries()) expect(Math.abs(scores[item]! - dot(x, v))).toBeLessThan(1e-6);
    }
  });
});

describe('by property', () => {
  it('makes the same model of the same seed', () => {
    const options = { ...OPTIONS, sweeps: 3 };
    expect(ials.fit(data, options)).toEqual(ials.fit(data, options));
    expect(ials.fit(data, { ...options, seed: 2 }).factors).not.toEqual(ials.fit(data, options).factors);
  });

  it('lowers the loss with every sweep', () => {
    const losses = [1, 2, 3, 5, 8, 13].map((sweeps) => {
      const options = { ...OPTIONS, sweeps };
      return lossOf(data, ials.fit(data, options), options);
    });
    for (const [i, loss] of losses.slice(1).entries()) expect(loss).toBeLessThanOrEqual(losses[i]! * (1 + 1e-9));
  });

  it('separates items of one taste from those of another, for a user who came after the fit', () => {
    const kinds = interactionsOf(
      simulatedShop(3, { users: 200, items: 20, kinds: 2 }).map((entries) => entries.filter(({ item }) => item < 20)),
      20,
    );
    const model = ials.fit(kinds, { ...ials.defaults, dimensions: 8 });
    const newcomer = shopOf([[[0], [2], [4]], []], 20);
    const scores = scoresOf(ials, model, newcomer, 0);
    const mean = (kind: number) => scores.reduce((sum, score, item) => sum + (item % 2 === kind ? score / 10 : 0), 0);
    expect(mean(0)).toBeGreaterThan(2 * mean(1));
    expect(scoresOf(ials, model, newcomer, 1).every((score) => score === 0)).toBe(true);
  });

  it('names as causes what lies near, strongest first', () => {
    const model = ials.fit(data, OPTIONS);
    const history = historyOf(
      data,
      figures.users.findIndex((entries) => entries.length > 3),
    );
    const parts = ials.explain(model, history, 5).map(({ part }) => part);
    expect(parts.every((part) => part > 0)).toBe(true);
    expect(parts).toEqual(parts.toSorted((a, b) => b - a));
  });
});
