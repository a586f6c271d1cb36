import { describe, expect, it } from 'vitest';

import { lnGamma } from '../../../server/engine/numerics/ln-gamma.ts';
import { createRandom, type Random } from '../../../server/engine/numerics/random.ts';

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
    ['poisson of mean 19.9, in steps', (r: Random) => r.poisson(19.9), 19.9, 19.9],
    ['poisson of mean 20.1, by rejection', (r: Random) => r.poisson(20.1), 20.1, 20.1],
    ['poisson of mean 40,000', (r: Random) => r.poisson(40_000), 40_000, 40_000],
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

  it.each([0.4, 8, 25, 300])('draws Poisson counts of mean %d as often as they come', (mean) => {
    const random = createRandom(17);
    const from = Math.max(0, Math.floor(mean - 3 * Math.sqrt(mean)));
    const bins = Math.ceil(6 * Math.sqrt(mean)) + 2;
    const seen = new Array<number>(bins).fill(0);
    for (let i = 0; i < SIZE; i++) seen[Math.min(bins - 1, Math.max(0, random.poisson(mean) - from))]!++;
    const mass = (n: number) => Math.exp(n * Math.log(mean) - mean - lnGamma(n + 1));
    const below = Array.from({ length: from }, (_, n) => mass(n)).reduce((sum, p) => sum + p, 0);
    const inside = Array.from({ length: bins - 1 }, (_, i) => mass(from + i) + (i === 0 ? below : 0));
    const expected = [...inside, 1 - inside.reduce((sum, p) => sum + p, 0)].map((p) => p * SIZE);
    const chiSquare = expected.reduce((sum, n, i) => sum + (seen[i]! - n) ** 2 / n, 0);
    expect(chiSquare).toBeLessThan(bins - 1 + 5 * Math.sqrt(2 * (bins - 1)));
  });

  it('keeps the demo store: its counts take one uniform more than they count', () => {
    const [counting, following] = [createRandom(9), createRandom(9)];
    for (const mean of [0.2, 4.5, 9.9]) {
      const count = counting.poisson(mean);
      let time = following.exponential(1);
      let steps = 0;
      for (; time < mean; time += following.exponential(1)) steps++;
      expect(count).toBe(steps);
    }
    expect(counting.uniform()).toBe(following.uniform());
  });

  it('draws no purchase at mean 0, and no number where there is no mean', () => {
    expect(createRandom(1).poisson(0)).toBe(0);
    expect(createRandom(1).poisson(Number.NaN)).toBeNaN();
    expect(createRandom(1).poisson(Number.POSITIVE_INFINITY)).toBe(Number.POSITIVE_INFINITY);
  });
});
