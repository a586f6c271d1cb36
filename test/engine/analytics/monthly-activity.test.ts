import { expect, it } from 'vitest';
import { dayNumber } from '../../../server/domain/day.ts';
import { monthlyActivity } from '../../../server/engine/analytics/monthly-activity.ts';

const customer = (...days: string[]) => ({ days: days.map(dayNumber), values: days.map(() => 1) });

it('counts who orders in one month and not in the next', () => {
  const ann = customer('2026-01-03', '2026-01-20', '2026-02-01');
  const bob = customer('2026-01-31');
  // Followed: Ann's and Bob's January and Ann's February; lost: Bob after January, Ann after February.
  expect(monthlyActivity([ann, bob], dayNumber('2026-03-31'))).toEqual({ activeMonths: 1.5, churnRate: 2 / 3 });
});

it('does not count a month as lost before the next one is over', () => {
  const ann = customer('2026-01-03');
  expect(monthlyActivity([ann], dayNumber('2026-02-27')).churnRate).toBeNull();
  expect(monthlyActivity([ann], dayNumber('2026-02-28')).churnRate).toBe(1);
});

it('follows customers from December into January', () => {
  const ann = customer('2025-12-31', '2026-01-01');
  expect(monthlyActivity([ann], dayNumber('2026-01-31')).churnRate).toBe(0);
});

it('knows nothing of nobody', () => {
  expect(monthlyActivity([], dayNumber('2026-01-31'))).toEqual({ activeMonths: 0, churnRate: null });
});
