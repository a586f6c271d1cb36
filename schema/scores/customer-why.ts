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
  recency: 'Because time went by, seen without the new orders.',
  orderDays: 'Because of the new order days.',
  spend: 'Because of what the new order days were worth.',
  refit: 'Because the models were fitted again, and the rates of discount and margin may be others.',
};

const ClvChange = builder.objectRef<ChangeShape>('ClvChange').implement({
  description: 'What changed a customer’s 12-month CLV since the run before; the causes add up to the total.',
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
        description: 'New value less the old one.',
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
  description: 'The probability of being alive on one day.',
  authScopes: reading,
  fields: (t) => ({
    on: t.field({ type: 'Date', description: 'The day.', resolve: ({ day }) => dayOfNumber(day) }),
    probability: t.exposeFloat('probabilityAlive', {
      description: 'Probability that the customer had not left for good, by what was known on the day, 0 to 1.',
    }),
  }),
});

interface AliveHistoryShape {
  readonly observed: readonly AlivePointShape[];
  readonly projected: readonly AlivePointShape[];
  readonly orderDays: readonly string[];
}

const AliveHistory = builder.objectRef<AliveHistoryShape>('AliveHistory').implement({
  description: 'How the probability of being alive went since the first order, and how it will go without another one.',
  authScopes: reading,
  fields: (t) => ({
    observed: t.expose('observed', {
      type: [AlivePoint],
      description:
        'Up to the as-of day, about 200 days at most; the day of a repeat order stands twice, as it was before the order and with it.',
    }),
    projected: t.expose('projected', {
      type: [AlivePoint],
      description: 'The half year from the as-of day on, if the customer does not order.',
    }),
    orderDays: t.expose('orderDays', {
      type: ['Date'],
      description: 'Days with at least one order that was not wholly refunded, oldest first.',
    }),
  }),
});

builder.objectFields(Customer, (t) => ({
  clvChange: t.field({
    type: ClvChange,
    nullable: true,
    description:
      'What changed the 12-month CLV since the run before; null where that run did not know the customer as a buyer, had another model of spend or a later as-of day.',
    resolve: ({ score }) =>
      score?.clvChange?.length === CHANGES.length
        ? (Object.fromEntries(CHANGES.map((name, i) => [name, score.clvChange![i]])) as ChangeShape)
        : null,
  }),
  aliveHistory: t.field({
    type: AliveHistory,
    nullable: true,
    description:
      'The probability of being alive over time, with the order days; null for Prospects, and where the model cannot tell.',
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
