import { roundedMoney } from '../../server/domain/money.ts';
import { HORIZON_MONTHS } from '../../server/domain/period.ts';
import type { ValueInterval } from '../../server/engine/models/group-interval.ts';
import type { ClvGroup, ClvPoint as ClvPointShape } from '../../server/scores/data/clv-cells.ts';
import type { RunRow } from '../../server/scores/data/runs.ts';
import { intervalOfTotal, type TotalWithoutLargest, withoutLargest } from '../../server/scores/total-interval.ts';
import { builder } from '../builder.ts';
import { Customer } from '../customers/customer.ts';
import { Horizon } from '../enums.ts';
import { Money } from '../money.ts';
import { ClvInterval } from './clv-interval.ts';

const analytics = { scope: 'analytics:read' } as const;

/** With the interval of the total, where the run has intervals. */
interface PointShape extends ClvPointShape {
  readonly customers: number;
  readonly interval: ValueInterval | null;
  readonly run: RunRow;
}

const ClvWithoutLargest = builder.objectRef<TotalWithoutLargest>('ClvWithoutLargest').implement({
  description: 'CLV of a group of customers without the one who makes its total least sure.',
  authScopes: analytics,
  fields: (t) => ({
    customer: t.field({
      type: Customer,
      nullable: true,
      description: 'Who is left out. Null when another customer has exactly the same 12-month CLV.',
      authScopes: { scope: 'customers:read' },
      resolve: async ({ largest }, _args, { loaders }) => {
        const id = await loaders.customerOfClv.load(largest.clv12);
        return id === null ? null : loaders.customer.load(id);
      },
    }),
    total: t.field({
      type: Money,
      description: 'Sum of the CLV of all other customers in the group.',
      resolve: ({ total }, _args, { workspace }) => roundedMoney(total, workspace.currency),
    }),
    interval: t.expose('interval', { type: ClvInterval, description: 'Interval of that sum.' }),
  }),
});

export const ClvPoint = builder.objectRef<PointShape>('ClvPoint').implement({
  description: 'CLV of a group of customers at one horizon.',
  authScopes: analytics,
  fields: (t) => ({
    horizon: t.expose('horizon', {
      type: Horizon,
      description: 'Period that the value covers, from the as-of day.',
    }),
    horizonMonths: t.int({
      description: 'Length of the horizon in months.',
      resolve: ({ horizon }) => HORIZON_MONTHS[horizon],
    }),
    total: t.field({
      type: Money,
      description: 'Sum of the CLV of all customers in the group.',
      resolve: ({ total }, _args, { workspace }) => roundedMoney(total, workspace.currency),
    }),
    interval: t.expose('interval', {
      type: ClvInterval,
      nullable: true,
      description: 'Interval of the total. Null in runs that stored no intervals.',
    }),
    withoutLargest: t.field({
      type: ClvWithoutLargest,
      nullable: true,
      description:
        'The total without the customer who adds most to its variance. Null when that is not more than 20% of the variance, and in runs that did not record it.',
      resolve: (point) => withoutLargest(point.run, point.horizon, point),
    }),
    mean: t.field({
      type: Money,
      description: 'Mean CLV per customer.',
      resolve: ({ mean }, _args, { workspace }) => roundedMoney(mean, workspace.currency),
    }),
    meanInterval: t.field({
      type: ClvInterval,
      nullable: true,
      description: 'Interval of the mean. Null in runs that stored no intervals.',
      resolve: ({ interval, customers }) => interval && perCustomer(interval, customers),
    }),
    meanExpectedOrderDays: t.exposeFloat('meanExpectedOrderDays', {
      description: 'Expected order days per customer within the horizon.',
    }),
  }),
});

const perCustomer = ({ p10, p50, p90 }: ValueInterval, customers: number): ValueInterval => ({
  p10: p10 / customers,
  p50: p50 / customers,
  p90: p90 / customers,
});

/** A group whose points can have intervals. */
export type GroupShape = ClvGroup & { readonly run: () => Promise<RunRow> };

export const pointsOf = async ({ customers, curve, run }: GroupShape): Promise<PointShape[]> => {
  const itsRun = await run();
  return curve.map((point) => ({
    ...point,
    customers,
    interval: intervalOfTotal(itsRun, point.horizon, point),
    run: itsRun,
  }));
};
