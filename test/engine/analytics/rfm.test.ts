import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { classOf, midRankEdges, type RfmCustomer, rfmEdges, rfmScores } from '../../../server/engine/analytics/rfm.ts';
import { cdnowCustomers, cdnowIsThere, NO_CDNOW } from '../../support/cdnow.ts';
import { histogram } from '../../support/histogram.ts';

function segmentCounts(customers: readonly RfmCustomer[]): Record<string, number> {
  const edges = rfmEdges({
    daysSinceLastOrder: histogram(customers.map((customer) => customer.daysSinceLastOrder)),
    orderDays: histogram(customers.map((customer) => customer.orderDays)),
    monetaryValue: histogram(customers.map((customer) => customer.monetaryValue)),
  });
  const counts: Record<string, number> = {};
  for (const customer of customers) {
    const { segment } = rfmScores(customer, edges);
    counts[segment] = (counts[segment] ?? 0) + 1;
  }
  return counts;
}

const values = fc.array(fc.integer({ min: -20, max: 20 }), { minLength: 1, maxLength: 60 });

describe('midRankEdges', () => {
  it('gives each value the class of its mid-rank', () => {
    fc.assert(
      fc.property(values, fc.integer({ min: 2, max: 7 }), (sample, classes) => {
        const edges = midRankEdges(histogram(sample), classes);
        for (const value of sample) {
          const doubled = sample.reduce((sum, other) => sum + (other < value ? 2 : other === value ? 1 : 0), 0);
          const expected = Math.floor((classes * doubled) / (2 * sample.length));
          expect(classOf(value, edges)).toBe(Math.min(classes - 1, expected));
        }
      }),
    );
  });

  it('never puts a larger value into a lower class, seen before or not', () => {
    fc.assert(
      fc.property(
        values,
        fc.double({ min: -30, max: 30, noNaN: true }),
        fc.double({ min: 0, max: 9, noNaN: true }),
        (sample, value, more) => {
          const edges = midRankEdges(histogram(sample), 5);
          expect(classOf(value + more, edges)).toBeGreaterThanOrEqual(classOf(value, edges));
        },
      ),
    );
  });

  it('puts a value exactly on a boundary on its upper side', () => {
    // Five values, u = .1 .3 .5 .7 .9: 5u = .5 1.5 2.5 3.5 4.5. With the classes halved, u = .5 is exactly 1 of 2.
    const five = histogram([10, 20, 30, 40, 50]);
    expect(midRankEdges(five, 5)).toEqual([20, 30, 40, 50]);
    expect(midRankEdges(five, 2)).toEqual([30]);
  });

  it('leaves classes empty rather than part equal values', () => {
    expect(midRankEdges(histogram([7, 7, 7]), 5)).toEqual([7, 7, null, null]);
    expect(classOf(7, [7, 7, null, null])).toBe(2);
  });
});

describe('rfmScores', () => {
  const edges = rfmEdges({
    daysSinceLastOrder: histogram([0, 10, 20, 30, 40]),
    orderDays: histogram([1, 1, 1, 2, 3, 4, 5]),
    monetaryValue: histogram([5, 10, 15, 20, 25]),
  });

  it('scores recent, frequent and valuable customers 5', () => {
    expect(rfmScores({ daysSinceLastOrder: 0, orderDays: 5, monetaryValue: 25 }, edges)).toEqual({
      r: 5,
      f: 5,
      m: 5,
      fm: 5,
      segment: 'CHAMPION',
    });
  });

  it('gives a single order F = 1 and cuts repeat buyers in four', () => {
    const f = [1, 2, 3, 4, 5].map(
      (orderDays) => rfmScores({ daysSinceLastOrder: 5, orderDays, monetaryValue: 10 }, edges).f,
    );
    expect(f).toEqual([1, 2, 3, 4, 5]);
  });

  it('gives any repeat buyer more than F = 1, even one rarer than all seen', () => {
    const seen = rfmEdges({
      daysSinceLastOrder: histogram([1]),
      orderDays: histogram([4, 5, 6]),
      monetaryValue: histogram([1]),
    });
    expect(rfmScores({ daysSinceLastOrder: 1, orderDays: 2, monetaryValue: 1 }, seen).f).toBe(2);
  });

  it('partitions any customers, whatever the order of the rows', () => {
    const customer = fc.record({
      daysSinceLastOrder: fc.integer({ min: 0, max: 400 }),
      orderDays: fc.integer({ min: 1, max: 9 }),
      monetaryValue: fc.integer({ min: -5, max: 500 }),
    });
    fc.assert(
      fc.property(fc.array(customer, { minLength: 1, maxLength: 50 }), (customers) => {
        const counts = segmentCounts(customers);
        expect(Object.values(counts).reduce((sum, n) => sum + n, 0)).toBe(customers.length);
        expect(segmentCounts(customers.toReversed())).toEqual(counts);
      }),
    );
  });

  it.skipIf(!cdnowIsThere)(`counts CDNOW's sample as published, in any order (${NO_CDNOW})`, () => {
    const customers = cdnowCustomers('sample').map(({ daysSinceLastOrder, x, revenueCents }) => ({
      daysSinceLastOrder,
      orderDays: x + 1,
      monetaryValue: revenueCents / 100,
    }));
    const expected = {
      CHAMPION: 445,
      LOYAL: 204,
      POTENTIAL_LOYALIST: 368,
      PROMISING: 194,
      NEED_ATTENTION: 520,
      ABOUT_TO_SLEEP: 137,
      AT_RISK: 115,
      CANT_LOSE: 3,
      HIBERNATING: 225,
      LOST: 146,
    };
    expect(segmentCounts(customers)).toEqual(expected);
    expect(segmentCounts(customers.toSorted((a, b) => a.monetaryValue - b.monetaryValue))).toEqual(expected);
  });
});
