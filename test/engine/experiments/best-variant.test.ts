import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { bestOf, betaPosterior, normalPosterior } from '../../../server/engine/experiments/best-variant.ts';
import { normalCdf, normalDensity } from '../../../server/engine/numerics/normal.ts';
import figures from './fixtures/statistics.json' with { type: 'json' };

describe('against an independent implementation (fixtures/statistics.py: adaptive quadrature, checked by simulation)', () => {
  it.each(figures.best)('of shares $arms', ({ arms, probabilityBest, expectedLoss }) => {
    const best = bestOf(arms.map(([count, customers]) => betaPosterior(count!, customers!)));
    for (const [i, each] of best.entries()) {
      expect(Math.abs(each.probabilityBest - probabilityBest[i]!)).toBeLessThan(1e-9);
      expect(Math.abs(each.expectedLoss - expectedLoss[i]!)).toBeLessThan(1e-9);
    }
  });
});

describe('by property', () => {
  const mean = fc.double({ min: -5, max: 5, noNaN: true });
  const deviation = fc.double({ min: -4, max: 1, noNaN: true }).map((lg) => 10 ** lg);

  it('is known in closed form of two normals, however different in width', () => {
    fc.assert(
      fc.property(mean, deviation, mean, deviation, (m1, s1, m2, s2) => {
        const spread = Math.hypot(s1, s2);
        const ahead = (m1 - m2) / spread;
        const [first, second] = bestOf([normalPosterior(m1, s1), normalPosterior(m2, s2)]);
        expect(first!.probabilityBest).toBeCloseTo(normalCdf(ahead), 9);
        // E[max(0, second - first)].
        const loss = spread * (normalDensity(ahead) - ahead * normalCdf(-ahead));
        // Where the means lie thousands of spreads apart, the loss is as large as their distance.
        expect(Math.abs(first!.expectedLoss - loss) / Math.max(spread, loss)).toBeLessThan(1e-8);
        expect(Math.abs(second!.expectedLoss - first!.expectedLoss - (m1 - m2))).toBeLessThan(1e-8);
      }),
      { numRuns: 40 },
    );
  });

  it('gives variants that are alike the same chance', () => {
    for (const posterior of [betaPosterior(0, 40), betaPosterior(700, 900), normalPosterior(3, 0.1)]) {
      const best = bestOf([posterior, posterior, posterior, posterior]);
      for (const { probabilityBest, expectedLoss } of best) {
        expect(probabilityBest).toBeCloseTo(0.25, 9);
        expect(expectedLoss).toBeCloseTo(best[0]!.expectedLoss, 12);
      }
    }
  });

  it('adds up to certainty', () => {
    const customers = fc.integer({ min: 2, max: 3000 });
    const arm = customers.chain((of) => fc.tuple(fc.integer({ min: 0, max: of }), fc.constant(of)));
    fc.assert(
      fc.property(fc.array(arm, { minLength: 2, maxLength: 5 }), (arms) => {
        const best = bestOf(arms.map(([count, of]) => betaPosterior(count, of)));
        expect(best.reduce((sum, { probabilityBest }) => sum + probabilityBest, 0)).toBeCloseTo(1, 8);
        for (const { expectedLoss } of best) expect(expectedLoss).toBeGreaterThanOrEqual(0);
      }),
      { numRuns: 40 },
    );
  });
});
