import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import {
  areaUnderCurve,
  brierScore,
  calibrationByDecile,
  countTail,
  expectedCalibrationError,
  lnRatio,
  meanAbsoluteError,
  normalisedGini,
  rankedProbabilityScore,
  rootMeanSquareError,
  topShare,
  totalBias,
} from '../../../server/engine/analytics/accuracy.ts';
import { negativeBinomial } from '../../../server/engine/numerics/negative-binomial.ts';

const column = (...values: number[]) => Float64Array.from(values);
const numbers = fc.array(fc.integer({ min: 0, max: 30 }), { minLength: 2, maxLength: 60 });

/** A forecast of the n-th probability, scored by definition: the sum of (F(n) - 1{n >= actual})^2. */
function scoreByDefinition(mass: (n: number) => number, actual: number): number {
  let [cumulated, score] = [0, 0];
  for (let n = 0; n < 5000; n++) {
    cumulated += mass(n);
    score += (cumulated - (n >= actual ? 1 : 0)) ** 2;
  }
  return score;
}

describe('errors of totals and of customers', () => {
  it('have the figures counted by hand', () => {
    expect(totalBias(90, 100)).toBeCloseTo(-0.1, 12);
    expect(lnRatio(50, 100)).toBeCloseTo(Math.log(2), 12);
    expect(meanAbsoluteError(column(1, 2, 0), column(0, 2, 4))).toBeCloseTo(5 / 3, 12);
    expect(rootMeanSquareError(column(1, 2, 0), column(0, 2, 4))).toBeCloseTo(Math.sqrt(17 / 3), 12);
    expect(brierScore(column(0.8, 0.3), column(1, 0))).toBeCloseTo((0.04 + 0.09) / 2, 12);
  });

  it('are null, not 0, where there is nothing to take them of', () => {
    expect(totalBias(3, 0)).toBeNull();
    expect([lnRatio(3, 0), lnRatio(0, 3), lnRatio(3, -2)]).toEqual([null, null, null]);
    expect([meanAbsoluteError(column(), column()), rootMeanSquareError(column(), column())]).toEqual([null, null]);
    expect(brierScore(column(), column())).toBeNull();
  });
});

describe('ranked probability score', () => {
  it('is the absolute error of a forecast that is one number', () => {
    const four = countTail((n) => (n === 4 ? 1 : 0), 1);
    expect([0, 3, 4, 5, 11].map((actual) => rankedProbabilityScore(four, 1, actual))).toEqual([4, 1, 0, 1, 7]);
    const none = countTail(() => 0, 0);
    expect([0, 1, 7].map((actual) => rankedProbabilityScore(none, 1, actual))).toEqual([0, 1, 7]);
  });

  it('is the sum that defines it, for any count, dead customers mixed in', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.1, max: 20, noNaN: true }),
        fc.double({ min: 0.05, max: 3, noNaN: true }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.integer({ min: 0, max: 40 }),
        (shape, odds, alive, actual) => {
          const mass = (n: number) => negativeBinomial(n, shape, odds);
          const score = rankedProbabilityScore(countTail(mass, 1 - mass(0)), alive, actual);
          const defined = scoreByDefinition((n) => alive * mass(n) + (n === 0 ? 1 - alive : 0), actual);
          expect(Math.abs(score - defined)).toBeLessThan(1e-4);
        },
      ),
      { numRuns: 50 },
    );
  });

  it('is best, on average over what the forecast says, for the forecast itself', () => {
    const masses = [0.4, 0.8, 1.6].map((odds) => (n: number) => negativeBinomial(n, 2, odds));
    const truth = masses[1]!;
    const expected = masses.map((mass) => {
      const tail = countTail(mass, 1 - mass(0));
      return Array.from({ length: 200 }, (_, n) => truth(n) * rankedProbabilityScore(tail, 1, n)).reduce(
        (a, b) => a + b,
      );
    });
    expect(expected[1]).toBeLessThan(expected[0]!);
    expect(expected[1]).toBeLessThan(expected[2]!);
  });
});

describe('area under the curve', () => {
  it('counts pairs, ties for half', () => {
    // Of the six pairs of a buyer and another the buyer leads in four and ties in two.
    expect(areaUnderCurve(column(0.9, 0.5, 0.5, 0.1, 0.5), column(1, 1, 0, 0, 0))).toBeCloseTo(5 / 6, 12);
    expect(areaUnderCurve(column(1, 2, 3, 4), column(0, 0, 1, 1))).toBe(1);
    expect(areaUnderCurve(column(1, 2, 3, 4), column(1, 1, 0, 0))).toBe(0);
    expect(areaUnderCurve(column(7, 7, 7), column(1, 0, 1))).toBe(0.5);
  });

  it('is null where all did the same', () => {
    expect(areaUnderCurve(column(1, 2), column(1, 1))).toBeNull();
    expect(areaUnderCurve(column(1, 2), column(0, 0))).toBeNull();
  });

  it('is that of all pairs, whatever the scores', () => {
    fc.assert(
      fc.property(numbers, (scores) => {
        const happened = scores.map((_, i) => i % 2);
        let [pairs, led] = [0, 0];
        for (const [i, one] of scores.entries()) {
          for (const [j, other] of scores.entries()) {
            if (happened[i] === 0 || happened[j] === 1) continue;
            pairs++;
            led += one > other ? 1 : one === other ? 0.5 : 0;
          }
        }
        expect(areaUnderCurve(column(...scores), column(...happened))).toBeCloseTo(led / pairs, 12);
      }),
    );
  });
});

