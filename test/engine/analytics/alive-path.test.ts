import { expect, it } from 'vitest';

import { alivePath } from '../../../server/engine/analytics/alive-path.ts';
import { mbgNbd } from '../../../server/engine/models/mbg-nbd.ts';
import type { History } from '../../../server/engine/models/types.ts';

const P = { r: 0.6, alpha: 6, a: 0.8, b: 2.5 };
const probabilityAlive = (history: History) => mbgNbd.probabilityAlive(P, history);

it('begins at the first purchase and ends on the as-of day, in order', () => {
  const { observed } = alivePath({ orderDays: [100, 130], asOfDay: 200, probabilityAlive })!;
  expect(observed[0]).toEqual({ day: 100, probabilityAlive: probabilityAlive({ x: 0, tx: 0, T: 0 }) });
  expect(observed.at(-1)).toEqual({
    day: 200,
    probabilityAlive: probabilityAlive({ x: 1, tx: 30 / 7, T: 100 / 7 }),
  });
  const days = observed.map((point) => point.day);
  expect(days).toEqual(days.toSorted((a, b) => a - b));
});

it('shows each repeat purchase as a jump on its day', () => {
  const { observed } = alivePath({ orderDays: [100, 130, 190], asOfDay: 200, probabilityAlive })!;
  for (const [day, before, on] of [
    [130, { x: 0, tx: 0, T: 30 / 7 }, { x: 1, tx: 30 / 7, T: 30 / 7 }],
    [190, { x: 1, tx: 30 / 7, T: 90 / 7 }, { x: 2, tx: 90 / 7, T: 90 / 7 }],
  ] as const) {
    const values = observed.filter((point) => point.day === day).map((point) => point.probabilityAlive);
    expect(values).toEqual([probabilityAlive(before), probabilityAlive(on)]);
    expect(values[1]).toBeGreaterThan(values[0]!);
  }
});

it('uses on each day what was known on it, and no more', () => {
  const orderDays = [100, 130, 190];
  const asOfDay = 240;
  const { observed } = alivePath({ orderDays, asOfDay, probabilityAlive })!;
  for (const point of observed) {
    const earlier = alivePath({ orderDays, asOfDay: point.day, probabilityAlive })!.observed;
    const values = observed.filter(({ day }) => day === point.day);
    expect(earlier.filter(({ day }) => day === point.day)).toEqual(values);
  }
});

it('goes on beyond the as-of day as if nothing is bought', () => {
  const { observed, projected } = alivePath({ orderDays: [100, 130], asOfDay: 200, until: 290, probabilityAlive })!;
  expect(projected[0]).toEqual(observed.at(-1));
  expect(projected.at(-1)).toEqual({
    day: 290,
    probabilityAlive: probabilityAlive({ x: 1, tx: 30 / 7, T: 190 / 7 }),
  });
  for (const [i, point] of projected.slice(1).entries())
    expect(point.probabilityAlive).toBeLessThan(projected[i]!.probabilityAlive);
});

it('does not know of purchases after the as-of day, and counts a day once', () => {
  const path = alivePath({ orderDays: [100, 130, 130, 250], asOfDay: 200, until: 300, probabilityAlive });
  expect(path).toEqual(alivePath({ orderDays: [100, 130], asOfDay: 200, until: 300, probabilityAlive }));
});

it('keeps to about 200 points for ten years of purchases, with all of them counted', () => {
  const orderDays = Array.from({ length: 1200 }, (_, i) => 3 * i);
  const path = alivePath({ orderDays, asOfDay: 3650, until: 4000, probabilityAlive })!;
  expect(path.observed.length + path.projected.length).toBeLessThanOrEqual(205);
  const last = { x: 1199, tx: 3597 / 7 };
  expect(path.observed.at(-1)!.probabilityAlive).toBe(probabilityAlive({ ...last, T: 3650 / 7 }));
  expect(path.observed.filter((point) => point.day === 3597)).toHaveLength(2);
});

it('takes the given number of points', () => {
  const input = { orderDays: [0, 400], asOfDay: 1000, until: 1500, probabilityAlive };
  const path = alivePath({ ...input, points: 40 })!;
  expect(path.observed.length + path.projected.length).toBeGreaterThan(30);
  expect(path.observed.length + path.projected.length).toBeLessThanOrEqual(42);
});

it('is one point on the day of the first purchase', () => {
  const { observed, projected } = alivePath({ orderDays: [100], asOfDay: 100, probabilityAlive })!;
  expect(observed).toEqual([{ day: 100, probabilityAlive: probabilityAlive({ x: 0, tx: 0, T: 0 }) }]);
  expect(projected).toEqual([]);
});

it('is null without a purchase by then, and for a model that has no P(alive)', () => {
  expect(alivePath({ orderDays: [], asOfDay: 100, probabilityAlive })).toBeNull();
  expect(alivePath({ orderDays: [120], asOfDay: 100, probabilityAlive })).toBeNull();
  expect(alivePath({ orderDays: [50], asOfDay: 100, probabilityAlive: () => null })).toBeNull();
});
