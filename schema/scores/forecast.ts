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
  description: 'What a customer is worth at a horizon and rates of one’s own, by the models of the published run.',
  authScopes: reading,
  fields: (t) => ({
    horizonMonths: t.exposeInt('horizonMonths', { nullable: true, description: 'Null is without an end.' }),
    annualDiscountRate: t.exposeFloat('annualDiscountRate', { description: 'Effective rate a year.' }),
    marginRate: t.exposeFloat('marginRate', { description: 'Share of revenue that is counted as value, 0 to 1.' }),
    value: t.field({
      type: Money,
      description: 'The discounted margin of the orders expected within the horizon.',
      resolve: ({ clv }, _args, { workspace }) => roundedMoney(clv, workspace.currency),
    }),
    interval: t.expose('interval', { type: ClvInterval, description: 'How sure the value is.' }),
    expectedOrderDays: t.exposeFloat('expectedOrderDays', {
      nullable: true,
      description: 'Expected number of order days within the horizon; null without an end, where the sum has no limit.',
    }),
    orderDayProbabilities: t.field({
      type: ['Float'],
      nullable: true,
      description:
        'Probabilities of 0, 1, 2, ... order days within the horizon, until less than 0.001 is left or up to 200; null without an end.',
      resolve: ({ orderDayProbabilities }) => orderDayProbabilities(),
    }),
    isFallback: t.boolean({
      description: 'Whether a pooled figure stands in for one of the models; the reason is in the fits of the run.',
      resolve: ({ run }) => run.fits.some(({ isChosen, status }) => isChosen && status === 'FALLBACK'),
    }),
    run: t.expose('run', { type: AnalysisRun, description: 'The run whose models made it.' }),
  }),
});

builder.objectField(Customer, 'forecast', (t) =>
  t.field({
    type: Forecast,
    nullable: true,
    description:
      'The value at any horizon and rates; null for Prospects, and until a published run knows the customer. A rate is annual: 0 without an end is refused, and so is what looks like a rate per week.',
    // A simulation of its own: as dear as a statement.
    complexity: STATEMENT_COST,
    args: {
      horizonMonths: t.arg.int({ description: 'How far ahead, 0 to 1200; without an end when absent.' }),
      annualDiscountRate: t.arg.float({ description: 'Effective rate a year, 0.1 being 10 %; the run’s when absent.' }),
      marginRate: t.arg.float({ description: 'Share of revenue to count as value, 0 to 1; the run’s when absent.' }),
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
