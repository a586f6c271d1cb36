import { describe, expect, it } from 'vitest';

import { bdw } from '../../../server/engine/models/bdw.ts';
import { sbg } from '../../../server/engine/models/sbg.ts';
import { cohortGroups, cohortsAreThere, errorOfYears8To12, NO_COHORTS } from './fixtures/cohorts.ts';

const P = { alpha: 0.214, beta: 1.427, c: 1.724 };
const active = (tenure: number) => ({ tenure, churned: false });

describe('as published', () => {
  it.skipIf(!cohortsAreThere)(
    `fits seven years of High End, and misses years 8 to 12 by .52 points (${NO_COHORTS})`,
    () => {
      const { parameters, status, logLikelihood } = bdw.fit(cohortGroups('highend'));
      expect(status).toBe('converged');
      for (const name of ['alpha', 'beta', 'c'] as const)
        expect(Math.abs(parameters[name] - P[name])).toBeLessThan(1e-3);
      expect(errorOfYears8To12('highend', (year) => bdw.survival(parameters, year))).toBeCloseTo(0.52, 2);
      expect(logLikelihood).toBeGreaterThan(sbg.fit(cohortGroups('highend')).logLikelihood);
    },
  );
});

describe('by property', () => {
  it('is sBG at c = 1', () => {
    const shared = { alpha: 0.704, beta: 1.182 };
    const p = { ...shared, c: 1 };
    const groups = [
      { tenure: 3, churned: true, count: 7 },
      { tenure: 5, churned: false, count: 2 },
    ];
    expect(bdw.logLikelihood(p, groups)).toBe(sbg.logLikelihood(shared, groups));
    expect(bdw.gradient(p, groups)).toMatchObject(sbg.gradient(shared, groups));
    const worth = bdw.discountedExpectedTransactions(p, active(3), Number.POSITIVE_INFINITY, 0.1);
    expect(worth / sbg.discountedExpectedTransactions(shared, active(3), Number.POSITIVE_INFINITY, 0.1)).toBeCloseTo(
      1,
      13,
    );
  });

  it('lets retention dip before it rises, which sBG cannot', () => {
    const rates = Array.from({ length: 12 }, (_, i) => bdw.retentionRate(P, i + 1));
    const lowest = rates.indexOf(Math.min(...rates));
    expect(lowest).toBeGreaterThan(0);
    expect(rates.at(-1)).toBeGreaterThan(rates[lowest]!);
  });

  it('is NaN where a million terms do not reach the end', () => {
    expect(bdw.discountedExpectedTransactions(P, active(0), Number.POSITIVE_INFINITY, 1e-6)).toBeNaN();
  });

  it('leaves nobody where the power of time overflows', () => {
    const p = { alpha: 2, beta: 3, c: 500 };
    expect(bdw.survival(p, 50)).toBe(0);
    expect(bdw.expectedTransactions(p, 50)).toBeGreaterThan(0);
    expect(bdw.logLikelihood(p, [{ tenure: 50, churned: false, count: 1 }])).toBeLessThan(-1000);
  });
});
