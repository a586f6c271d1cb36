import { expect, it } from 'vitest';

import { bgNbd } from '../../../server/engine/models/bg-nbd.ts';
import { fitCovariates } from '../../../server/engine/models/covariates.ts';
import { createRandom } from '../../../server/engine/numerics/random.ts';
import { stratum } from '../../support/strata.ts';

/** Two levels, the second one with an effect on both processes or with none. */
const twoLevels = (seed: number, transaction: number, dropout: number) => {
  const random = createRandom(seed);
  const effects = { transaction: [transaction], dropout: [dropout] };
  return [[0], [1]].map((row) => stratum(bgNbd, random, 150, row, effects));
};

it('covers each true effect with its 95% interval in at least 90 of 100 runs', () => {
  const truth = [0.5, -0.6];
  const inside = [0, 0];
  for (let seed = 1001; seed <= 1100; seed++) {
    const { coefficients } = fitCovariates(bgNbd, ['z'], twoLevels(seed, truth[0]!, truth[1]!));
    for (const [i, { value, standardError }] of coefficients.entries())
      inside[i]! += Math.abs(value - truth[i]!) < 1.96 * standardError! ? 1 : 0;
  }
  expect(inside[0]).toBeGreaterThanOrEqual(90);
  expect(inside[1]).toBeGreaterThanOrEqual(90);
});

it('has uniform p-values where nothing has an effect', () => {
  const pValues = Array.from({ length: 100 }, (_, seed) => {
    const fit = fitCovariates(bgNbd, ['z'], twoLevels(seed + 1, 0, 0));
    return fit.likelihoodRatio.pValue;
  }).sort((a, b) => a - b);
  const gaps = pValues.map((p, i) => Math.max(p - i / 100, (i + 1) / 100 - p));
  // Kolmogorov-Smirnov at 1%: 1.63 / sqrt(100).
  expect(Math.max(...gaps)).toBeLessThan(0.163);
});
