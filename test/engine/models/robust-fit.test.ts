import { describe, expect, it } from 'vitest';

import { fittedSpend } from '../../../server/engine/models/find-model.ts';
import { gammaGamma } from '../../../server/engine/models/gamma-gamma.ts';
import { mbgNbd } from '../../../server/engine/models/mbg-nbd.ts';
import { paretoNbd } from '../../../server/engine/models/pareto-nbd.ts';
import { fitSpend, fitTransactions } from '../../../server/engine/models/robust-fit.ts';
import { spendCap } from '../../../server/engine/models/spend-cap.ts';
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

describe('one buyer of millions', () => {
  const random = createRandom(3);
  const shop = Array.from({ length: 400 }, () => ({
    x: 1 + Math.floor(6 * random.uniform()),
    m: 20 + 80 * random.uniform(),
    count: 1,
  }));
  const outlier = { x: 1, m: 1_000_000, count: 1 };
  const expectedOf = (spend: typeof shop, own: { x: number; m: number }) => {
    const { model, parameters } = fittedSpend(fitSpend(spend, spend).fit);
    return model.expectedSpend(parameters, own);
  };

  it.each([
    ['0 to 2 order days', { x: 0, m: 0 }],
    ['2 order days of 30', { x: 2, m: 30 }],
    ['5 order days of 90', { x: 5, m: 90 }],
  ])('moves what a customer of %s is expected to spend by less than 2%%', (_, own) => {
    expect(Math.abs(expectedOf([...shop, outlier], own) / expectedOf(shop, own) - 1)).toBeLessThan(0.02);
  });

  it('is expected to spend by the whole own mean, and the run says that the fit is to less', () => {
    expect(expectedOf([...shop, outlier], outlier)).toBeGreaterThan(400_000);
    expect(fitSpend([...shop, outlier], []).capReason).toMatch(/^1 customer .* counted in the fit as 99.9,/);
    expect(fitSpend(shop, [])).toEqual({
      fit: gammaGamma.fit(shop),
      fallbackReason: null,
      priorReason: null,
    });
  });

  it('moves no pooled mean either, where next to nobody came back', () => {
    const once = shop.map(({ m }) => ({ x: 1, m, count: 1 }));
    const mean = once.reduce((sum, { m }) => sum + m, 0) / once.length;
    const { fit, capReason } = fitSpend([], [...once, outlier]);
    expect((fit.parameters as { mBar: number }).mBar / mean).toBeCloseTo(1, 1);
    expect(capReason).toMatch(/^1 customer .* counted in the fit as 99.9,/);
  });

  it('beside a shop with one price leaves the others at that price', () => {
    const onePrice = shop.map(({ x }) => ({ x, m: 20, count: 1 }));
    expect(expectedOf([...onePrice, outlier], { x: 2, m: 20 }) / 20).toBeCloseTo(1, 1);
  });
});

it('lets customers who spend much count in full where that describes others better', () => {
  const random = createRandom(3);
  const spend = Array.from({ length: 1500 }, () => {
    const x = 1 + Math.floor(8 * random.uniform());
    return { x, m: random.gamma(3 * x, random.gamma(1.8, 15) * x), count: 1 };
  });
  expect(spend.filter(({ m }) => m > spendCap(spend)).length).toBeGreaterThan(0);
  expect(fitSpend(spend, [])).toEqual({ fit: gammaGamma.fit(spend), fallbackReason: null, priorReason: null });
});
