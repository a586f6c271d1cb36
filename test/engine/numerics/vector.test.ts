import { expect, it } from 'vitest';

import { dot, inversePositiveDefinite, maxAbs } from '../../../server/engine/numerics/vector.ts';

it('takes inner products and the largest component', () => {
  expect(dot([1, 2, 3], [4, -5, 6])).toBe(12);
  expect(maxAbs([1, -7, 3])).toBe(7);
  expect(maxAbs([1, Number.NaN])).toBeNaN();
});

it('inverts a positive definite matrix', () => {
  const matrix = [
    [4, 2, 0.6],
    [2, 5, -1],
    [0.6, -1, 3],
  ];
  const inverse = inversePositiveDefinite(matrix)!;
  for (const [i, row] of matrix.entries())
    for (const j of row.keys())
      expect(
        dot(
          row,
          inverse.map((other) => other[j]!),
        ),
      ).toBeCloseTo(i === j ? 1 : 0, 13);
});

it('has no inverse for a saddle, a flat direction or a NaN', () => {
  expect(
    inversePositiveDefinite([
      [1, 2],
      [2, 1],
    ]),
  ).toBeNull();
  expect(
    inversePositiveDefinite([
      [1, 1],
      [1, 1],
    ]),
  ).toBeNull();
  expect(inversePositiveDefinite([[Number.NaN]])).toBeNull();
});
