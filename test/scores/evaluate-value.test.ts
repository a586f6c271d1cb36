import { describe, expect, it } from 'vitest';

import { forecastValue } from '../../server/compute/forecast-value.ts';
import { type BookedOrder, orderDaysAt, UNITS } from '../../server/engine/analytics/evaluation/order-book.ts';
import { historyAt } from '../../server/engine/analytics/order-days.ts';
import { weeksOfMonths } from '../../server/engine/models/clv.ts';
import { fittedSpend, fittedTransactions } from '../../server/engine/models/find-model.ts';
import { evaluateValue, isForetold } from '../../server/scores/evaluate-value.ts';
import { simulatedOrders } from '../support/simulated-orders.ts';

const LAST_DAY = 300;
const ORDERS = simulatedOrders(500, LAST_DAY, 3);
const CUSTOMERS = ORDERS.map((orders) => ({ orders, refunds: [] }));

/** The same with the cells that have a forecast. */
async function foretold(...input: Parameters<typeof evaluateValue>) {
  const { cells, summary } = await evaluateValue(...input);
  return { cells: cells.filter(isForetold), summary };
}

const shuffled = <Item>(items: readonly Item[]) =>
  items
    .map((item, i) => ({ item, key: (i * 7919) % 104_729 }))
    .sort((a, b) => a.key - b.key)
    .map(({ item }) => item);

describe('on a simulated store', () => {
  const evaluation = foretold(CUSTOMERS, LAST_DAY);

  it('measures every origin and horizon', async () => {
    const { cells, summary } = await evaluation;
    expect(cells.map(({ asOf, months }) => [asOf, months])).toEqual([
      ['1970-03-26', 3],
      ['1970-03-26', 6],
      ['1970-06-25', 3],
    ]);
    for (const { p10, predicted, p90, actual, held, customersHeld } of cells) {
      expect(p10).toBeLessThan(predicted);
      expect(predicted).toBeLessThan(p90);
      expect(held).toBe(p10 <= actual && actual <= p90);
      expect(customersHeld).toBeGreaterThan(0.7);
    }
    expect(summary.groups).toBeGreaterThan(6);
    expect(summary).toEqual({
      totals: 3,
      totalsHeld: cells.filter(({ held }) => held).length,
      customersHeld: expect.closeTo(
        cells.reduce((sum, cell) => sum + cell.customers * cell.customersHeld, 0) /
          cells.reduce((sum, { customers }) => sum + customers, 0),
        12,
      ),
      groups: cells.reduce((sum, { groups }) => sum + groups, 0),
      groupsHeld: cells.reduce((sum, { groupsHeld }) => sum + groupsHeld, 0),
      meanAbsLogMiss: expect.closeTo(
        cells.reduce((sum, { actual, predicted }) => sum + Math.abs(Math.log(actual / predicted)), 0) / 3,
        12,
      ),
      beatBaseline: cells.filter(({ valueMae, baselineMae }) => valueMae <= baselineMae).length,
    });
  });

  it('counts what came as one would by hand', async () => {
    const { cells } = await evaluation;
    const until = (origin: number, days: number) => {
      const known = ORDERS.filter((orders) => orders.some(({ day }) => day <= origin));
      const came = known.flat().filter(({ day }) => day > origin && day <= origin + days);
      return { customers: known.length, actual: came.reduce((sum, { units }) => sum + units, 0) / UNITS };
    };
    const expected = [until(84, 91), until(84, 182), until(175, 91)];
    expect(cells.map(({ customers }) => customers)).toEqual(expected.map(({ customers }) => customers));
    for (const [i, { actual }] of cells.entries()) expect(actual).toBeCloseTo(expected[i]!.actual, 6);
  });

  it('changes by nothing where customers and orders come in another order', async () => {
    const moved = shuffled(ORDERS).map((orders) => ({ orders: shuffled(orders), refunds: [] }));
    expect(JSON.stringify(await foretold(moved, LAST_DAY))).toBe(JSON.stringify(await evaluation));
  });

  it('lets later orders, customers and refunds add cells and change none', async () => {
    const later: BookedOrder[] = [{ day: LAST_DAY + 70, units: 90 * UNITS, refunds: [] }];
    const more = [...ORDERS.map((orders) => [...orders, ...later]), later].map((orders) => ({ orders, refunds: [] }));
    const { cells } = await foretold(more, LAST_DAY + 70);
    const known = (await evaluation).cells.map(({ asOf, months }) => `${asOf} ${months}`);
    const again = cells.filter(({ asOf, months }) => known.includes(`${asOf} ${months}`));
    expect(cells.length).toBeGreaterThan(again.length);
    expect(JSON.stringify(again)).toBe(JSON.stringify((await evaluation).cells));
  });
});

