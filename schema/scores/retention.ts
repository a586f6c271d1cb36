import type { RetentionForecast as RetentionForecastShape } from '../../server/compute/forecast-retention.ts';
import { forecastRetention } from '../../server/scores/forecast-retention.ts';
import { builder } from '../builder.ts';
import { FitStatus, ModelParameter, parametersOf } from './model-fit.ts';

const analytics = { scope: 'analytics:read' } as const;

const RetentionForecast = builder.objectRef<RetentionForecastShape>('RetentionForecast').implement({
  description: 'How a cohort of contracts will be renewed, by one model.',
  authScopes: analytics,
  fields: (t) => ({
    model: t.exposeString('model', {
      description:
        '"sBG", shifted-beta-geometric; or "BdW", beta-discrete-Weibull, whose customers change with tenure.',
    }),
    status: t.field({
      type: FitStatus,
      description: 'How the search for the parameters ended.',
      resolve: ({ fit }) => fit.status.toUpperCase().replace('-', '_') as 'CONVERGED',
    }),
    parameters: t.field({
      type: [ModelParameter],
      description: 'The fitted parameters.',
      resolve: ({ fit }) => parametersOf(fit as never),
    }),
    logLikelihood: t.float({
      description: 'Natural logarithm of the likelihood at the estimates.',
      resolve: ({ fit }) => fit.logLikelihood,
    }),
    survival: t.expose('survival', {
      type: ['Float'],
      description:
        'Share of the cohort still there: at the start, after the first renewal, ... and beyond what was seen.',
    }),
    retention: t.expose('retention', {
      type: ['Float'],
      description: 'Share of those active who renew: the first time, the second, ... and beyond what was seen.',
    }),
    discountedRenewals: t.exposeFloat('discountedRenewals', {
      description:
        'Renewals to come, without an end, of a customer who has made the last renewal seen, discounted to the day of the next one. Times the margin of a period it is what the customer is worth.',
    }),
  }),
});

builder.queryField('retentionForecast', (t) =>
  t.field({
    type: [RetentionForecast],
    description:
      'How a cohort with contracts will go on, from how many have stayed so far: shifted-beta-geometric, then beta-discrete-Weibull.',
    authScopes: analytics,
    // Two searches for parameters, of a tenth of a second each.
    complexity: { field: 5000 },
    args: {
      survivors: t.arg.intList({
        required: true,
        description:
          'Customers at the start, after the first renewal, after the second, ...: 3 to 240 numbers, falling.',
      }),
      renewalsAhead: t.arg.int({ required: true, defaultValue: 12, description: 'Renewals to look ahead, 0 to 240.' }),
      periodMonths: t.arg.int({
        required: true,
        defaultValue: 12,
        description: 'Months from one renewal to the next, 1 to 120.',
      }),
      annualDiscountRate: t.arg.float({
        description: 'Effective rate a year, above 0, 0.1 being 10 %; the workspace’s when absent.',
      }),
    },
    resolve: (_root, { annualDiscountRate, ...input }, { workspace }) =>
      forecastRetention({ ...input, annualDiscountRate: annualDiscountRate ?? workspace.annualDiscountRate }),
  }),
);
