import type { Context } from '../../server/context.ts';
import type { CustomerRow, CustomerScore } from '../../server/customers/data/customer-columns.ts';
import { dayOfNumber } from '../../server/domain/day.ts';
import { roundedMoney } from '../../server/domain/money.ts';
import type { AlivePoint as AlivePointShape } from '../../server/engine/analytics/alive-path.ts';
import { CHANGES } from '../../server/engine/analytics/clv-change.ts';
import type { RunRow } from '../../server/scores/data/runs.ts';
import { aliveHistory } from '../../server/scores/explain-customer.ts';
import { builder } from '../builder.ts';
import { STATEMENT_COST } from '../cost.ts';
import { Customer } from '../customers/customer.ts';
import { Money } from '../money.ts';
import { scoredRun } from './customer-scores.ts';

const reading = { scope: 'customers:read' } as const;

type Cause = (typeof CHANGES)[number];
type ChangeShape = Readonly<Record<Cause, number>>;

const CAUSE: Readonly<Record<Cause, string>> = {
  recency: 'Effect of the time that passed, without the new orders.',
  orderDays: 'Effect of the new order days.',
  spend: 'Effect of the amounts of the new order days.',
  refit: 'Effect of new model parameters and of changed discount or margin rates.',
};

const ClvChange = builder.objectRef<ChangeShape>('ClvChange').implement({
  description: 'Change of a customer’s 12-month CLV since the previous run, by cause. The causes add up to the total.',
  authScopes: reading,
  fields: (t) => {
    const cause = (name: Cause) =>
      t.field({
        type: Money,
        description: CAUSE[name],
        resolve: (change, _args, { workspace }) => roundedMoney(change[name], workspace.currency),
      });
    return {
      total: t.field({
        type: Money,
        description: 'New value minus the previous one.',
        resolve: (change, _args, { workspace }) =>
          roundedMoney(
            CHANGES.reduce((sum, name) => sum + change[name], 0),
            workspace.currency,
          ),
      }),
      recency: cause('recency'),
      orderDays: cause('orderDays'),
      spend: cause('spend'),
      refit: cause('refit'),
    };
  },
});

const AlivePoint = builder.objectRef<AlivePointShape>('AlivePoint').implement({
  description: 'Probability on one day that the customer is still active.',
  authScopes: reading,
  fields: (t) => ({
    on: t.field({ type: 'Date', description: 'The day.', resolve: ({ day }) => dayOfNumber(day) }),
    probability: t.exposeFloat('probabilityAlive', {
      description: 'Probability that the customer is still active, from the orders up to that day, 0 to 1.',
    }),
  }),
});

interface AliveHistoryShape {
  readonly observed: readonly AlivePointShape[];
  readonly projected: readonly AlivePointShape[];
  readonly orderDays: readonly string[];
}

const AliveHistory = builder.objectRef<AliveHistoryShape>('AliveHistory').implement({
  description:
    'Course of the probability that the customer is still active: since the first order, and ahead if there is no further order.',
  authScopes: reading,
  fields: (t) => ({
    observed: t.expose('observed', {
      type: [AlivePoint],
      description:
        'Days up to the as-of day, at most about 200. The day of a repeat order comes twice: before the order and after it.',
    }),
    projected: t.expose('projected', {
      type: [AlivePoint],
      description: 'The half year after the as-of day, if the customer does not order.',
    }),
    orderDays: t.expose('orderDays', {
      type: ['Date'],
      description: 'Days with at least one order that was not fully refunded, oldest first.',
    }),
  }),
});

builder.objectFields(Customer, (t) => ({
  clvChange: t.field({
    type: ClvChange,
    nullable: true,
    description:
      'Change of the 12-month CLV since the previous run. Null when that run did not include the customer as a buyer, used another model of spend, or had a later as-of day.',
    resolve: ({ score }) =>
      score?.clvChange?.length === CHANGES.length
        ? (Object.fromEntries(CHANGES.map((name, i) => [name, score.clvChange![i]])) as ChangeShape)
        : null,
  }),
  aliveHistory: t.field({
    type: AliveHistory,
    nullable: true,
    description:
      'Course of the probability that the customer is still active, with the order days. Null for Prospects and for a fallback.',
    authScopes: { $all: { scope: 'orders:read' } },
    complexity: STATEMENT_COST,
    resolve: (customer, _args, ctx) => scoredRun(customer, ctx, (score, run) => historyOf(customer, score, run, ctx)),
  }),
}));

async function historyOf(
  { id }: CustomerRow,
  score: CustomerScore,
  run: RunRow,
  { loaders }: Context,
): Promise<AliveHistoryShape | null> {
  const days = await loaders.orderDays(run.asOf).load(id);
  const path = days && aliveHistory(score, run, days);
  return path && { ...path, orderDays: days.days.map(dayOfNumber) };
}
