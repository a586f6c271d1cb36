import { expect, it } from 'vitest';

import { planCells } from '../../../../server/engine/analytics/evaluation/plan-cells.ts';

it('plans origins every three months from the twelfth week on, with the horizons that end by the last day', () => {
  expect(planCells(1000, 1000 + 174)).toEqual([]);
  expect(planCells(1000, 1000 + 175)).toEqual([{ origin: 1084, months: [3] }]);
  // The history of CDNOW: 545 days.
  expect(planCells(0, 545)).toEqual([
    { origin: 84, months: [3, 6, 12] },
    { origin: 175, months: [3, 6, 12] },
    { origin: 266, months: [3, 6] },
    { origin: 357, months: [3, 6] },
    { origin: 449, months: [3] },
  ]);
});

it('lets windows of three months follow one another without a day in common', () => {
  const plan = planCells(0, 3000).filter(({ months }) => months.includes(3));
  for (const [i, { origin }] of plan.slice(1).entries()) expect(origin - plan[i]!.origin).toBeGreaterThanOrEqual(91);
});

it('keeps the origins that there were when more is known, and adds horizons to them', () => {
  const [short, long] = [planCells(0, 545), planCells(0, 900)];
  expect(long.slice(0, short.length).map(({ origin }) => origin)).toEqual(short.map(({ origin }) => origin));
  expect(long[0]!.months).toEqual([3, 6, 12, 24]);
});

it('looks back over the latest 20 origins', () => expect(planCells(0, 5000)).toHaveLength(20));
