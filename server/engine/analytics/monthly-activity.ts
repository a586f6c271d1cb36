import { dayOfNumber } from '../../domain/day.ts';
import type { OrderDays } from './order-days.ts';

export interface MonthlyActivity {
  /** Calendar months with an order, per customer. */
  readonly activeMonths: number;
  /** Share of the customers with an order in one month who have none in the next, in [0, 1]; null where no next month is over. */
  readonly churnRate: number | null;
}

/** Calendar months in UTC, counted on without a break. */
function monthOf(dayNumber: number): number {
  const [year, month] = dayOfNumber(dayNumber).split('-') as [string, string];
  return Number(year) * 12 + Number(month) - 1;
}

/** @param end the last observed day, as a number since 1970-01-01; its month counts as over on its last day only. */
export function monthlyActivity(customers: readonly OrderDays[], end: number): MonthlyActivity {
  const lastOver = monthOf(end + 1) - 1;
  let active = 0;
  let [followed, lost] = [0, 0];
  for (const { days } of customers) {
    const months = new Set(Array.from(days, monthOf));
    active += months.size;
    for (const month of months) {
      if (month >= lastOver) continue;
      followed++;
      if (!months.has(month + 1)) lost++;
    }
  }
  return {
    activeMonths: customers.length === 0 ? 0 : active / customers.length,
    churnRate: followed === 0 ? null : lost / followed,
  };
}
