import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { groupDeviation, groupInterval } from '../../../server/engine/models/group-interval.ts';

const SHARED = 0.1;
const BASE = { total: 1000, largest: 50 };

describe('the deviation of a group', () => {
  it('is what all share for the base itself, and more the smaller the group is', () => {
    expect(groupDeviation(SHARED, BASE, BASE)).toBe(SHARED);
    const half = groupDeviation(SHARED, { total: 475, largest: 0 }, BASE);
    const few = groupDeviation(SHARED, { total: 1, largest: 0 }, BASE);
    expect(half).toBeCloseTo(Math.hypot(SHARED, 0.35 / 2), 12);
    expect(few).toBeCloseTo(Math.hypot(SHARED, 0.35), 3);
  });

  it('does not depend on how much the largest customer of all is worth', () => {
    const group = { total: 100, largest: 5 };
    expect(groupDeviation(SHARED, group, { total: 1e9 + 950, largest: 1e9 })).toBe(groupDeviation(SHARED, group, BASE));
  });

  it('has nothing of its own where one customer is all of the group, or nothing is worth anything', () => {
    expect(groupDeviation(SHARED, { total: 7, largest: 7 }, BASE)).toBe(SHARED);
    expect(groupDeviation(SHARED, { total: 0, largest: 0 }, BASE)).toBe(SHARED);
  });

  it('leaves no quantile of the base below that of a group', () => {
    const customer = fc.record({
      mean: fc.double({ min: 0.01, max: 1000, noNaN: true }),
      spread: fc.double({ min: 0.01, max: 1000, noNaN: true }),
      isIn: fc.boolean(),
    });
    const shared = fc.double({ min: 0.05, max: 1, noNaN: true });
    fc.assert(
      fc.property(fc.array(customer, { minLength: 1, maxLength: 12 }), shared, (customers, deviation) => {
        const sumOf = (values: readonly number[]) => ({
          total: values.reduce((sum, value) => sum + value, 0),
          largest: Math.max(0, ...values),
        });
        const base = sumOf(customers.map(({ mean }) => mean));
        const intervalOf = (of: typeof customers) =>
          groupInterval(
            of.map(({ mean, spread }) => ({ mean, variance: mean * spread })),
            groupDeviation(deviation, sumOf(of.map(({ mean }) => mean)), base),
          );
        const [whole, part] = [intervalOf(customers), intervalOf(customers.filter(({ isIn }) => isIn))];
        for (const at of ['p10', 'p50', 'p90'] as const)
          expect(whole[at]).toBeGreaterThanOrEqual(part[at] * (1 - 1e-3));
      }),
      { numRuns: 500 },
    );
  });
});
