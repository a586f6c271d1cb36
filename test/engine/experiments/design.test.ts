import { describe, expect, it } from 'vitest';

import { experimentDesign } from '../../../server/engine/experiments/design.ts';
import {
  DESIGN_DEFAULTS,
  type DesignRequest,
  type MetricKind,
} from '../../../server/engine/experiments/design-request.ts';
import { normalQuantile } from '../../../server/engine/numerics/normal.ts';
import { createRandom } from '../../../server/engine/numerics/random.ts';
import figures from './fixtures/design.json' with { type: 'json' };

const SHARE: DesignRequest = {
  ...DESIGN_DEFAULTS,
  metricKind: 'SHARE',
  baseline: 0.1,
  standardDeviation: null,
  effect: 0.01,
  relativeEffect: null,
  customers: null,
  customersPerDay: null,
  windowDays: 14,
};
const MEAN: DesignRequest = { ...SHARE, metricKind: 'MEAN', standardDeviation: 1, baseline: 0, effect: 0.5 };

const perVariant = (request: Partial<DesignRequest>, of = SHARE) =>
  experimentDesign({ ...of, ...request }).customersPerVariant;

describe('as published', () => {
  it('takes 14,749 customers a group to tell 11% from 10%', () => {
    expect(perVariant({})).toEqual([14_749, 14_749]);
  });

  it.each([
    [0.2, 393],
    [0.5, 64],
    [0.8, 26],
  ])(
    'takes as many for a mean %f standard deviations apart as the table of Cohen (1988), less what the t takes',
    (effect, n) => {
      const [control] = perVariant({ effect }, MEAN)!;
      expect(n - control!).toBeGreaterThanOrEqual(0);
      expect(n - control!).toBeLessThanOrEqual(1);
    },
  );

  it('agrees with 16 variances over the squared effect, which is rounded up (Kohavi et al. 2009)', () => {
    const [spend] = perVariant({ baseline: 3.75, standardDeviation: 30, effect: null, relativeEffect: 0.05 }, MEAN)!;
    expect(spend! / 409_600).toBeCloseTo(15.7 / 16, 3);
  });
});

describe('against an independent implementation', () => {
  it.each(figures)('finds what search finds for $request', ({ request, ...found }) => {
    const [
      metricKind,
      baseline,
      standardDeviation,
      effect,
      power,
      significance,
      weights,
      varianceReduction,
      customers,
    ] = request as [MetricKind, number, number | null, number, number, number, number[], number, number];
    const design = experimentDesign({
      ...{
        metricKind,
        baseline,
        standardDeviation,
        effect,
        power,
        significance,
        weights,
        varianceReduction,
        customers,
      },
      ...{ relativeEffect: null, customersPerDay: null, windowDays: 1 },
    });
    const sum = weights.reduce((total, weight) => total + weight, 0);
    expect(design.customersPerVariant).toEqual(weights.map((weight) => Math.ceil((found.customers * weight) / sum)));
    expect(design.power!).toBeCloseTo(found.power, 9);
    expect(design.minimumDetectableEffect! / found.detectable).toBeCloseTo(1, 9);
  });
});

describe('by simulation', () => {
  /** Share of experiments in which the last variant is told from the control group, with variances estimated from the customers. */
  function told(request: DesignRequest, draw: (mean: number) => number, runs: number): number {
    const { customersPerVariant, significancePerComparison } = experimentDesign(request);
    const z = normalQuantile(1 - significancePerComparison / 2);
    const moments = (customers: number, mean: number) => {
      let [sum, squares] = [0, 0];
      for (let i = 0; i < customers; i++) {
        const value = draw(mean);
        sum += value;
        squares += value * value;
      }
      return { mean: sum / customers, variance: (squares - sum ** 2 / customers) / (customers - 1) / customers };
    };
    let count = 0;
    for (let run = 0; run < runs; run++) {
      const control = moments(customersPerVariant![0]!, request.baseline);
      const variant = moments(customersPerVariant!.at(-1)!, request.baseline + request.effect!);
      if (Math.abs(variant.mean - control.mean) > z * Math.sqrt(variant.variance + control.variance)) count++;
    }
    return count / runs;
  }

  it('finds shares with the power asked for, within 2 points', () => {
    const random = createRandom(11);
    const request: DesignRequest = { ...SHARE, baseline: 0.2, effect: 0.1, weights: [2, 1, 1] };
    expect(Math.abs(told(request, (mean) => Number(random.uniform() < mean), 3000) - 0.8)).toBeLessThan(0.02);
  });

  it('finds means that a covariate explains half of with the power asked for, within 2 points', () => {
    const random = createRandom(12);
    const request: DesignRequest = { ...MEAN, effect: 0.25, power: 0.9, varianceReduction: 0.5 };
    // What is left of x + e when the covariate x is taken off: e, with half of the variance.
    const draw = (mean: number) => mean + Math.SQRT1_2 * random.normal();
    expect(Math.abs(told(request, draw, 3000) - 0.9)).toBeLessThan(0.02);
  });
});

