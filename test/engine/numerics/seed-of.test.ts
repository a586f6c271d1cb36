import { expect, it } from 'vitest';

import { createRandom } from '../../../server/engine/numerics/random.ts';
import { seedOf } from '../../../server/engine/numerics/seed-of.ts';

it('keeps its seeds: the figures of stored runs rest on them', () => {
  expect([seedOf([]), seedOf([1, 2, 30.43, 38.86, 41.5])]).toMatchInlineSnapshot(`
    [
      0,
      -1671978649,
    ]
  `);
});

it('gives equal numbers equal seeds, 0 and -0 among them', () => {
  expect(seedOf([2, 0, 0.1])).toBe(seedOf([2, -0, 0.1]));
});

it('distinguishes sequences, and numbers that differ in their last bit', () => {
  const seeds = [[1, 2], [2, 1], [1, 2, 0], [0.1 + 0.2], [0.3]].map(seedOf);
  expect(new Set(seeds).size).toBe(seeds.length);
});

it('gives 100,000 customers no more equal seeds than chance does', () => {
  const seeds = new Set<number>();
  for (let x = 0; x < 100; x++) for (let days = 0; days < 1000; days++) seeds.add(seedOf([1, x, days / 7]));
  // Expected: 100,000^2 / 2 / 2^32 = 1.2.
  expect(100_000 - seeds.size).toBeLessThan(8);
});

it('gives neighbours streams that have nothing in common', () => {
  const first = Array.from({ length: 4000 }, (_, day) => createRandom(seedOf([1, 0, 0, day / 7])).uniform() - 0.5);
  const neighbours = first.slice(1).reduce((sum, u, i) => sum + u * first[i]!, 0) / first.length;
  // Five standard errors of a covariance of uniforms, 1/12 each.
  expect(Math.abs(neighbours)).toBeLessThan(5 / 12 / Math.sqrt(first.length));
});
