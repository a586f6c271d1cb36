import { roundedMoney } from '../../server/domain/money.ts';
import type { ValueInterval } from '../../server/engine/models/group-interval.ts';
import { builder } from '../builder.ts';
import { Money } from '../money.ts';

export const ClvInterval = builder.objectRef<ValueInterval>('ClvInterval').implement({
  description:
    'Interval of a CLV: the outcome lies between p10 and p90 with a probability of 80%. It covers the uncertainty of parameters, individual rates, orders and spend, and the drift that the backtest measured.',
  fields: (t) => ({
    p10: t.field({
      type: Money,
      description: '10th percentile: one outcome in ten is lower.',
      resolve: ({ p10 }, _args, { workspace }) => roundedMoney(p10, workspace.currency),
    }),
    p50: t.field({
      type: Money,
      description: 'Median: half of the outcomes are lower. It is below the mean when a few outcomes are very high.',
      resolve: ({ p50 }, _args, { workspace }) => roundedMoney(p50, workspace.currency),
    }),
    p90: t.field({
      type: Money,
      description: '90th percentile: one outcome in ten is higher.',
      resolve: ({ p90 }, _args, { workspace }) => roundedMoney(p90, workspace.currency),
    }),
  }),
});
