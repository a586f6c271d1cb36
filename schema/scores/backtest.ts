import { roundedMoney } from '../../server/domain/money.ts';
import type { CalibrationBin as CalibrationBinShape } from '../../server/engine/analytics/accuracy.ts';
import type { ModelAccuracy, Totals } from '../../server/engine/analytics/backtest/figures.ts';
import type { BacktestRow } from '../../server/scores/data/backtests.ts';
import type { RunRow } from '../../server/scores/data/runs.ts';
import { builder } from '../builder.ts';
import { STATEMENT_COST } from '../cost.ts';
import { Money } from '../money.ts';

const analytics = { scope: 'analytics:read' } as const;

const OrderDayTotals = builder.objectRef<Totals>('OrderDayTotals').implement({
  description: 'Order days of all customers in the holdout period: predicted and actual.',
  authScopes: analytics,
  fields: (t) => ({
    predicted: t.exposeFloat('predicted', { description: 'Sum of the predictions.' }),
    actual: t.exposeFloat('actual', { description: 'Actual number of order days.' }),
    bias: t.exposeFloat('bias', {
      nullable: true,
      description: 'predicted / actual - 1; 0.1 means that the prediction is 10% too high. Null without order days.',
    }),
  }),
});

const RevenueTotals = builder.objectRef<Totals>('RevenueTotals').implement({
  description: 'Revenue of all customers in the holdout period: predicted and actual.',
  authScopes: analytics,
  fields: (t) => ({
    predicted: t.field({
      type: Money,
      description: 'Sum of the predictions.',
      resolve: ({ predicted }, _args, { workspace }) => roundedMoney(predicted, workspace.currency),
    }),
    actual: t.field({
      type: Money,
      description: 'Actual revenue.',
      resolve: ({ actual }, _args, { workspace }) => roundedMoney(actual, workspace.currency),
    }),
    bias: t.exposeFloat('bias', {
      nullable: true,
      description: 'predicted / actual - 1; 0.1 means that the prediction is 10% too high. Null without revenue.',
    }),
  }),
});

const CalibrationBin = builder.objectRef<CalibrationBinShape>('CalibrationBin').implement({
  description: 'A tenth of the customers, grouped by their prediction.',
  authScopes: analytics,
  fields: (t) => ({
    customers: t.exposeInt('customers', { description: 'Number of customers in the bin.' }),
    meanPredicted: t.exposeFloat('meanPredicted', { description: 'Mean prediction of the bin.' }),
    meanActual: t.exposeFloat('meanActual', { description: 'Mean outcome of the bin.' }),
  }),
});

type ResultShape = ModelAccuracy & Pick<BacktestRow, 'origin' | 'model'>;

