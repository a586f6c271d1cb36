import { expect, it } from 'vitest';

import type { HorizonForecast } from '../../../../server/engine/analytics/evaluation/horizon-forecast.ts';
import { valueFigures } from '../../../../server/engine/analytics/evaluation/value-cell.ts';
import { gammaQuantile } from '../../../../server/engine/numerics/incomplete-gamma.ts';

/** Origin 70. Ann bought on days 0 and 70 for 10 and 20, Bob on day 35 for 5, Cem on day 42 for 8, and took it back in the end. */
const CUSTOMERS = [
  {
    known: { days: [0, 70], values: [10, 20] },
    outcome: { days: [0, 70, 80, 161, 162], values: [10, 20, 30, 7, 100] },
    refunds: [],
  },
  { known: { days: [35], values: [5] }, outcome: { days: [35, 71], values: [5, 6] }, refunds: [] },
  { known: { days: [42], values: [8] }, outcome: null, refunds: [] },
];

const FORECAST: HorizonForecast = {
  orderDays: [2, 0.4, 0.5],
  value: [40, 2, 4],
  p10: [0, 0, 1],
  p90: [60, 5, 9],
  variance: [400, 16, 9],
  sharedDeviation: 0.2,
  unassignedRefundRate: 0,
};

it('sets a forecast of three months against what came in 91 days', () => {
  const figures = valueFigures(CUSTOMERS, 70, 3, FORECAST);
  // Of days 71 to 161: 37 of Ann, 6 of Bob.
  expect(figures).toMatchObject({ months: 3, customers: 3, actual: 43, predicted: 46 });
  expect(figures.bias).toBeCloseTo(46 / 43 - 1, 12);
  expect(figures.logMiss).toBeCloseTo(Math.log(43 / 46), 12);
  expect(figures.valueMae).toBeCloseTo((3 + 4 + 4) / 3, 12);
  expect(figures.valueRmse).toBeCloseTo(Math.sqrt((9 + 16 + 16) / 3), 12);
  // Ann lies in her interval; Bob came in above his, and Cem below.
  expect(figures.customersHeld).toBeCloseTo(1 / 3, 12);
  expect(figures.areaUnderCurve).toBe(0.5);
  // Three tenths of a customer's seat, and it is Ann's.
  expect(figures.topDecileShare).toBeCloseTo((0.3 * 37) / 43, 12);
  const bins = figures.calibration;
  expect(bins.reduce((sum, { customers }) => sum + customers, 0)).toBe(3);
  expect(bins.at(-1)).toEqual({ customers: 1, meanPredicted: 40, meanActual: 37 });
});

it('gives the total the interval of its mean and variance', () => {
  const { p10, p90, held } = valueFigures(CUSTOMERS, 70, 3, FORECAST);
  const shape = 46 ** 2 / (425 + (0.2 * 46) ** 2);
  expect(p10).toBeCloseTo((46 / shape) * gammaQuantile(shape, 0.1), 9);
  expect(p90).toBeCloseTo((46 / shape) * gammaQuantile(shape, 0.9), 9);
  expect(held).toBe(true);
  expect(valueFigures(CUSTOMERS, 70, 3, { ...FORECAST, value: [400, 20, 40] }).held).toBe(false);
});

it('lets everybody go on at their own rate and mean as the baseline', () => {
  const figures = valueFigures(CUSTOMERS, 70, 3, FORECAST);
  // One repeat purchase of 20 in 10 weeks; three months are 365.25 / 4 / 7 weeks.
  const ann = (1 / 10) * (365.25 / 28) * 20;
  expect(figures.baselinePredicted).toBeCloseTo(ann, 9);
  expect(figures.baselineMae).toBeCloseTo((37 - ann + 6) / 3, 9);
  expect(figures.baselineRmse).toBeCloseTo(Math.sqrt(((37 - ann) ** 2 + 36) / 3), 9);
});

it('has no bias and no miss where nobody came back', () => {
  const silent = CUSTOMERS.map(({ known }) => ({ known, outcome: known, refunds: [] }));
  expect(valueFigures(silent, 70, 3, FORECAST)).toMatchObject({
    actual: 0,
    bias: null,
    logMiss: null,
    held: false,
    areaUnderCurve: null,
    topDecileShare: null,
  });
});

it('takes off what went back in refunds of no known order within the horizon', () => {
  const returned = CUSTOMERS.map((customer, i) =>
    i === 0 ? { ...customer, refunds: [70, 80, 161, 162].map((day) => ({ day, units: 10_000 })) } : customer,
  );
  expect(valueFigures(returned, 70, 3, FORECAST)).toMatchObject({ actual: 41 });
});
