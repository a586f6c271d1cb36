import { roundedMoney } from '../../server/domain/money.ts';
import type { CalibrationBin as CalibrationBinShape } from '../../server/engine/analytics/accuracy.ts';
import type { ModelAccuracy, Totals } from '../../server/engine/analytics/backtest-figures.ts';
import type { BacktestRow } from '../../server/scores/data/backtests.ts';
import type { RunRow } from '../../server/scores/data/runs.ts';
import { builder } from '../builder.ts';
import { STATEMENT_COST } from '../cost.ts';
import { Money } from '../money.ts';

const analytics = { scope: 'analytics:read' } as const;

const OrderDayTotals = builder.objectRef<Totals>('OrderDayTotals').implement({
  description: 'Order days of all customers in the time held out.',
  authScopes: analytics,
  fields: (t) => ({
    predicted: t.exposeFloat('predicted', { description: 'As the model expected.' }),
    actual: t.exposeFloat('actual', { description: 'As they came.' }),
    bias: t.exposeFloat('bias', {
      nullable: true,
      description: 'predicted / actual - 1: 0.1 is 10 % too many; null where there were none.',
    }),
  }),
});

const RevenueTotals = builder.objectRef<Totals>('RevenueTotals').implement({
  description: 'Revenue from all customers in the time held out.',
  authScopes: analytics,
  fields: (t) => ({
    predicted: t.field({
      type: Money,
      description: 'As the model expected.',
      resolve: ({ predicted }, _args, { workspace }) => roundedMoney(predicted, workspace.currency),
    }),
    actual: t.field({
      type: Money,
      description: 'As it came.',
      resolve: ({ actual }, _args, { workspace }) => roundedMoney(actual, workspace.currency),
    }),
    bias: t.exposeFloat('bias', {
      nullable: true,
      description: 'predicted / actual - 1: 0.1 is 10 % too much; null where there was none.',
    }),
  }),
});

const CalibrationBin = builder.objectRef<CalibrationBinShape>('CalibrationBin').implement({
  description: 'About a tenth of the customers, next to each other in what was predicted of them.',
  authScopes: analytics,
  fields: (t) => ({
    customers: t.exposeInt('customers', { description: 'Customers of the bin.' }),
    meanPredicted: t.exposeFloat('meanPredicted', { description: 'Mean of what was predicted of them.' }),
    meanActual: t.exposeFloat('meanActual', { description: 'Mean of what they did.' }),
  }),
});

type ResultShape = ModelAccuracy & Pick<BacktestRow, 'origin' | 'model'>;

const BacktestResult = builder.objectRef<ResultShape>('BacktestResult').implement({
  description: 'How one model did on the orders that followed one origin, which it had not seen.',
  authScopes: analytics,
  fields: (t) => ({
    model: t.exposeString('model', {
      description: 'Name of the model; "Own rate" is the baseline: own rate x horizon.',
    }),
    origin: t.expose('origin', { type: 'Date', description: 'Last day that the model was fitted to.' }),
    customers: t.exposeInt('customers', { description: 'Customers who had bought by the origin.' }),
    orderDays: t.expose('orders', { type: OrderDayTotals, description: 'Order days of all customers together.' }),
    revenue: t.expose('value', { type: RevenueTotals, description: 'Revenue of all customers together.' }),
    meanAbsoluteError: t.exposeFloat('meanAbsoluteError', {
      nullable: true,
      description: 'Mean absolute error of the order days per customer.',
    }),
    rootMeanSquareError: t.exposeFloat('rootMeanSquareError', {
      nullable: true,
      description: 'Root mean square error of the order days per customer.',
    }),
    crps: t.exposeFloat('crps', {
      nullable: true,
      description:
        'Continuous ranked probability score of the order days per customer, in order days, lower is better; for the baseline with Poisson orders at each own rate. Models are chosen by it.',
    }),
    brier: t.exposeFloat('brier', {
      nullable: true,
      description: 'Brier score of the probability of any order, 0 to 1, lower is better; null for the baseline.',
    }),
    areaUnderCurve: t.exposeFloat('areaUnderCurve', {
      nullable: true,
      description:
        'Chance that of two customers, one who ordered and one who did not, the model told which; 0.5 is guessing.',
    }),
    expectedCalibrationError: t.exposeFloat('expectedCalibrationError', {
      nullable: true,
      description:
        'Mean distance between the probability of any order and the share who ordered, 0 to 1; null for the baseline.',
    }),
    normalisedGini: t.exposeFloat('normalisedGini', {
      nullable: true,
      description: 'How well the customers were ranked by the revenue to come: 1 as well as can be, 0 as by lot.',
    }),
    topDecileShare: t.exposeFloat('topDecileShare', {
      nullable: true,
      description:
        'Share of the revenue that came from the tenth of customers who were expected to bring most, 0 to 1.',
    }),
    calibration: t.expose('ordersCalibration', {
      type: [CalibrationBin],
      description: 'Expected against actual order days by decile, lowest first.',
    }),
    anyOrderCalibration: t.expose('anyOrderCalibration', {
      type: [CalibrationBin],
      description:
        'Probability of any order against the share who ordered, by decile, lowest first; empty for the baseline.',
    }),
  }),
});

const Coverage = builder.objectRef<RunRow>('Coverage').implement({
  description: 'What the 80 % intervals covered of what came; 0.8 is as it should be.',
  authScopes: analytics,
  fields: (t) => ({
    customers: t.exposeFloat('coverageCustomers', {
      nullable: true,
      description:
        'Share of customers whose revenue fell within their interval, 0 to 1, ties at zero counted in part (Czado, Gneiting & Held 2009).',
    }),
    totals: t.exposeFloat('coverageTotal', {
      nullable: true,
      description: 'Share of origins whose total revenue fell within its interval, 0 to 1. There are few origins.',
    }),
  }),
});

interface BacktestShape extends RunRow {
  readonly backtestWeeks: number;
  readonly drift: number;
}

export const Backtest = builder.objectRef<BacktestShape>('Backtest').implement({
  description:
    'What the models would have said on earlier days, and what came: each is fitted to the orders up to an origin and compared with those after it.',
  authScopes: analytics,
  fields: (t) => ({
    horizonWeeks: t.exposeInt('backtestWeeks', { description: 'Length of the time after an origin, in weeks.' }),
    drift: t.exposeFloat('drift', {
      description:
        'Standard deviation of ln(actual / predicted revenue) over the origins, which the intervals are widened by; 0.15 is about 15 % either way.',
    }),
    coverage: t.field({
      type: Coverage,
      description: 'What the 80 % intervals of the chosen model covered.',
      resolve: (run) => run,
    }),
    results: t.field({
      type: [BacktestResult],
      description: 'By origin, oldest first, and by model, the rate baseline among them.',
      complexity: STATEMENT_COST,
      resolve: async ({ id }, _args, { loaders }) =>
        (await loaders.backtests.load(id)).map(({ figures, ...row }) => ({ ...figures, ...row })),
    }),
  }),
});