describe('a design', () => {
  it('says what it finds and how long it takes', () => {
    const design = experimentDesign({
      ...SHARE,
      customers: 29_498,
      customersPerDay: 1000,
      relativeEffect: 0.1,
      effect: null,
    });
    expect(design).toMatchObject({ customersInTotal: 29_498, recruitingDays: 30, totalDays: 44, comparisons: 1 });
    expect(design.effect).toBeCloseTo(0.01, 12);
    expect(design.power).toBeCloseTo(0.8, 4);
    expect(design.minimumDetectableEffect).toBeCloseTo(0.01, 5);
    expect(design.minimumDetectableRelativeEffect).toBeCloseTo(0.1, 4);
  });

  it('finds an effect for the customers that there are, without one to look for', () => {
    const design = experimentDesign({ ...MEAN, effect: null, customers: 400 });
    expect(design).toMatchObject({ effect: null, customersPerVariant: null, power: null, totalDays: 14 });
    expect(design.minimumDetectableEffect).toBeCloseTo(0.2802, 4);
    expect(design.minimumDetectableRelativeEffect).toBeNull();
  });

  it('shares the significance among several variants', () => {
    const [alone] = perVariant({})!;
    const design = experimentDesign({ ...SHARE, weights: [1, 1, 1] });
    expect(design.significancePerComparison).toBe(0.025);
    expect(design.customersPerVariant![0]).toBeGreaterThan(1.2 * alone!);
  });

  it('takes two customers a group at least', () => {
    expect(perVariant({ effect: 100 }, MEAN)).toEqual([2, 2]);
  });

  it('finds no share beyond 1', () => {
    const design = experimentDesign({ ...SHARE, baseline: 0.9, effect: null, customers: 20 });
    expect(design.minimumDetectableEffect).toBeNull();
  });

  it.each<[Partial<DesignRequest>, string]>([
    [{ baseline: 0 }, 'baseline'],
    [{ baseline: 1 }, 'baseline'],
    [{ standardDeviation: 1 }, 'standardDeviation'],
    [{ metricKind: 'MEAN' }, 'standardDeviation'],
    [{ metricKind: 'MEAN', standardDeviation: 0 }, 'standardDeviation'],
    [{ metricKind: 'MEAN', standardDeviation: 1, baseline: Number.NaN }, 'baseline'],
    [{ metricKind: 'MEAN', standardDeviation: 1, baseline: 0, effect: null, relativeEffect: 0.1 }, 'relativeEffect'],
    [{ relativeEffect: 0.1 }, 'relativeEffect'],
    [{ effect: 0 }, 'effect'],
    [{ effect: 0.9 }, 'effect'],
    [{ effect: -0.1 }, 'effect'],
    [{ effect: null }, 'effect'],
    [{ effect: null, relativeEffect: 9 }, 'relativeEffect'],
    [{ power: 0.4 }, 'power'],
    [{ power: 1 }, 'power'],
    [{ significance: 0 }, 'significance'],
    [{ significance: 0.6 }, 'significance'],
    [{ varianceReduction: 1 }, 'varianceReduction'],
    [{ varianceReduction: -0.1 }, 'varianceReduction'],
    [{ weights: [1] }, 'weights'],
    [{ weights: [1, 0] }, 'weights'],
    [{ customers: 1 }, 'customers'],
    [{ customers: 10.5 }, 'customers'],
    [{ customersPerDay: 0 }, 'customersPerDay'],
    [{ windowDays: 0 }, 'windowDays'],
    [{ windowDays: 366 }, 'windowDays'],
    [{ effect: 1e-7 }, 'effect'],
    [{ customersPerDay: 1e-6 }, 'customersPerDay'],
  ])('is refused for %o', (request, field) => {
    expect(() => experimentDesign({ ...SHARE, ...request })).toThrow(
      expect.objectContaining({ code: 'BAD_DESIGN', field: [field] }),
    );
  });
});
