import { describe, expect, it } from 'vitest';

import { createRandom } from '../../../server/engine/numerics/random.ts';
import {
  allGaps,
  BINS,
  countGap,
  cumulative,
  EDGES,
  expectedRepeats,
  type GapCounts,
  gapRates,
  medianGap,
  noGaps,
} from '../../../server/engine/recommenders/gap-hazard.ts';
import { expectNear } from '../../support/near.ts';

/** The counts of gaps that ended and of those that are open. */
function counted(ended: readonly number[], open: readonly number[] = []): GapCounts {
  const counts = noGaps();
  for (const gap of ended) countGap(counts, 0, gap, false);
  for (const gap of open) countGap(counts, 0, gap, true);
  return counts;
}

const total = (counts: Float64Array) => counts.reduce((sum, each) => sum + each, 0);

describe('by hand', () => {
  it('counts a gap where it ends, and the time in which it could have', () => {
    const { events, exposure } = counted([1, 5], [3]);
    expect([...events.slice(0, 6)]).toEqual([1, 0, 0, 0, 1, 0]);
    expect([...exposure.slice(0, 6)]).toEqual([3, 2, 2, 1, 1, 0]);
  });

  it('takes an interval with its upper edge, and has a last one without end', () => {
    const { events, exposure } = counted([6, 6.5, 5000]);
    expect([events[4], events[5], events[BINS - 1]]).toEqual([1, 1, 1]);
    expect(exposure[BINS - 1]).toBe(5000 - 1120);
  });

  it('keeps rows apart', () => {
    const counts = noGaps(2);
    countGap(counts, 1, 2, false);
    expect([total(counts.events.subarray(0, BINS)), total(counts.exposure.subarray(0, BINS))]).toEqual([0, 0]);
    expect(total(counts.exposure.subarray(BINS))).toBe(2);
  });

  it('counts time by its weight, and what happened in full', () => {
    const counts = noGaps();
    countGap(counts, 0, 5, false, 0.5);
    expect([...counts.exposure.slice(0, 6)]).toEqual([0.5, 0.5, 0.5, 0.5, 0.5, 0]);
    expect(total(counts.events)).toBe(1);
  });

  it('joins rows', () => {
    const counts = noGaps(2);
    countGap(counts, 0, 2, false);
    countGap(counts, 1, 2, false);
    countGap(counts, 1, 1, true);
    expect(allGaps(counts)).toEqual(counted([2, 2], [1]));
  });

  it('sums rates up to a time', () => {
    const rates = new Float64Array(BINS).fill(0.1);
    rates[4] = 0.5;
    const hazard = { rates, sums: cumulative(rates) };
    expectNear(
      [1, 4, 5, 6, 7, 2000].map((time) => expectedRepeats(hazard, 0, time)),
      [0.1, 0.4, 0.9, 1.4, 1.5, 1.4 + 0.1 * 1994],
      1e-14,
    );
    expect(expectedRepeats(hazard, 0, 0)).toBe(0);
  });

  it('has the median of the gaps that ended, within its interval', () => {
    // Of 4 the second is the median: at the end of the first half of (6, 8], which holds 2 of them after 1.
    expect(medianGap(counted([3, 7, 8, 40]), 0, counted([3, 7, 8, 40]), 0)).toBe(6 + 2 / 2);
    expect(medianGap(noGaps(), 0, noGaps(), 20)).toBeNull();
    expect(medianGap(counted([2000]), 0, counted([2000]), 1)).toBe(1.5 * 1120);
  });

  it('mixes the median with everybody’s', () => {
    const own = counted(new Array(10).fill(100));
    const all = counted(new Array(1000).fill(7));
    expect(medianGap(own, 0, all, 1)).toBeGreaterThan(85);
    expect(medianGap(own, 0, all, 1000)).toBeLessThan(8);
  });
});

describe('by property', () => {
  it('comes to the rates of a row that has much to tell', () => {
    const counts = counted(new Array(4000).fill(5), new Array(1000).fill(5));
    const rates = gapRates(counts, counted([5, 300], [900]), 20);
    expect(Math.abs(rates[4]! / (4000 / 5000) - 1)).toBeLessThan(0.02);
    expect(rates[3]).toBeLessThan(0.02);
  });

  it('gives a row without gaps everybody’s rates', () => {
    const all = counted([1, 5, 7, 30], [100, 400]);
    const rates = gapRates(noGaps(), all, 20);
    expectNear(
      [...rates],
      Array.from(all.events, (events, bin) => (events + 1e-6) / (all.exposure[bin]! + 1)),
      1e-12,
    );
  });

  it('finds how high a row stands before it finds its shape', () => {
    const all = counted(
      Array.from({ length: 2000 }, (_, i) => (i % 60) + 1),
      new Array(3000).fill(60),
    );
    const frequent = noGaps();
    for (let i = 0; i < 60; i++) countGap(frequent, 0, (i % 5) + 1, false);
    const [common, own] = [gapRates(noGaps(), all, 20), gapRates(frequent, all, 20)];
    // Nothing was seen of it after five days, but its level speaks there too.
    expect(own[10]! / common[10]!).toBeGreaterThan(2);
  });

  it('recovers hazards that made gaps', () => {
    const random = createRandom(4);
    const [early, late] = [0.05, 0.01];
    const counts = noGaps();
    for (let i = 0; i < 20_000; i++) {
      let gap = random.exponential(early);
      if (gap > 20) gap = 20 + random.exponential(late);
      const until = 200 * random.uniform();
      countGap(counts, 0, Math.min(gap, until), gap > until);
    }
    const rates = gapRates(counts, counts, 20);
    for (let bin = 0; EDGES[bin + 1]! <= 85; bin++) {
      const truth = EDGES[bin]! < 20 ? early : late;
      // Four standard errors of a rate.
      expect(Math.abs(rates[bin]! - truth)).toBeLessThan(4 * (truth / Math.sqrt(counts.events[bin]!)));
    }
  });

  it('has sums that never fall and rates above 0, also where nobody ever came back', () => {
    for (const counts of [noGaps(), counted([], [3, 1000]), counted([0, 0])]) {
      const rates = gapRates(counts, counts, 20);
      expect(rates.every((rate) => rate > 0 && Number.isFinite(rate))).toBe(true);
      const hazard = { rates, sums: cumulative(rates) };
      const sums = [0, 0.5, 1, 7, 7.5, 500, 1120, 1e5].map((time) => expectedRepeats(hazard, 0, time));
      expect(sums).toEqual(sums.toSorted((a, b) => a - b));
    }
  });
});