it('lowers forecast and outcome alike by refunds of no known order', async () => {
  // A tenth of everything goes back at once.
  const books = ORDERS.map((orders) => ({
    orders,
    refunds: orders.map(({ day, units }) => ({ day, units: units / 10 })),
  }));
  const { cells } = await foretold(books, LAST_DAY);
  for (const [i, plain] of (await foretold(CUSTOMERS, LAST_DAY)).cells.entries()) {
    expect(plain.unassignedRefundRate).toBe(0);
    expect(cells[i]!.unassignedRefundRate).toBeCloseTo(0.1, 6);
    for (const figure of ['actual', 'predicted', 'p10', 'p90', 'baselinePredicted'] as const)
      expect(cells[i]![figure] / plain[figure]).toBeCloseTo(0.9, 5);
  }
});

it('foretells what the fitted models say of each customer', () => {
  const origin = 175;
  const known = ORDERS.flatMap((orders) => orderDaysAt(orders, origin) ?? []);
  const { transactions, spend, horizons } = forecastValue(known, origin, 0);
  const { model, parameters } = fittedTransactions(transactions.fit);
  const value = fittedSpend(spend.fit);
  expect([transactions.fallbackReason, spend.fit.model]).toEqual([null, 'gamma-gamma']);
  const predicted = known.reduce((sum, customer) => {
    const history = historyAt(customer, origin)!;
    const orders = model.conditionalExpectedTransactions(parameters, history, weeksOfMonths(6));
    return sum + orders * value.model.expectedSpend(value.parameters, history);
  }, 0);
  expect(horizons[1]!.value.reduce((sum, each) => sum + each, 0)).toBeCloseTo(predicted, 3);
});

describe('a shop with next to no second visits', () => {
  const once = Array.from({ length: 60 }, (_, i) => [{ day: i, units: 20 * UNITS, refunds: [] }]);
  const withVisitOn = (day: number) =>
    [...once, [...once[0]!, { day, units: 20 * UNITS, refunds: [] }]].map((orders) => ({ orders, refunds: [] }));

  it('gets a pooled figure, with the reason', async () => {
    const { cells } = await evaluateValue(withVisitOn(80), 180);
    const pooled = { model: 'Pooled rate', spendModel: 'Pooled mean', fallbackReason: expect.any(String) };
    expect(cells).toMatchObject([{ months: 3, actual: 0, noValueReason: null, ...pooled }]);
  });

  it('gets no forecast where the second visit came later, and tells what came', async () => {
    const { cells, summary } = await evaluateValue(withVisitOn(170), 180);
    const nothing = { predicted: null, p10: null, p90: null, held: null, customersHeld: null, valueMae: null };
    expect(cells).toMatchObject([{ months: 3, customers: 61, actual: 20, ...nothing }]);
    expect(cells[0]!.noValueReason).toMatch(/second day/);
    expect(summary).toEqual({
      ...{ totals: 0, totalsHeld: 0, customersHeld: null, groups: 0, groupsHeld: 0 },
      ...{ meanAbsLogMiss: null, beatBaseline: 0 },
    });
  });
});

it('refuses a history without room for a horizon', () =>
  expect(evaluateValue(CUSTOMERS, 150)).rejects.toMatchObject({ code: 'SHORT_HISTORY' }));
