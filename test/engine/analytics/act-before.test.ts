import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { actBefore, actBeforeDay } from '../../../server/engine/analytics/act-before.ts';
import { bgNbd } from '../../../server/engine/models/bg-nbd.ts';
import { mbgNbd } from '../../../server/engine/models/mbg-nbd.ts';
import { pooledRate } from '../../../server/engine/models/pooled-rate.ts';

const P = { r: 0.6, alpha: 6, a: 0.8, b: 2.5 };
const HORIZON = (20 * 365.25) / 7;

const customer = fc.record({
  x: fc.integer({ min: 0, max: 300 }),
  last: fc.double({ min: 0, max: 200, noNaN: true }),
  threshold: fc.double({ min: 0.01, max: 0.99, noNaN: true }),
  r: fc.double({ min: 0.1, max: 5, noNaN: true }),
  alpha: fc.double({ min: 0.5, max: 50, noNaN: true }),
  a: fc.double({ min: 0.1, max: 5, noNaN: true }),
  b: fc.double({ min: 0.1, max: 20, noNaN: true }),
});

describe('against an independent implementation (the closed forms)', () => {
  it.each([
    { model: mbgNbd, offset: 1 },
    { model: bgNbd, offset: 0 },
  ])('finds the time of $model.name for any customer', ({ model, offset }) => {
    fc.assert(
      fc.property(customer, ({ x, last, threshold, ...parameters }) => {
        fc.pre(x + offset > 0);
        const { r, alpha, a, b } = parameters;
        const tx = x === 0 ? 0 : last;
        const odds = ((1 / threshold - 1) * (b + x + offset - 1)) / a;
        const exact = (alpha + tx) * odds ** (1 / (r + x)) - alpha;
        const found = actBefore(model, parameters, { x, tx, T: tx }, threshold);
        if (exact > tx + HORIZON) expect(found).toBeNull();
        else expect(Math.abs(found! - Math.max(tx, exact))).toBeLessThan(1.1e-6);
      }),
      { numRuns: 500 },
    );
  });
});

it('is the time at which P(alive) falls under the threshold', () => {
  const history = { x: 3, tx: 20, T: 25 };
  const weeks = actBefore(mbgNbd, P, history, 0.5)!;
  expect(mbgNbd.probabilityAlive(P, { ...history, T: weeks })).toBeCloseTo(0.5, 6);
  expect(mbgNbd.probabilityAlive(P, { ...history, T: weeks + 0.01 })).toBeLessThan(0.5);
  expect(mbgNbd.probabilityAlive(P, { ...history, T: weeks - 0.01 })).toBeGreaterThan(0.5);
});

it('comes earlier for a higher threshold', () => {
  const times = [0.2, 0.4, 0.6].map((threshold) => actBefore(mbgNbd, P, { x: 3, tx: 20, T: 25 }, threshold)!);
  expect(times).toEqual(times.toSorted((a, b) => b - a));
  expect(new Set(times).size).toBe(3);
});

it('returns the same time long after it has passed', () => {
  const weeks = actBefore(mbgNbd, P, { x: 3, tx: 20, T: 20 }, 0.5)!;
  expect(weeks).toBeLessThan(200);
  expect(actBefore(mbgNbd, P, { x: 3, tx: 20, T: 200 }, 0.5)).toBe(weeks);
});

it('is the last purchase where even that leaves P(alive) under the threshold', () => {
  expect(actBefore(mbgNbd, P, { x: 0, tx: 0, T: 10 }, 0.9)).toBe(0);
  expect(actBefore(mbgNbd, P, { x: 1, tx: 7, T: 10 }, 0.9)).toBe(7);
});

it('is null where P(alive) never falls so far, not within 20 years, or is unknown', () => {
  expect(actBefore(bgNbd, P, { x: 0, tx: 0, T: 500 }, 0.9)).toBeNull();
  expect(actBefore(mbgNbd, { ...P, a: 1e-6 }, { x: 0, tx: 0, T: 500 }, 0.01)).toBeNull();
  expect(actBefore(pooledRate, { k: 1, lambdaBar: 0.1 }, { x: 3, tx: 20, T: 25 }, 0.5)).toBeNull();
});

it('is NaN outside its domain', () => {
  for (const threshold of [0, 1, -0.5, Number.NaN])
    expect(actBefore(mbgNbd, P, { x: 3, tx: 20, T: 25 }, threshold)).toBeNaN();
  expect(actBefore(mbgNbd, P, { x: -1, tx: 20, T: 25 }, 0.5)).toBeNaN();
});

it('names the first day on which it is so', () => {
  expect(actBeforeDay(100, 2.5)).toBe(118);
  expect(actBeforeDay(100, 0)).toBe(100);
  for (let days = 0; days < 1000; days++) expect(actBeforeDay(100, days / 7)).toBe(100 + days);
});
