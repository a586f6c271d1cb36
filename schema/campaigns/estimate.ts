import { roundedMoney } from '../../server/domain/money.ts';
import type { Rate as RateShape } from '../../server/engine/experiments/result-types.ts';
import type { Estimate as EstimateShape, Interval as IntervalShape } from '../../server/engine/experiments/types.ts';
import { builder } from '../builder.ts';
import { Money } from '../money.ts';

export const Interval = builder.objectRef<IntervalShape>('Interval').implement({
  description: 'Confidence interval of 95%.',
  fields: (t) => ({
    low: t.exposeFloat('low', { description: 'Lower end.' }),
    high: t.exposeFloat('high', { description: 'Upper end.' }),
  }),
});

export const Estimate = builder.objectRef<EstimateShape>('Estimate').implement({
  description: 'An estimated number with its confidence interval.',
  fields: (t) => ({
    value: t.exposeFloat('value', { description: 'The estimate, in the unit that the field names.' }),
    interval: t.expose('interval', { type: Interval, description: 'Confidence interval of 95%.' }),
  }),
});

const MoneyInterval = builder.objectRef<IntervalShape>('MoneyInterval').implement({
  description: 'Confidence interval of 95% of an amount.',
  fields: (t) => ({
    low: t.field({
      type: Money,
      description: 'Lower end.',
      resolve: ({ low }, _args, { workspace }) => roundedMoney(low, workspace.currency),
    }),
    high: t.field({
      type: Money,
      description: 'Upper end.',
      resolve: ({ high }, _args, { workspace }) => roundedMoney(high, workspace.currency),
    }),
  }),
});

export const MoneyEstimate = builder.objectRef<EstimateShape>('MoneyEstimate').implement({
  description: 'An estimated amount with its confidence interval.',
  fields: (t) => ({
    value: t.field({
      type: Money,
      description: 'The estimate.',
      resolve: ({ value }, _args, { workspace }) => roundedMoney(value, workspace.currency),
    }),
    interval: t.expose('interval', { type: MoneyInterval, description: 'Confidence interval of 95%.' }),
  }),
});

export const Rate = builder.objectRef<RateShape>('Rate').implement({
  description: 'A share of customers.',
  fields: (t) => ({
    count: t.exposeInt('count', { description: 'Number of customers with the outcome.' }),
    of: t.exposeInt('of', { description: 'Number of customers that the share is of.' }),
    share: t.expose('share', {
      type: Estimate,
      nullable: true,
      description: '`count` divided by `of`, 0 to 1, with Wilson’s interval. Null when `of` is 0.',
    }),
  }),
});
