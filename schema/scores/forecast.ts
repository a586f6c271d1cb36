import { roundedMoney } from '../../server/domain/money.ts';
import { type Forecast as ForecastShape, forecastCustomer } from '../../server/scores/forecast-customer.ts';
import { builder } from '../builder.ts';
import { STATEMENT_COST } from '../cost.ts';
import { Customer } from '../customers/customer.ts';
import { Money } from '../money.ts';
import { AnalysisRun } from './analysis-run.ts';
import { ClvInterval } from './clv-interval.ts';
import { scoredRun } from './customer-scores.ts';

const reading = { scope: 'customers:read' } as const;

const Forecast = builder.objectRef<ForecastShape>('Forecast').implement({
  description: 'Value of a customer at a horizon and rates of your choice, by the models of the published run.',
  authScopes: reading,
  fields: (t) => ({
    horizonMonths: t.exposeInt('horizonMonths', {
      nullable: true,
      description: 'Length of the horizon in months. Null when there is no time limit.',
    }),
    annualDiscountRate: t.exposeFloat('annualDiscountRate', {
      description: 'Effective annual discount rate; 0.1 is 10%.',
    }),
    marginRate: t.exposeFloat('marginRate', { description: 'Share of revenue that is counted as value, 0 to 1.' }),
    value: t.field({
      type: Money,
      description: 'Discounted margin of the orders that are expected within the horizon.',
      resolve: ({ clv }, _args, { workspace }) => roundedMoney(clv, workspace.currency),
    }),
    interval: t.expose('interval', { type: ClvInterval, description: 'Interval of the value.' }),
    expectedOrderDays: t.exposeFloat('expectedOrderDays', {
      nullable: true,
      description:
        'Expected order days within the horizon. Null without a time limit, where the sum does not converge.',
    }),
    orderDayProbabilities: t.field({
      type: ['Float'],
      nullable: true,
      description:
        'Probabilities of 0, 1, 2 and so on order days within the horizon, up to 200 or until less than 0.001 is left. Null without a time limit.',
      resolve: ({ orderDayProbabilities }) => orderDayProbabilities(),
    }),
    isFallback: t.boolean({
      description: 'Whether a pooled figure replaces one of the models; see `run { fits { reason } }`.',
      resolve: ({ run }) => run.fits.some(({ isChosen, status }) => isChosen && status === 'FALLBACK'),
    }),
    run: t.expose('run', { type: AnalysisRun, description: 'The run that fitted the models.' }),
  }),
});

builder.objectField(Customer, 'forecast', (t) =>
  t.field({
    type: Forecast,
    nullable: true,
    description:
      'Value at any horizon and rates. Null for Prospects, until a published run includes the customer, and when the run has a `noValueReason`. A discount rate of 0 needs a horizon.',
    // A simulation of its own: as dear as a statement.
    complexity: STATEMENT_COST,
    args: {
      horizonMonths: t.arg.int({ description: 'Length of the horizon in months, 0 to 1200. Default: no time limit.' }),
      annualDiscountRate: t.arg.float({
        description: 'Effective annual discount rate; 0.1 is 10%. Default: the rate of the run.',
      }),
      marginRate: t.arg.float({
        description: 'Share of revenue that counts as value, 0 to 1. Default: the rate of the run.',
      }),
    },
    resolve: (customer, { horizonMonths, annualDiscountRate, marginRate }, ctx) =>
      scoredRun(customer, ctx, (score, run) =>
        forecastCustomer(score, run, {
          horizonMonths: horizonMonths ?? null,
          annualDiscountRate: annualDiscountRate ?? run.annualDiscountRate,
          marginRate: marginRate ?? run.marginRate,
        }),
      ),
  }),
);
