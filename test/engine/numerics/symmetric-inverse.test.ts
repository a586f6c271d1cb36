import { describe, expect, it } from 'vitest';

import { createRandom } from '../../../server/engine/numerics/random.ts';
import {
  inverseBytes,
  type SymmetricMatrix,
  symmetricInverse,
} from '../../../server/engine/numerics/symmetric-inverse.ts';
import figures from './fixtures/symmetric-inverse.json' with { type: 'json' };

/** Less than a tile of 128, one, and more than one, with and without a rest. */
const SIZES = [1, 5, 127, 128, 129, 256, 300];

const inverseOf = (size: number, entry: (row: number, column: number) => number): SymmetricMatrix =>
  symmetricInverse(size, (matrix) => {
    for (let row = 0; row < size; row++)
      for (let column = 0; column <= row; column++) matrix.set(row, column, entry(row, column));
  });

/** Largest difference of A A^-1 from the identity. */
function distanceFromIdentity(size: number, entry: (row: number, column: number) => number): number {
  const inverse = inverseOf(size, entry);
  const row = new Float64Array(size);
  const column = new Float64Array(size);
  let most = 0;
  for (let j = 0; j < size; j++) {
    for (let k = 0; k < size; k++) column[k] = inverse.get(k, j);
    for (let i = 0; i < size; i++) {
      for (let k = 0; k < size; k++) row[k] = entry(i, k);
      most = Math.max(most, Math.abs(row.reduce((sum, each, k) => sum + each * column[k]!, 0) - Number(i === j)));
    }
  }
  return most;
}

/** X'X + ridge of normal draws, twice as many rows as columns, in single precision. */
function randomPositiveDefinite(size: number, ridge: number, seed: number): (row: number, column: number) => number {
  const random = createRandom(seed);
  const x = Array.from({ length: size }, () => Float64Array.from({ length: 2 * size }, () => random.normal()));
  const matrix = new Float32Array(size * size);
  for (let row = 0; row < size; row++) {
    for (let column = 0; column <= row; column++) {
      let product = row === column ? ridge : 0;
      for (let k = 0; k < 2 * size; k++) product += x[row]![k]! * x[column]![k]!;
      matrix[row * size + column] = matrix[column * size + row] = product;
    }
  }
  return (row, column) => matrix[row * size + column]!;
}

describe('as published', () => {
  it('inverts the Pascal matrix, whose inverse is of integers', () => {
    const choose = (n: number, k: number): number => (k === 0 ? 1 : (choose(n - 1, k - 1) * n) / k);
    const inverse = inverseOf(5, (row, column) => choose(row + column, row));
    const expected = [
      [5, -10, 10, -5, 1],
      [-10, 30, -35, 19, -4],
      [10, -35, 46, -27, 6],
      [-5, 19, -27, 17, -4],
      [1, -4, 6, -4, 1],
    ];
    for (const [row, values] of expected.entries())
      expect(values.map((_, column) => inverse.get(row, column))).toEqual(values);
  });

  it.each(SIZES)('inverts the second difference of size %d, whose inverse is that of a string', (size) => {
    const inverse = inverseOf(size, (row, column) => (row === column ? 2 : row - column === 1 ? -1 : 0));
    let worst = 0;
    for (let row = 0; row < size; row++) {
      for (let column = 0; column < size; column++) {
        const expected = ((Math.min(row, column) + 1) * (size - Math.max(row, column))) / (size + 1);
        worst = Math.max(worst, Math.abs(inverse.get(row, column) / expected - 1));
      }
    }
    // 1e-7 times the condition number, which is about 0.4 (size + 1)^2.
    expect(worst).toBeLessThan(1e-7 * Math.max(4, 0.4 * (size + 1) ** 2));
  });
});

describe('against an independent implementation', () => {
  it('has the entries that LAPACK finds in double precision', () => {
    const entry = (size: number) => (row: number, column: number) =>
      Math.exp(-Math.abs(row - column) / 7) + (row === column ? 0.5 : 0) + (row + column === size - 1 ? 0.1 : 0);
    const inverses = new Map(SIZES.map((size) => [size, inverseOf(size, entry(size))]));
    // The condition number is about 30, the largest entries about 1.
    for (const [size, row, column, expected] of figures.entries as [number, number, number, number][])
      expect(Math.abs(inverses.get(size)!.get(row, column) - expected)).toBeLessThan(2e-6);
  });
});

describe('by property', () => {
  it.each(SIZES)('gives the identity times the matrix, size %d', (size) => {
    expect(distanceFromIdentity(size, randomPositiveDefinite(size, size, size))).toBeLessThan(1e-5);
  });

  it('leaves blocks that have nothing to do with each other alone', () => {
    const size = 140;
    const a = randomPositiveDefinite(100, 50, 3);
    const whole = inverseOf(size, (row, column) => {
      if (row < 100 && column < 100) return a(row, column);
      return row === column ? 4 : 0;
    });
    const block = inverseOf(100, a);
    for (let row = 0; row < 100; row += 7) {
      expect(whole.get(row, 99)).toBe(block.get(row, 99));
      expect(Math.abs(whole.get(row, 130))).toBe(0);
    }
    expect(whole.get(139, 139)).toBe(0.25);
  });

  it('reads and takes either side of the diagonal, and keeps what was not written at 0', () => {
    const below = symmetricInverse(200, (matrix) => {
      for (let i = 0; i < 200; i++) matrix.set(i, i, 2);
      matrix.set(150, 3, 1);
      matrix.set(7, 5, 1);
    });
    const above = symmetricInverse(200, (matrix) => {
      for (let i = 0; i < 200; i++) matrix.set(i, i, 2);
      matrix.set(3, 150, 1);
      matrix.set(5, 7, 1);
      expect([matrix.size, matrix.get(150, 3), matrix.get(7, 5), matrix.get(8, 5)]).toEqual([200, 1, 1, 0]);
    });
    for (const [row, column] of [
      [150, 3],
      [3, 150],
      [7, 5],
      [5, 7],
    ] as const) {
      expect(below.get(row, column)).toBeCloseTo(-1 / 3, 6);
      expect(above.get(row, column)).toBe(below.get(row, column));
    }
  });

  it('is NaN throughout for a matrix that is not positive definite, in whichever tile that shows', () => {
    for (const [size, at] of [
      [5, 2],
      [300, 0],
      [300, 299],
    ] as const) {
      const inverse = inverseOf(size, (row, column) => (row !== column ? 0 : row === at ? -1 : 1));
      expect([inverse.get(0, 0), inverse.get(size - 1, 0), inverse.get(size - 1, size - 1)]).toEqual(
        new Array(3).fill(Number.NaN),
      );
    }
    expect(inverseOf(3, () => 1).get(1, 1)).toBeNaN();
    expect(inverseOf(2, () => Number.NaN).get(0, 0)).toBeNaN();
  });

  it('returns the bytes that it takes: 2 n^2 and a little', () => {
    expect(inverseBytes(1)).toBe(4 * 128 ** 2 * 4);
    expect(inverseBytes(128)).toBe(inverseBytes(1));
    expect(inverseBytes(129)).toBe((3 + 4 + 1) * 128 ** 2 * 4);
    expect(inverseBytes(12_800) / (2 * 12_800 ** 2)).toBeCloseTo(1.05, 2);
  });
});
