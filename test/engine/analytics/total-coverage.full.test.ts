import { expect, it } from 'vitest';

import { forecastValue } from '../../../server/compute/forecast-value.ts';
import { sum } from '../../../server/engine/analytics/accuracy.ts';
import { holdout, type OrderDays } from '../../../server/engine/analytics/order-days.ts';
import { DAYS_PER_WEEK, weeksOfMonths } from '../../../server/engine/models/clv.ts';
import { groupInterval, spreadParts } from '../../../server/engine/models/group-interval.ts';
import { SHOP_MODELS, wanderingShop } from '../../support/wandering-shop.ts';

const SEEN = 130;
const ORIGIN = SEEN * DAYS_PER_WEEK;
const SHOPS = 20;
const MONTHS = [3, 6, 12];

function upTo({ days, values }: OrderDays, last: number): OrderDays {
  const known = Array.from(days).filter((day) => day <= last).length;
  return { days: Array.from(days).slice(0, known), values: Array.from(values).slice(0, known) };
}

/** By horizon, whether the total came to lie within its 80% interval. */
function heldTotals(customers: readonly OrderDays[]): boolean[] {
  const { horizons } = forecastValue(
    customers.map((customer) => upTo(customer, ORIGIN)),
    ORIGIN,
    0,
  );
  return MONTHS.map((months, i) => {
    const { value, variance, sharedDeviation } = horizons[i]!;
    const { p10, p90 } = groupInterval(spreadParts(value, variance), sharedDeviation);
    const days = weeksOfMonths(months) * DAYS_PER_WEEK;
    const total = sum(Float64Array.from(customers, (customer) => holdout(customer, ORIGIN, days).value));
    return p10 <= total && total <= p90;
  });
}

it('80% intervals of totals hold 80% in shops whose order rate wanders, with a season and a trend', () => {
  const held = SHOP_MODELS.flatMap((model, m) =>
    Array.from({ length: SHOPS }, (_, shop) =>
      heldTotals(wanderingShop(model, { customers: 600, seen: SEEN, seed: m * SHOPS + shop })),
    ),
  );
  for (const i of MONTHS.keys()) {
    const share = held.filter((each) => each[i]).length / held.length;
    // Two standard errors of a share of 80 shops.
    expect(Math.abs(share - 0.8)).toBeLessThan(0.09);
  }
});
