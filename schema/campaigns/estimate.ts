import { roundedMoney } from '../../server/domain/money.ts';
import type { Rate as RateShape } from '../../server/engine/experiments/result-types.ts';
import type { Estimate as EstimateShape, Interval as IntervalShape } from '../../server/engine/experiments/types.ts';
import { builder } from '../builder.ts';
import { Money } from '../money.ts';

export const Interval = builder.objectRef<IntervalShape>('Interval').implement({
  description: 'A range with a confidence of 95 %.',
  fields: (t) => ({
    low: t.exposeFloat('low', { description: 'Lower end.' }),
    high: t.exposeFloat('high', { description: 'Upper end.' }),
  }),
});

export const Estimate = builder.objectRef<EstimateShape>('Estimate').implement({
  description: 'A number and how sure it is.',
  fields: (t) => ({
    value: t.exposeFloat('value', { description: 'The number, in the unit that the field names.' }),
    interval: t.expose('interval', { type: Interval, description: '95 % interval.' }),
  }),
});

const MoneyInterval = builder.objectRef<IntervalShape>('MoneyInterval').implement({
  description: 'A range of amounts with a confidence of 95 %.',
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
  description: 'An amount of money and how sure it is.',
  fields: (t) => ({
    value: t.field({
      type: Money,
      description: 'The amount.',
      resolve: ({ value }, _args, { workspace }) => roundedMoney(value, workspace.currency),
    }),
    interval: t.expose('interval', { type: MoneyInterval, description: '95 % interval.' }),
  }),
});

export const Rate = builder.objectRef<RateShape>('Rate').implement({
  description: 'A share of customers.',
  fields: (t) => ({
    count: t.exposeInt('count', { description: 'Customers who did.' }),
    of: t.exposeInt('of', { description: 'Customers who could have.' }),
    share: t.expose('share', {
      type: Estimate,
      nullable: true,
      description: 'The one over the other, 0 to 1, with Wilson’s interval; null of nobody.',
    }),
  }),
});
