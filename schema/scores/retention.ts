import type { RetentionForecast as RetentionForecastShape } from '../../server/compute/forecast-retention.ts';
import { forecastRetention } from '../../server/scores/forecast-retention.ts';
import { builder } from '../builder.ts';
import { FitStatus, ModelParameter, parametersOf } from './model-fit.ts';

const analytics = { scope: 'analytics:read' } as const;

const RetentionForecast = builder.objectRef<RetentionForecastShape>('RetentionForecast').implement({
  description: 'Forecast of contract renewals of one cohort, by one model.',
  authScopes: analytics,
  fields: (t) => ({
    model: t.exposeString('model', {
      description:
        '"sBG" (shifted-beta-geometric) or "BdW" (beta-discrete-Weibull, where the chance of renewal may change with tenure).',
    }),
    status: t.field({
      type: FitStatus,
      description: 'How the maximum likelihood search ended.',
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
        'Share of the cohort that is still active at the start, after the first renewal, and so on, 0 to 1. The observed renewals come first, then those ahead.',
    }),
    retention: t.expose('retention', {
      type: ['Float'],
      description:
        'Share of the active customers who renew at the first renewal, the second, and so on, 0 to 1. The observed renewals come first, then those ahead.',
    }),
    discountedRenewals: t.exposeFloat('discountedRenewals', {
      description:
        'Expected future renewals of a customer who made the last observed renewal, discounted to the day of the next renewal, without a time limit. Multiply by the margin per period to get the residual value.',
    }),
  }),
});

builder.queryField('retentionForecast', (t) =>
  t.field({
    type: [RetentionForecast],
    description:
      'Forecast of a contractual cohort from the number of customers who stayed so far, by the shifted-beta-geometric model and the beta-discrete-Weibull model.',
    authScopes: analytics,
    // Two searches for parameters, of a tenth of a second each.
    complexity: { field: 5000 },
    args: {
      survivors: t.arg.intList({
        required: true,
        description:
          'Number of customers at the start, after the first renewal, after the second, and so on: 3 to 240 numbers, none larger than the one before.',
      }),
      renewalsAhead: t.arg.int({
        required: true,
        defaultValue: 12,
        description: 'Number of renewals to forecast, 0 to 240.',
      }),
      periodMonths: t.arg.int({
        required: true,
        defaultValue: 12,
        description: 'Months from one renewal to the next, 1 to 120.',
      }),
      annualDiscountRate: t.arg.float({
        description: 'Effective annual rate, above 0; 0.1 is 10%. Default: the workspace’s rate.',
      }),
    },
    resolve: (_root, { annualDiscountRate, ...input }, { workspace }) =>
      forecastRetention({ ...input, annualDiscountRate: annualDiscountRate ?? workspace.annualDiscountRate }),
  }),
);
