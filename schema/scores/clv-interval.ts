import { roundedMoney } from '../../server/domain/money.ts';
import type { ValueInterval } from '../../server/engine/models/group-interval.ts';
import { builder } from '../builder.ts';
import { Money } from '../money.ts';

export const ClvInterval = builder.objectRef<ValueInterval>('ClvInterval').implement({
  description:
    'How sure a CLV is: with a chance of 80 % it comes out between p10 and p90. From simulated futures: uncertain parameters, the customer’s own rates, orders and spend, widened by the drift that the backtest measured.',
  fields: (t) => ({
    p10: t.field({
      type: Money,
      description: 'One in ten comes out lower.',
      resolve: ({ p10 }, _args, { workspace }) => roundedMoney(p10, workspace.currency),
    }),
    p50: t.field({
      type: Money,
      description: 'Half come out lower; below the mean where a few are worth much.',
      resolve: ({ p50 }, _args, { workspace }) => roundedMoney(p50, workspace.currency),
    }),
    p90: t.field({
      type: Money,
      description: 'One in ten comes out higher.',
      resolve: ({ p90 }, _args, { workspace }) => roundedMoney(p90, workspace.currency),
    }),
  }),
});
