import fc from 'fast-check';
import { expect, it } from 'vitest';

import { rate, wilson } from '../../../server/engine/experiments/rate.ts';
import { expectNear } from '../../support/near.ts';
import figures from './fixtures/statistics.json' with { type: 'json' };

it.each(figures.wilson as [number, number, number, number][])(
  '%d of %d: the interval that scipy has',
  (count, of, low, high) => {
    const { value, interval } = wilson(count, of)!;
    expect(value).toBe(count / of);
    expect(Math.abs(interval.low - low)).toBeLessThan(1e-14);
    expectNear([interval.high], [high], 1e-12);
  },
);

it('keeps the interval within 0 and 1, and the share within the interval', () => {
  const counts = fc
    .integer({ min: 1, max: 100_000 })
    .chain((of) => fc.tuple(fc.integer({ min: 0, max: of }), fc.constant(of)));
  fc.assert(
    fc.property(counts, ([count, of]) => {
      const { value, interval } = wilson(count, of)!;
      expect(interval.low).toBeGreaterThanOrEqual(0);
      expect(interval.low).toBeLessThanOrEqual(value);
      expect(interval.high).toBeGreaterThanOrEqual(value);
      expect(interval.high).toBeLessThanOrEqual(1);
      expect(interval.high).toBeGreaterThan(interval.low);
    }),
  );
});

it('has no share of nobody, which is not a share of zero', () => {
  expect(rate(0, 0)).toEqual({ count: 0, of: 0, share: null });
  expect(rate(0, 3).share!.value).toBe(0);
});

it('takes those who did for those who could where fewer are known: nobody clicks without opening', () => {
  expect(rate(5, 3)).toMatchObject({ count: 5, of: 5, share: { value: 1 } });
});