const BacktestResult = builder.objectRef<ResultShape>('BacktestResult').implement({
  description: 'Accuracy of one model at one origin, measured on the orders after the origin.',
  authScopes: analytics,
  fields: (t) => ({
    model: t.exposeString('model', {
      description: 'Name of the model. "Own rate" is the baseline: each customer continues at their own past rate.',
    }),
    origin: t.expose('origin', { type: 'Date', description: 'Last day of the data that the model was fitted to.' }),
    customers: t.exposeInt('customers', { description: 'Number of customers with an order by the origin.' }),
    orderDays: t.expose('orders', {
      type: OrderDayTotals,
      description: 'Predicted and actual order days, summed over all customers.',
    }),
    revenue: t.expose('value', {
      type: RevenueTotals,
      description: 'Predicted and actual revenue, summed over all customers.',
    }),
    meanAbsoluteError: t.exposeFloat('meanAbsoluteError', {
      nullable: true,
      description: 'Mean absolute error of the order days per customer, in order days. Null without customers.',
    }),
    rootMeanSquareError: t.exposeFloat('rootMeanSquareError', {
      nullable: true,
      description: 'Root mean square error of the order days per customer, in order days. Null without customers.',
    }),
    crps: t.exposeFloat('crps', {
      nullable: true,
      description:
        'Continuous ranked probability score of the order days per customer, in order days; lower is better. The model with the lowest score is chosen. The baseline is scored as a Poisson distribution at each customer’s own rate.',
    }),
    brier: t.exposeFloat('brier', {
      nullable: true,
      description: 'Brier score of the probability of any order, 0 to 1; lower is better. Null for the baseline.',
    }),
    areaUnderCurve: t.exposeFloat('areaUnderCurve', {
      nullable: true,
      description:
        'Area under the ROC curve: probability that the model ranks a customer who ordered above one who did not, 0 to 1; 0.5 is guessing.',
    }),
    expectedCalibrationError: t.exposeFloat('expectedCalibrationError', {
      nullable: true,
      description:
        'Expected calibration error: mean distance between the predicted probability of any order and the share who ordered, 0 to 1. Null for the baseline.',
    }),
    normalisedGini: t.exposeFloat('normalisedGini', {
      nullable: true,
      description:
        'Gini coefficient of the ranking by predicted revenue, divided by that of a perfect ranking: 1 is perfect, 0 is random.',
    }),
    topDecileShare: t.exposeFloat('topDecileShare', {
      nullable: true,
      description:
        'Share of the actual revenue that came from the tenth of customers with the highest predictions, 0 to 1.',
    }),
    calibration: t.expose('ordersCalibration', {
      type: [CalibrationBin],
      description: 'Predicted and actual order days per customer, by decile of the prediction, lowest first.',
    }),
    anyOrderCalibration: t.expose('anyOrderCalibration', {
      type: [CalibrationBin],
      description:
        'Predicted probability of any order and the share who ordered, by decile of the prediction, lowest first. Empty for the baseline.',
    }),
  }),
});

type CoverageShape = Pick<RunRow, 'coverageCustomers' | 'coverageTotal'>;

const Coverage = builder.objectRef<CoverageShape>('Coverage').implement({
  description: 'Share of outcomes that fell within the 80% intervals. The target is 0.8.',
  authScopes: analytics,
  fields: (t) => ({
    customers: t.exposeFloat('coverageCustomers', {
      nullable: true,
      description:
        'Share of customers whose revenue fell within their interval, 0 to 1. Ties at zero count in part (Czado, Gneiting & Held 2009).',
    }),
    totals: t.exposeFloat('coverageTotal', {
      nullable: true,
      description:
        'Share of origins whose total revenue fell within its interval, 0 to 1. There are at most five origins.',
    }),
  }),
});

interface BacktestShape extends CoverageShape {
  /** Of the run. */
  readonly id: string;
  readonly backtestWeeks: number;
  readonly drift: number;
}

export const Backtest = builder.objectRef<BacktestShape>('Backtest').implement({
  description:
    'Forecasts made on past days compared with what happened. Each model is fitted to the orders up to a past day, the origin, and compared with the orders after it.',
  authScopes: analytics,
  fields: (t) => ({
    horizonWeeks: t.exposeInt('backtestWeeks', {
      description: 'Length of the holdout period after each origin, in weeks.',
    }),
    drift: t.exposeFloat('drift', {
      description:
        'Standard deviation of ln(actual / predicted revenue) over the origins; 0.15 is about 15% either way. The intervals of the run are widened by it.',
    }),
    coverage: t.field({
      type: Coverage,
      description: 'Share of outcomes that the 80% intervals of the chosen model covered.',
      resolve: (run) => run,
    }),
    results: t.field({
      type: [BacktestResult],
      description: 'One result for each origin and model, oldest origin first, the baseline included.',
      complexity: STATEMENT_COST,
      resolve: async ({ id }, _args, { loaders }) =>
        (await loaders.backtests.load(id)).map(({ figures, ...row }) => ({ ...figures, ...row })),
    }),
  }),
});