describe('calibration by decile', () => {
  it('adds up to all customers, predictions and outcomes, lowest first, equal predictions together', () => {
    fc.assert(
      fc.property(numbers, (predicted) => {
        const actual = predicted.map((value, i) => value + (i % 3));
        const bins = calibrationByDecile(column(...predicted), column(...actual));
        const total = (of: (bin: (typeof bins)[number]) => number) => bins.reduce((sum, bin) => sum + of(bin), 0);
        expect(total((bin) => bin.customers)).toBe(predicted.length);
        expect(total((bin) => bin.customers * bin.meanPredicted)).toBeCloseTo(
          predicted.reduce((a, b) => a + b),
          9,
        );
        expect(total((bin) => bin.customers * bin.meanActual)).toBeCloseTo(
          actual.reduce((a, b) => a + b),
          9,
        );
        const means = bins.map((bin) => bin.meanPredicted);
        expect(means).toEqual(means.toSorted((a, b) => a - b));
        expect(bins.length).toBeLessThanOrEqual(new Set(predicted).size);
      }),
    );
  });

  it('makes ten classes of ten of a hundred different predictions', () => {
    const predicted = Float64Array.from({ length: 100 }, (_, i) => i / 100);
    expect(calibrationByDecile(predicted, predicted).map((bin) => bin.customers)).toEqual(new Array(10).fill(10));
  });

  it('has an error of 0 where classes come true, and the weighted gap where they do not', () => {
    expect(expectedCalibrationError([{ customers: 4, meanPredicted: 0.25, meanActual: 0.25 }])).toBe(0);
    const bins = [
      { customers: 1, meanPredicted: 0.2, meanActual: 0.5 },
      { customers: 3, meanPredicted: 0.9, meanActual: 0.8 },
    ];
    expect(expectedCalibrationError(bins)).toBeCloseTo((0.3 + 0.3) / 4, 12);
    expect(expectedCalibrationError([])).toBeNull();
  });
});

describe('normalised Gini', () => {
  it('is 1 for a perfect order, -1 for the reverse and 0 for one score for all', () => {
    const actual = column(0, 0, 10, 30, 60);
    expect(normalisedGini(column(1, 1, 2, 3, 4), actual)).toBeCloseTo(1, 12);
    expect(normalisedGini(column(4, 4, 3, 2, 1), actual)).toBeCloseTo(-1, 12);
    expect(normalisedGini(column(1, 1, 1, 1, 1), actual)).toBeCloseTo(0, 12);
  });

  it('has the figure counted by hand', () => {
    // Ranks 2, 1, 3 against 1, 2, 3: (2*2-4) 0 + (2*1-4) 1 + (2*3-4) 3 over 0 1 + 2 3.
    expect(normalisedGini(column(5, 4, 9), column(0, 1, 3))).toBeCloseTo(4 / 6, 12);
  });

  it('is null where all are worth the same', () => {
    expect(normalisedGini(column(1, 2), column(3, 3))).toBeNull();
    expect(normalisedGini(column(1, 2), column(0, 0))).toBeNull();
  });
});

describe('share of the top', () => {
  it('is what the highest predictions brought', () => {
    const predicted = Float64Array.from({ length: 20 }, (_, i) => i);
    const actual = Float64Array.from({ length: 20 }, (_, i) => (i >= 18 ? 30 : 2));
    expect(topShare(predicted, actual, 0.1)).toBeCloseTo(60 / 96, 12);
    expect(topShare(predicted, actual, 1)).toBeCloseTo(1, 12);
  });

  it('counts in part those whose equal predictions straddle the edge', () => {
    // Two seats: one for the leader, one shared by four.
    const predicted = column(9, 5, 5, 5, 5, 1, 1, 1, 1, 1);
    const actual = column(10, 4, 8, 0, 0, 78, 0, 0, 0, 0);
    expect(topShare(predicted, actual, 0.2)).toBeCloseTo((10 + 12 / 4) / 100, 12);
  });

  it('is null where nothing was bought', () => {
    expect(topShare(column(1, 2), column(0, 0), 0.1)).toBeNull();
  });
});
