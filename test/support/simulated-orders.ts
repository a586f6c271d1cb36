import { type BookedOrder, UNITS } from '../../server/engine/analytics/evaluation/order-book.ts';
import { mbgNbd } from '../../server/engine/models/mbg-nbd.ts';
import { createRandom } from '../../server/engine/numerics/random.ts';

const TRUTH = { r: 1.2, alpha: 5, a: 0.9, b: 1.3 };
const WEEK = 7;

/**
 * Customers who arrive over the first half of the days and behave as MBG/NBD and Gamma-Gamma have it.
 * @returns The orders of each, in cents.
 */
export function simulatedOrders(customers: number, days: number, seed: number): BookedOrder[][] {
  const random = createRandom(seed);
  return Array.from({ length: customers }, (_, i) => {
    const first = i === 0 ? 0 : Math.floor((days / 2) * random.uniform());
    const times = mbgNbd.simulate(TRUTH, (days - first) / WEEK, random);
    const level = random.gamma(6, 100);
    return [0, ...times]
      .map((time) => first + Math.ceil(WEEK * time))
      .filter((day) => day <= days)
      .map((day) => ({ day, units: (UNITS / 100) * Math.round(100 * random.gamma(4, level)), refunds: [] }));
  });
}
