import { describe, expect, it } from 'vitest';

import { fittedSpend } from '../../../server/engine/models/find-model.ts';
import { mbgNbd } from '../../../server/engine/models/mbg-nbd.ts';
import { paretoNbd } from '../../../server/engine/models/pareto-nbd.ts';
import { fitSpend, fitTransactions } from '../../../server/engine/models/robust-fit.ts';
import type { HistoryGroup } from '../../../server/engine/models/types.ts';
import { createRandom } from '../../../server/engine/numerics/random.ts';

describe('a shop with one price', () => {
  it.each([
    [12, 0],
    [200, 0],
    [400, 0],
    [400, 1e-6],
    [400, 1e-3],
    [3000, 0],
    [3000, 1e-6],
  ])('of %i buyers is expected to go on at it, give or take %d', (buyers, spread) => {
    const random = createRandom(1);
    const spend = Array.from({ length: buyers }, (_, i) => ({
      x: 1 + (i % 8),
      m: 20 * (1 + spread * random.normal()),
      count: 1,
    }));
    const { fit } = fitSpend(spend, spend);
    const { model, parameters } = fittedSpend(fit);
    for (const { x, m } of spend.slice(0, 8)) expect(model.expectedSpend(parameters, { x, m }) / 20).toBeCloseTo(1, 1);
  });
});

describe('customers without dropout or without differences', () => {
  const random = createRandom(2);
  const everyFourWeeks: HistoryGroup[] = Array.from({ length: 400 }, (_, i) => {
    const T = 20 + (i % 30);
    return { x: Math.floor(T / 4), tx: 4 * Math.floor(T / 4), T, count: 1 };
  });
  const equalRates: HistoryGroup[] = Array.from({ length: 400 }, () => {
    const times: number[] = [];
    for (let t = random.exponential(0.2); t < 40; t += random.exponential(0.2)) times.push(t);
    return { x: times.length, tx: times.at(-1) ?? 0, T: 40, count: 1 };
  });

  it.each([
    ['come every four weeks', everyFourWeeks],
    ['all buy at one rate', equalRates],
  ])('who %s are fitted, with figures that are finite', (_, groups) => {
    for (const model of [mbgNbd, paretoNbd]) {
      const { fit, fallbackReason } = fitTransactions(model as typeof mbgNbd, groups);
      expect(fallbackReason).toBeNull();
      expect(fit.status).toBe('converged');
      expect(Object.values(fit.parameters).every((value) => value > 0 && Number.isFinite(value))).toBe(true);
    }
  });

  it('are left to the pooled rate where next to nobody came back', () => {
    const groups = [
      { x: 0, tx: 0, T: 30, count: 500 },
      { x: 1, tx: 3, T: 30, count: 9 },
    ];
    expect(fitTransactions(mbgNbd, groups)).toMatchObject({
      fit: { model: 'pooled-rate' },
      fallbackReason: 'only 9 customers bought on more than one day: 10 are needed to fit MBG/NBD',
    });
  });
});
