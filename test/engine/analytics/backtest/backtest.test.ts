import { describe, expect, it } from 'vitest';

import { type Backtest, backtest } from '../../../../server/engine/analytics/backtest/backtest.ts';
import type { OrderDays } from '../../../../server/engine/analytics/order-days.ts';
import { mbgNbd } from '../../../../server/engine/models/mbg-nbd.ts';
import { createRandom } from '../../../../server/engine/numerics/random.ts';

const END = 400;
const TRUTH = { r: 1.2, alpha: 5, a: 0.9, b: 1.3 };

/** A store whose customers arrive over its first 200 days and behave as MBG/NBD and Gamma-Gamma have it. */
function store(size: number, seed: number): OrderDays[] {
  const random = createRandom(seed);
  return Array.from({ length: size }, () => {
    const first = Math.floor(200 * random.uniform());
    const times = mbgNbd.simulate(TRUTH, (END - first) / 7, random);
    const days = [...new Set([first, ...times.map((time) => first + Math.ceil(7 * time))])].filter((day) => day <= END);
    const level = random.gamma(6, 100);
    return { days, values: days.map(() => random.gamma(4, level)) };
  });
}

/** What a customer did up to a day. */
const until = (customers: readonly OrderDays[], last: number): OrderDays[] =>
  customers.map(({ days, values }) => {
    const seen = Array.from(days).filter((day) => day <= last).length;
    return { days: Array.from(days).slice(0, seen), values: Array.from(values).slice(0, seen) };
  });

function measured(customers: readonly OrderDays[]): Backtest {
  const result = backtest(customers, END);
  if (result.origins === null) throw new Error(result.reason);
  return result;
}

describe('on a store simulated from MBG/NBD', () => {
  const result = measured(store(2000, 5));

  it('chooses the model that made it, or one as good', () => {
    const scoreOf = (model: string) =>
      result.origins
        .slice(-3)
        .reduce((sum, { models }) => sum + models.find((m) => m.model === model)!.accuracy.crps!, 0);
    expect(scoreOf(result.chosen)).toBeLessThan(1.002 * scoreOf('mbg-nbd'));
    expect(result.chosen).not.toBe('bg-nbd');
    expect(result.beatsBaseline).toBe(true);
  });

  it('finds it off by no more than chance, well calibrated, and its intervals right', () => {
    for (const { models, coverage } of result.origins) {
      const { value, orders, expectedCalibrationError } = models.find(({ model }) => model === 'mbg-nbd')!.accuracy;
      const { customers, customersHeld, customersPromised, centralShare, explainedVariance } = coverage[0]!;
      const deviation = Math.sqrt(explainedVariance);
      expect(deviation).toBeLessThan(0.1);
      expect(Math.abs(value.lnRatio!)).toBeLessThan(3 * deviation);
      expect(Math.abs(Math.log1p(orders.bias!))).toBeLessThan(3 * deviation);
      expect(expectedCalibrationError).toBeLessThan(0.04);
      expect(Math.abs(centralShare - 0.8)).toBeLessThan(0.04);
      expect(Math.abs(customersHeld - customersPromised) / customers).toBeLessThan(0.03);
    }
    expect(result.origins.filter(({ coverage }) => coverage[0]!.totalHeld).length).toBeGreaterThanOrEqual(2);
    expect(result.ownShare.share).toBe(0);
  });

  it('is plain data', () => {
    expect(JSON.parse(JSON.stringify(result))).toEqual(result);
  });
});

describe('looks at nothing ahead', () => {
  const customers = store(600, 8);
  const result = measured(customers);
  const horizonDays = 7 * result.horizonWeeks;

  it('lets orders after the horizon of an origin change nothing of it', () => {
    const { origin, models, baseline } = result.origins[0]!;
    const [first] = measured(until(customers, origin + horizonDays)).origins;
    expect(first).toMatchObject({ models, baseline });
  });

  it('lets orders after an origin change nothing of what was foretold there', () => {
    const { origin, models } = result.origins.at(-1)!;
    const silent = measured(until(customers, origin)).origins.at(-1)!;
    for (const [i, { model, accuracy }] of silent.models.entries()) {
      expect(model).toBe(models[i]!.model);
      expect(accuracy.orders.predicted).toBe(models[i]!.accuracy.orders.predicted);
      expect(accuracy.value.predicted).toBe(models[i]!.accuracy.value.predicted);
      expect(accuracy.value).toMatchObject({ actual: 0, bias: null, lnRatio: null });
      expect(accuracy).toMatchObject({ areaUnderCurve: null, normalisedGini: null, topDecileShare: null });
    }
  });
});

it('gives the same figures, to the last bit, in whatever order the customers come', () => {
  const customers = store(300, 4);
  const result = JSON.stringify(measured(customers));
  expect(JSON.stringify(measured(customers.toReversed()))).toBe(result);
});

it('lets own rates and means have a share of the value where they are nearer to it, unless a model was asked for', () => {
  // Every customer buys at a pace and for a price of their own, for ever: nobody is like the others.
  const customers = Array.from({ length: 120 }, (_, i) => {
    const gap = 3 + (i % 40);
    const days = Array.from({ length: Math.floor(END / gap) }, (__, k) => (i % 3) + k * gap);
    return { days, values: days.map(() => 10 * 1.06 ** i) };
  });
  const { ownShare } = measured(customers);
  expect(ownShare.lost).toBeGreaterThan(ownShare.origins / 2);
  expect(ownShare.ownError).toBeLessThan(ownShare.modelError);
  expect(ownShare.share).toBeGreaterThan(0.5);
  expect(backtest(customers, END, 'mbg-nbd')).toMatchObject({ ownShare: { lost: ownShare.lost, share: 0 } });
});

describe('small and short stores', () => {
  it('stands in with the pooled rate where next to nobody came back', () => {
    const once = Array.from({ length: 200 }, (_, i) => ({ days: i < 5 ? [i, i + 90] : [i], values: [20, 20] }));
    const result = measured(once);
    expect(result.chosen).toBe('pooled-rate');
    expect(result.reason).toMatch(
      /^(no model beats the rate baseline: )?Pooled rate has the lowest CRPS of orders over the latest \d origins: [\d.]+; the rate/,
    );
    expect(JSON.parse(JSON.stringify(result))).toEqual(result);
  });

  it('says why there is no backtest of a short history, or of none', () => {
    expect(backtest([{ days: [END - 30], values: [1] }], END)).toMatchObject({ origins: null });
    expect(backtest([], END)).toMatchObject({ origins: null, reason: expect.stringMatching(/^0 weeks of orders/) });
  });
});

it('measures no coverage of a model that could be fitted at no origin', () => {
  const customers = Array.from({ length: 40 }, (_, i) => ({ days: [i], values: [10] }));
  const result = backtest(customers, 210, 'mbg-nbd');
  expect(result.origins).not.toBeNull();
  expect(result).toMatchObject({ chosen: 'pooled-rate' });
  for (const { coverage } of result.origins!) expect(coverage).toEqual([]);
});
