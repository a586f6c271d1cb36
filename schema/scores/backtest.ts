import { roundedMoney } from '../../server/domain/money.ts';
import { HORIZONS, type Horizon as HorizonName } from '../../server/domain/period.ts';
import type { CalibrationBin as CalibrationBinShape } from '../../server/engine/analytics/accuracy.ts';
import type { HorizonError as HorizonErrorShape } from '../../server/engine/analytics/backtest/backtest.ts';
import type {
  CoverageCount as CoverageCountShape,
  Coverage as CoverageShape,
} from '../../server/engine/analytics/backtest/coverage-by-horizon.ts';
import type { ModelAccuracy, Totals } from '../../server/engine/analytics/backtest/figures.ts';
import { wilson } from '../../server/engine/experiments/rate.ts';
import type { BacktestRow } from '../../server/scores/data/backtests.ts';
import type { RunRow } from '../../server/scores/data/runs.ts';
import { builder } from '../builder.ts';
import { STATEMENT_COST } from '../cost.ts';
import { Horizon } from '../enums.ts';
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
      description:
        'Name of the model. "Own rate" is the baseline: each customer continues at their own past rate. "NBD" is a yardstick, in which nobody leaves.',
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

const CoverageCount = builder.objectRef<CoverageCountShape>('CoverageCount').implement({
  description: 'How many outcomes fell within their 80% intervals.',
  authScopes: analytics,
  fields: (t) => ({
    promised: t.exposeFloat('promised', {
      description:
        'Share of outcomes that should fall within, 0 to 1: 0.8 for totals. For customers it is higher, because the interval of a customer who will probably buy nothing starts at 0.',
    }),
    held: t.exposeInt('held', { description: 'Number of outcomes that fell within their interval.' }),
    count: t.exposeInt('count', { description: 'Number of outcomes.' }),
    share: t.float({ description: 'held / count, 0 to 1.', resolve: ({ held, count }) => held / count }),
    low: t.float({
      description: 'Lower end of the 95% interval of the share, as if outcomes were independent (Wilson 1927).',
      resolve: ({ held, count }) => wilson(held, count)!.interval.low,
    }),
    high: t.float({
      description: 'Upper end of the 95% interval of the share.',
      resolve: ({ held, count }) => wilson(held, count)!.interval.high,
    }),
  }),
});

const Coverage = builder.objectRef<CoverageShape>('Coverage').implement({
  description: 'What the 80% intervals of the published kind of forecast held in the backtest, for one horizon.',
  authScopes: analytics,
  fields: (t) => ({
    weeks: t.exposeFloat('weeks', { description: 'Length of the horizon in weeks.' }),
    customers: t.field({
      type: CoverageCount,
      description: 'The revenue of each customer at each origin.',
      resolve: ({ customers }) => customers,
    }),
    totals: t.field({
      type: CoverageCount,
      description: 'The revenue of all customers together, once for each origin.',
      resolve: ({ totals }) => totals,
    }),
    centralShare: t.exposeFloat('centralShare', {
      description:
        'Share of the customers’ revenue that fell within the middle 80% of its forecast, 0 to 1; 0.8 is right. Ties at zero count in part (Czado, Gneiting & Held 2009).',
    }),
  }),
});

const HorizonError = builder
  .objectRef<HorizonErrorShape & { readonly horizon: HorizonName }>('HorizonError')
  .implement({
    description: 'Error that past forecasts let expect of the forecasts of this run, for one horizon.',
    authScopes: analytics,
    fields: (t) => ({
      horizon: t.expose('horizon', { type: Horizon, description: 'Period that the values cover, from the as-of day.' }),
      level: t.float({
        description:
          'Factor that the values are multiplied by, because past forecasts were too low (above 1) or too high: half of their mean miss, less its own uncertainty.',
        resolve: ({ shift }) => Math.exp(shift),
      }),
      season: t.exposeFloat('season', {
        description:
          'Factor that the values are multiplied by for the time of the year. 1 for a year and more, and with less than two years of orders.',
      }),
      deviation: t.exposeFloat('deviation', {
        description:
          'Standard deviation of ln(actual / predicted revenue) beyond what chance explains; 0.15 is about 15% either way. The intervals are widened by it.',
      }),
      measuredWeeks: t.exposeFloat('measuredWeeks', {
        nullable: true,
        description:
          'Length in weeks of the past forecasts that the figures come from: the length nearest to the horizon. Null when nothing could be measured.',
      }),
      origins: t.exposeInt('origins', { description: 'Number of past forecasts that the figures come from.' }),
    }),
  });

interface BacktestShape extends Pick<RunRow, 'id' | 'ownShare' | 'errors' | 'coverage'> {
  readonly backtestWeeks: number;
}

export const Backtest = builder.objectRef<BacktestShape>('Backtest').implement({
  description:
    'Forecasts made on past days compared with what happened. Each model is fitted to the orders up to a past day, the origin, and compared with the orders after it.',
  authScopes: analytics,
  fields: (t) => ({
    horizonWeeks: t.exposeInt('backtestWeeks', {
      description:
        'Length in weeks of the shortest holdout period after each origin, by which the models are compared.',
    }),
    ownShare: t.exposeFloat('ownShare', {
      nullable: true,
      description:
        'Share of the values that comes from each customer’s own rate and mean, 0 to 1. It is 0 unless the model was further off than these at most origins. Null in runs that did not record it.',
    }),
    errors: t.field({
      type: [HorizonError],
      description: 'Error of the forecasts by horizon, shortest first. Empty in runs that did not record it.',
      resolve: ({ errors }) => (errors ?? []).map((error, i) => ({ ...error, horizon: HORIZONS[i]! })),
    }),
    coverage: t.field({
      type: [Coverage],
      description:
        'What the 80% intervals held, by horizon, shortest first. At each origin they know the misses of earlier origins only. Empty in runs that did not record it, and where a pooled rate stands in for the model.',
      resolve: ({ coverage }) => coverage ?? [],
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
