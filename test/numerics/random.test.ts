import { describe, expect, it } from 'vitest';

import { createRandom, type Random } from '../../server/numerics/random.ts';

const SIZE = 40_000;

/** Mean and variance of SIZE draws, with five standard errors of the mean as the width to compare with. */
function sample(draw: (random: Random) => number) {
  const random = createRandom(7);
  const draws = Array.from({ length: SIZE }, () => draw(random));
  const mean = draws.reduce((sum, x) => sum + x, 0) / SIZE;
  const variance = draws.reduce((sum, x) => sum + (x - mean) ** 2, 0) / (SIZE - 1);
  return { mean, variance, width: 5 * Math.sqrt(variance / SIZE) };
}

describe('createRandom', () => {
  it('repeats its draws for the same seed and not for another', () => {
    const draws = (seed: number) => Array.from({ length: 5 }, createRandom(seed).uniform);
    expect(draws(1)).toEqual(draws(1));
    expect(draws(1)).not.toEqual(draws(2));
  });

  it('keeps its stream: stored demo stores and tests rest on it', () => {
    const random = createRandom(42);
    expect([random.uniform(), random.uniform(), random.uniform()]).toMatchInlineSnapshot(`
      [
        0.35352955432608724,
        0.06325051211751997,
        0.47994620888493955,
      ]
    `);
  });

  it.each([
    ['uniform', (r: Random) => r.uniform(), 1 / 2, 1 / 12],
    ['normal', (r: Random) => r.normal(), 0, 1],
    ['exponential of rate 4', (r: Random) => r.exponential(4), 1 / 4, 1 / 16],
    ['gamma of shape 0.25, rate 4', (r: Random) => r.gamma(0.25, 4), 1 / 16, 1 / 64],
    ['gamma of shape 7, rate 2', (r: Random) => r.gamma(7, 2), 3.5, 1.75],
    ['beta of 0.8 and 2.4', (r: Random) => r.beta(0.8, 2.4), 0.25, 0.1875 / 4.2],
    ['poisson of mean 3', (r: Random) => r.poisson(3), 3, 3],
  ])('has the mean and the variance of the %s', (_, draw, mean, variance) => {
    const seen = sample(draw);
    expect(Math.abs(seen.mean - mean)).toBeLessThan(seen.width);
    expect(seen.variance / variance).toBeGreaterThan(0.9);
    expect(seen.variance / variance).toBeLessThan(1.1);
  });

  it('fills (0, 1) evenly', () => {
    const random = createRandom(3);
    const counts = new Array<number>(20).fill(0);
    for (let i = 0; i < SIZE; i++) counts[Math.floor(20 * random.uniform())]!++;
    const chiSquare = counts.reduce((sum, n) => sum + (n - SIZE / 20) ** 2 / (SIZE / 20), 0);
    // 99.99% point of chi-square with 19 degrees of freedom.
    expect(chiSquare).toBeLessThan(50.8);
  });

  it('draws betas in [0, 1] where both gammas would be too small for a double', () => {
    const random = createRandom(5);
    const draws = Array.from({ length: 1000 }, () => random.beta(1e-3, 1e-3));
    expect(draws.every((p) => p >= 0 && p <= 1)).toBe(true);
    expect(draws.filter((p) => p > 0.5).length / 1000).toBeCloseTo(0.5, 1);
  });

  it('draws no purchase at mean 0', () => {
    expect(createRandom(1).poisson(0)).toBe(0);
  });
});
