import { expect, it } from 'vitest';

import { spearman } from '../../../server/engine/numerics/spearman.ts';

it('is 1 for any growing relation and -1 for any falling one', () => {
  const xs = [3, 1, 4, 1.5, 9];
  expect(spearman(xs, xs.map(Math.exp))).toBeCloseTo(1, 15);
  expect(
    spearman(
      xs,
      xs.map((x) => -(x ** 3)),
    ),
  ).toBeCloseTo(-1, 15);
});

it('shares ranks among ties', () => {
  // Ranks 1, 2.5, 2.5, 4 against 1, 2, 3, 4: 4.5 / sqrt(4.5 * 5).
  expect(spearman([1, 2, 2, 3], [10, 20, 30, 40])).toBeCloseTo(4.5 / Math.sqrt(22.5), 15);
});

it('is NaN where a column has one value', () => {
  expect(spearman([1, 1, 1], [1, 2, 3])).toBeNaN();
});
