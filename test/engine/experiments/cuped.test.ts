import { describe, expect, it } from 'vitest';

import { adjusted, adjustmentOf, UNADJUSTED } from '../../../server/engine/experiments/cuped.ts';
import { meanDifference } from '../../../server/engine/experiments/lift.ts';
import { type Moments, sampleOf, sumMoments } from '../../../server/engine/experiments/moments.ts';
import { createRandom, type Random } from '../../../server/engine/numerics/random.ts';

function momentsOf(customers: readonly (readonly [y: number, x: number])[]): Moments {
  const sum = (of: (y: number, x: number) => number) => customers.reduce((total, [y, x]) => total + of(y, x), 0);
  return {
    customers: customers.length,
    x: sum((_, x) => x),
    xx: sum((_, x) => x * x),
    y: sum((y) => y),
    yy: sum((y) => y * y),
    xy: sum((y, x) => x * y),
  };
}

/** Customers whose metric has a variance of 4 and this correlation with a covariate about 50. */
function draw(random: Random, customers: number, correlation: number, mean: number): Moments {
  const noise = Math.sqrt(1 - correlation ** 2);
  return momentsOf(
    Array.from({ length: customers }, () => {
      const x = random.normal();
      return [mean + 2 * (correlation * x + noise * random.normal()), 50 + 10 * x] as const;
    }),
  );
}

function liftOf(treated: Moments, control: Moments) {
  const adjustment = adjustmentOf([treated, control]);
  const all = sumMoments([treated, control]);
  const meanOfAll = all.x / all.customers;
  const sides = [adjusted(treated, adjustment, meanOfAll), adjusted(control, adjustment, meanOfAll)] as const;
  return { adjustment, variance: sides[1].variance, ...meanDifference(...sides)! };
}

describe('by simulation', () => {
  it.each([0, 0.5, 0.9])('takes rho^2 of the variance where the correlation is %d', (correlation) => {
    const { adjustment, variance } = liftOf(
      draw(createRandom(1), 20_000, correlation, 8.5),
      draw(createRandom(2), 20_000, correlation, 8),
    );
    // The standard error of a squared correlation of 40,000 is 2 rho (1 - rho^2) / 200, at most .004.
    expect(Math.abs(adjustment.varianceReduction - correlation ** 2)).toBeLessThan(0.015);
    expect(Math.abs(variance / (4 * (1 - correlation ** 2)) - 1)).toBeLessThan(0.05);
    expect(Math.abs(adjustment.theta - (correlation * 2) / 10)).toBeLessThan(0.005);
  });

  it('stays unbiased, with intervals that cover, and estimates that scatter less by what theory gives', () => {
    const random = createRandom(3);
    const [runs, customers, effect, correlation] = [600, 150, 0.5, 0.8];
    let [sum, squares, plainSquares, covered] = [0, 0, 0, 0];
    for (let run = 0; run < runs; run++) {
      const treated = draw(random, customers, correlation, effect);
      const control = draw(random, customers, correlation, 0);
      const { value, interval } = liftOf(treated, control).absolute;
      const plain = sampleOf(treated).mean - sampleOf(control).mean;
      sum += value - effect;
      squares += (value - effect) ** 2;
      plainSquares += (plain - effect) ** 2;
      if (interval.low < effect && effect < interval.high) covered++;
    }
    // Standard errors of a mean, and of a ratio of variances, of 600.
    expect(Math.abs(sum / runs)).toBeLessThan(3.5 * Math.sqrt((2 * 4 * (1 - correlation ** 2)) / customers / runs));
    expect(Math.abs(squares / plainSquares / (1 - correlation ** 2) - 1)).toBeLessThan(0.2);
    expect(covered / runs).toBeGreaterThan(0.92);
    expect(covered / runs).toBeLessThan(0.98);
  });
});

describe('by property', () => {
  const treated = momentsOf([
    [3, 1],
    [5, 2],
    [10, 4],
  ]);
  const control = momentsOf([
    [1, 2],
    [2, 3],
    [6, 4],
    [7, 9],
  ]);

  it('takes theta from within the variants: what all of one have more of does not enter', () => {
    const shifted = momentsOf([
      [1003, 1],
      [1005, 2],
      [1010, 4],
    ]);
    expect(adjustmentOf([shifted, control]).theta).toBeCloseTo(adjustmentOf([treated, control]).theta, 9);
    // S_xy of (3, 5, 10) by (1, 2, 4) is 11, of the control group 23; S_xx 14/3 and 29.
    expect(adjustmentOf([treated, control]).theta).toBeCloseTo((11 + 23) / (14 / 3 + 29), 12);
  });

  it('compares as if the variants had the same mean of the covariate', () => {
    const adjustment = { theta: 0.5, varianceReduction: 0, inflation: 1 };
    expect(adjusted(treated, adjustment, 3).mean).toBeCloseTo(6 - 0.5 * (7 / 3 - 3), 12);
  });

  it('leaves everything as it is where the covariate is the same for all, and where there are too few', () => {
    const alike = momentsOf([
      [1, 0.1],
      [2, 0.1],
      [4, 0.1],
    ]);
    expect(adjustmentOf([alike, alike])).toBe(UNADJUSTED);
    expect(adjustmentOf([momentsOf([[1, 2]]), momentsOf([[2, 3]])])).toBe(UNADJUSTED);
    expect(adjusted(treated, UNADJUSTED, 77)).toEqual(sampleOf(treated));
  });
});
