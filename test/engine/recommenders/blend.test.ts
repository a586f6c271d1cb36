import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { createRandom } from '../../../server/engine/numerics/random.ts';
import {
  ACTIVITY,
  activityOf,
  type Blend,
  type Examples,
  learnBlend,
  probabilities,
} from '../../../server/engine/recommenders/evaluation/blend.ts';
import { historyOf } from '../../../server/engine/recommenders/interactions.ts';
import { topK } from '../../../server/engine/recommenders/top-k.ts';
import { shopOf } from '../../support/interactions.ts';
import { expectNear } from '../../support/near.ts';

const NAMES = ['popularity', 'itemKnn', 'ials'] as const;

/** Candidates with signals and activity of users of ten candidates each. */
function drawn(seed: number, rows: number): Examples {
  const random = createRandom(seed);
  const activity = new Float64Array(rows * ACTIVITY);
  for (let row = 0; row < rows; row++) {
    for (let i = 0; i < ACTIVITY; i++)
      activity[row * ACTIVITY + i] =
        row % 10 === 0 ? Math.log1p(40 * random.uniform()) : activity[(row - 1) * ACTIVITY + i]!;
  }
  return {
    names: NAMES,
    signal: Float64Array.from({ length: rows * NAMES.length }, () => random.uniform() ** 2),
    activity,
  };
}

/** Outcomes with the probabilities of a blend. */
function outcomes(blend: Blend, examples: Examples, seed: number): Uint8Array {
  const random = createRandom(seed);
  return Uint8Array.from(probabilities(blend, examples), (p) => Number(random.uniform() < p));
}

const TRUTH: Blend = { names: NAMES, intercept: -3, weights: [0.8, 2, 1.2], activityWeights: [-0.5, 0.4] };

describe('by hand', () => {
  it('counts for a user the days since the last purchase and the days with one', () => {
    const data = shopOf(
      [
        [
          [0, 9],
          [1, 9],
          [1, 3],
          [2, 1, 0.3],
        ],
        [[0, 2, 0.1]],
        [],
      ],
      3,
    );
    expect(activityOf(historyOf(data, 0))).toEqual([Math.log(2), Math.log(3)]);
    expect(activityOf(historyOf(data, 1))).toEqual([Math.log(3), 0]);
    expect(activityOf(historyOf(data, 2))).toEqual([0, 0]);
  });

  it('is the logistic function of the weighted sums, of the recommenders that it names', () => {
    const examples: Examples = {
      names: NAMES,
      signal: Float64Array.of(0.1, 0.5, 0.9, 1, 0, 0),
      activity: Float64Array.of(1, 2, 3, 4),
    };
    const blend: Blend = {
      names: ['ials', 'popularity'],
      intercept: -1,
      weights: [2, 3],
      activityWeights: [0.5, -0.25],
    };
    const expected = [-1 + 2 * 0.9 + 3 * 0.1 + 0.5 - 0.5, -1 + 3 + 1.5 - 1].map((z) => 1 / (1 + Math.exp(-z)));
    expectNear([...probabilities(blend, examples)], expected, 1e-14);
  });
});

describe('by property', () => {
  const examples = drawn(1, 40_000);

  it('recovers the weights that outcomes were drawn with', () => {
    const { names, intercept, weights, activityWeights } = learnBlend(examples, outcomes(TRUTH, examples, 2));
    expect(names).toEqual(NAMES);
    // Standard errors are .03 to .07 with 7,000 bought of 40,000; the ridge takes less than that.
    for (const [i, weight] of TRUTH.weights.entries()) expect(Math.abs(weights[i]! - weight)).toBeLessThan(0.25);
    for (const [i, weight] of TRUTH.activityWeights.entries())
      expect(Math.abs(activityWeights[i]! - weight)).toBeLessThan(0.1);
    expect(Math.abs(intercept - TRUTH.intercept)).toBeLessThan(0.3);
  });

  it('leaves out a recommender with nothing to say', () => {
    const { names, weights } = learnBlend(examples, outcomes({ ...TRUTH, weights: [0.8, -1, 1.2] }, examples, 3));
    expect(names).toEqual(['popularity', 'ials']);
    expect(weights.every((weight) => weight > 0)).toBe(true);
  });

  it('predicts on average what was bought: the intercept is not held back', () => {
    const isBought = outcomes(TRUTH, examples, 4);
    const predicted = probabilities(learnBlend(examples, isBought), examples);
    const mean = (values: ArrayLike<number>) => Array.from(values).reduce((sum, each) => sum + each, 0) / values.length;
    expect(mean(predicted)).toBeCloseTo(mean(isBought), 5);
  });

  it('moves probabilities with activity, but never ranks', () => {
    const one: Examples = { ...drawn(5, 10) };
    const activity = fc.tuple(fc.double({ min: 0, max: 8, noNaN: true }), fc.double({ min: 0, max: 8, noNaN: true }));
    const before = probabilities(TRUTH, one);
    fc.assert(
      fc.property(activity, (own) => {
        const after = probabilities(TRUTH, {
          ...one,
          activity: Float64Array.from({ length: 20 }, (_, i) => own[i % 2]!),
        });
        expect(topK(after, 10)).toEqual(topK(before, 10));
        const change = TRUTH.activityWeights.reduce((sum, w, i) => sum + w * (own[i]! - one.activity[i]!), 0);
        if (Math.abs(change) > 1e-9) expect(after[0]! > before[0]!).toBe(change > 0);
      }),
    );
  });

  it('keeps weights finite where signals part bought from not bought', () => {
    const parted: Examples = {
      ...drawn(6, 200),
      names: ['popularity'],
      signal: Float64Array.from({ length: 200 }, (_, i) => i / 200),
    };
    const blend = learnBlend(
      parted,
      Uint8Array.from({ length: 200 }, (_, i) => Number(i >= 100)),
    );
    expect(blend.weights[0]).toBeGreaterThan(1);
    expect(blend.weights[0]).toBeLessThan(100);
  });

  it('ends in probabilities where nothing or everything was bought, and where there is nothing to learn from', () => {
    const few = drawn(7, 60);
    for (const bought of [0, 1]) {
      const isBought = new Uint8Array(60).fill(bought);
      for (const p of probabilities(learnBlend(few, isBought), few)) expect(Math.abs(p - bought)).toBeLessThan(0.1);
    }
    const none: Examples = { names: NAMES, signal: new Float64Array(0), activity: new Float64Array(0) };
    for (const p of probabilities(learnBlend(none, new Uint8Array(0)), few)) expect(p >= 0 && p <= 1).toBe(true);
  });
});
