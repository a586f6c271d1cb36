import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { gini, listFigures, outcomeOf } from '../../../server/engine/recommenders/evaluation/list-figures.ts';

const log2 = Math.log2;

describe('by hand', () => {
  it('counts hits within k over all that was bought', () => {
    const outcome = outcomeOf([7, 3, 9, 4], new Set([3, 4, 8]), 3);
    expect(outcome.recall).toBe(1 / 3);
    expect(outcome.isHit).toBe(true);
    expect(outcome.ndcg).toBeCloseTo(1 / log2(3) / (1 + 1 / log2(3) + 1 / 2), 15);
  });

  it('takes the best list of k as the measure of one, and of the whole basket for baskets', () => {
    const { ndcg, ndcgOfBasket } = outcomeOf([1, 2], new Set([1, 2, 3]), 2);
    expect(ndcg).toBe(1);
    expect(ndcgOfBasket).toBeCloseTo((1 + 1 / log2(3)) / (1 + 1 / log2(3) + 1 / 2), 15);
  });

  it('averages over users who bought something; all lists count for the spread', () => {
    const figures = listFigures([[0, 1], [1], [2, 0]], [new Set([1]), new Set(), new Set([0, 3])], 2, 4);
    expect(figures.recall).toBeCloseTo((1 + 1 / 2) / 2, 15);
    expect(figures.hitRate).toBe(1);
    expect(figures.ndcg).toBeCloseTo((1 / log2(3) + 1 / log2(3) / (1 + 1 / log2(3))) / 2, 15);
    expect(figures.coverage).toBe(3 / 4);
    // Listed 2, 2, 1 and 0 times: mean absolute difference 14/16 over twice the mean 5/4.
    expect(figures.concentration).toBeCloseTo(14 / 16 / (2 * (5 / 4)), 15);
  });

  it('is 0 where nobody bought anything', () => {
    expect(listFigures([[0]], [new Set()], 1, 2)).toMatchObject({ recall: 0, ndcg: 0, hitRate: 0, coverage: 1 / 2 });
  });

  it('has a Gini coefficient of 0 for all alike and of (n - 1)/n for one alone', () => {
    expect(gini(new Float64Array(5).fill(7))).toBe(0);
    expect(gini(Float64Array.of(0, 0, 0, 9))).toBe(3 / 4);
    expect(gini(new Float64Array(4))).toBe(0);
    expect(gini(Float64Array.of(3, 1))).toBe(1 / 4);
  });
});

describe('by property', () => {
  const counts = fc.array(fc.nat({ max: 1000 }), { minLength: 1, maxLength: 40 });

  it('has the Gini coefficient of the mean absolute difference, in [0, 1)', () => {
    fc.assert(
      fc.property(counts, (listed) => {
        const sum = listed.reduce((total, each) => total + each, 0);
        const differences = listed.flatMap((a) => listed.map((b) => Math.abs(a - b)));
        const expected = differences.reduce((total, each) => total + each, 0) / (2 * listed.length * (sum || 1));
        const actual = gini(Float64Array.from(listed));
        expect(actual).toBeCloseTo(expected, 12);
        expect(actual).toBeGreaterThanOrEqual(0);
        expect(actual).toBeLessThan(1);
      }),
    );
  });

  const items = 12;
  const distinct = fc.uniqueArray(fc.nat({ max: items - 1 }), { maxLength: items });
  const users = fc.array(fc.tuple(distinct, distinct), { maxLength: 8 });

  it('keeps every figure in [0, 1], and at 1 where lists hold just what was bought', () => {
    fc.assert(
      fc.property(users, fc.integer({ min: 1, max: items }), (pairs, k) => {
        const bought = pairs.map(([, each]) => new Set(each));
        const lists = pairs.map(([list]) => list);
        for (const figure of Object.values(listFigures(lists, bought, k, items))) {
          expect(figure).toBeGreaterThanOrEqual(0);
          expect(figure).toBeLessThanOrEqual(1 + 1e-12);
        }
        if (bought.every(({ size }) => size === 0)) return;
        const perfect = listFigures(
          pairs.map(([, each]) => each),
          bought,
          items,
          items,
        );
        expect([perfect.recall, perfect.hitRate]).toEqual([1, 1]);
        expect(perfect.ndcg).toBeCloseTo(1, 12);
      }),
    );
  });

  it('gains by a hit that moves forward', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: items - 1 }), (rank) => {
        const list = Array.from({ length: items }, (_, i) => i);
        const swapped = list.with(rank, list[rank - 1]!).with(rank - 1, list[rank]!);
        const bought = new Set([rank]);
        expect(outcomeOf(swapped, bought, items).ndcg).toBeGreaterThan(outcomeOf(list, bought, items).ndcg);
      }),
    );
  });
});
