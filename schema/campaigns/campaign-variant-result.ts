import { roundedMoney } from '../../server/domain/money.ts';
import type {
  GroupVariantResult,
  Incremental as IncrementalShape,
  Lift as LiftShape,
  StepRates,
  VariantResult as VariantResultShape,
} from '../../server/engine/experiments/result-types.ts';
import { builder } from '../builder.ts';
import { Money } from '../money.ts';
import { CampaignMetric } from './campaign-enums.ts';
import { Estimate, Interval, MoneyEstimate, Rate } from './estimate.ts';

const reading = { scope: 'campaigns:read' } as const;

export const CampaignSteps = builder.objectRef<StepRates>('CampaignSteps').implement({
  description: 'The funnel of a variant, over the customers that count.',
  authScopes: reading,
  fields: (t) => ({
    sent: t.expose('sent', { type: Rate, description: 'Sent a message, of the customers.' }),
    delivered: t.expose('delivered', {
      type: Rate,
      description: 'Delivered, of those sent; where no delivery is reported, all that did not bounce.',
    }),
    opened: t.expose('opened', { type: Rate, description: 'Opened, of those delivered.' }),
    clicked: t.expose('clicked', { type: Rate, description: 'Clicked, of those delivered.' }),
    clickToOpen: t.expose('clickToOpen', { type: Rate, description: 'Clicked, of those opened.' }),
    converted: t.expose('converted', {
      type: Rate,
      description:
        'Ordered in the window, or reported as converted in it and not before the send; of the customers, whether sent or not.',
    }),
    unsubscribed: t.expose('unsubscribed', { type: Rate, description: 'Unsubscribed, of those delivered.' }),
    bounced: t.expose('bounced', { type: Rate, description: 'Bounced, of those sent.' }),
    complained: t.expose('complained', { type: Rate, description: 'Complained of spam, of those delivered.' }),
  }),
});

const Lift = builder.objectRef<LiftShape>('Lift').implement({
  description:
    'What a customer of a variant had more of than one of the control group. Causal, because chance decided.',
  authScopes: reading,
  fields: (t) => ({
    metric: t.expose('metric', { type: CampaignMetric, description: 'What was compared.' }),
    absolute: t.expose('absolute', {
      type: Estimate,
      description:
        'The difference per customer, in the unit of the metric: a share, a number, or money in the workspace’s currency.',
    }),
    relative: t.expose('relative', {
      type: Estimate,
      nullable: true,
      description:
        'The difference over the mean of the control group: 0.1 is 10 % more. Null where that mean is not above 0, or so uncertain that its 95 % interval includes 0.',
    }),
    pValue: t.exposeFloat('pValue', {
      description: 'Chance of so large a difference where there is none; two-sided, uncorrected.',
    }),
    adjustedPValue: t.exposeFloat('adjustedPValue', {
      description: 'The same, corrected (Holm) for the comparisons made along with it; see `correction`.',
    }),
    alwaysValid: t.expose('alwaysValid', {
      type: Interval,
      nullable: true,
      description:
        '95 % interval of the absolute lift that holds at every look at once: what to go by while customers still come in. Null where there are too few.',
    }),
  }),
});

const IncrementalResult = builder.objectRef<IncrementalShape>('IncrementalResult').implement({
  description: 'What a variant added in total: its lifts times its customers.',
  authScopes: reading,
  fields: (t) => ({
    orders: t.expose('orders', { type: Estimate, description: 'Orders that would not have come.' }),
    revenue: t.expose('revenue', { type: MoneyEstimate, description: 'Revenue that would not have come.' }),
    margin: t.expose('margin', { type: MoneyEstimate, description: 'Margin that would not have come, before costs.' }),
    clv: t.expose('clv', {
      type: MoneyEstimate,
      nullable: true,
      description: '12-month CLV after the window; null until a run has seen all windows to their end.',
    }),
    cost: t.field({
      type: Money,
      nullable: true,
      description: 'Cost of the messages sent; null where the campaign has no cost per message.',
      resolve: ({ cost }, _args, { workspace }) => (cost === null ? null : roundedMoney(cost, workspace.currency)),
    }),
    returnOnSpend: t.expose('returnOnSpend', {
      type: Estimate,
      nullable: true,
      description: '(Margin - cost) / cost: 1 is money doubled. Null without a cost.',
    }),
    costPerOrder: t.field({
      type: Money,
      nullable: true,
      description: 'Cost of each order that would not have come; null without a cost or without such orders.',
      resolve: ({ costPerOrder }, _args, { workspace }) =>
        costPerOrder === null ? null : roundedMoney(costPerOrder, workspace.currency),
    }),
  }),
});

const MetricMean = builder
  .objectRef<{ readonly metric: LiftShape['metric']; readonly mean: LiftShape['absolute'] }>('MetricMean')
  .implement({
    description: 'What a customer of a variant had on average, as it is.',
    authScopes: reading,
    fields: (t) => ({
      metric: t.expose('metric', { type: CampaignMetric, description: 'What was measured.' }),
      mean: t.expose('mean', { type: Estimate, description: 'Per customer, in the unit of the metric.' }),
    }),
  });

/** A result, of all customers or of a group, with the name of its variant. */
export type NamedResult = (VariantResultShape | GroupVariantResult) & {
  readonly name: string;
  readonly isControl: boolean;
};

export const VariantResult = builder.objectRef<NamedResult>('VariantResult').implement({
  description: 'Results of the customers of one variant, in all or in one group.',
  authScopes: reading,
  fields: (t) => ({
    variant: t.exposeString('name', { description: 'Name of the variant.' }),
    isControl: t.exposeBoolean('isControl', { description: 'Whether the others are compared with it.' }),
    assigned: t.exposeInt('assigned', {
      nullable: true,
      description: 'Customers assigned to the variant. Null in a group, where only customers who count are known.',
    }),
    customers: t.exposeInt('customers', {
      description: 'Customers who count: their window is over and they were in no other variant.',
    }),
    open: t.exposeInt('open', {
      nullable: true,
      description: 'Customers whose window is not over yet. They do not count. Null in a group.',
    }),
    contaminated: t.exposeInt('contaminated', {
      nullable: true,
      description: 'Customers who are in another variant too. They do not count in any. Null in a group.',
    }),
    convertedBeforeSend: t.exposeInt('convertedBeforeSend', {
      nullable: true,
      description:
        'Customers reported as converted before the message was sent. Those reports do not count. Null in a group.',
    }),
    steps: t.expose('steps', { type: CampaignSteps, description: 'Who was sent, opened, clicked, and so on.' }),
    orders: t.exposeInt('orders', { description: 'Orders in the windows.' }),
    revenue: t.field({
      type: Money,
      description: 'Revenue of those orders, less what was refunded of them.',
      resolve: ({ revenue }, _args, { workspace }) => roundedMoney(revenue, workspace.currency),
    }),
    margin: t.field({
      type: Money,
      description: 'Their margin; where a cost is unknown, revenue times the margin rate of the published run.',
      resolve: ({ margin }, _args, { workspace }) => roundedMoney(margin, workspace.currency),
    }),
    averageOrderValue: t.field({
      type: Money,
      nullable: true,
      description: 'Revenue over orders; null without an order.',
      resolve: ({ averageOrderValue }, _args, { workspace }) =>
        averageOrderValue === null ? null : roundedMoney(averageOrderValue, workspace.currency),
    }),
    means: t.field({
      type: [MetricMean],
      description: 'Every metric per customer, before any adjustment; without those that are not known.',
      resolve: ({ means }) =>
        (Object.keys(means) as LiftShape['metric'][]).flatMap((metric) => {
          const mean = means[metric];
          return mean === null ? [] : [{ metric, mean }];
        }),
    }),
    lift: t.expose('lift', {
      type: Lift,
      nullable: true,
      description:
        'Against the control group, by the metric asked for, adjusted by the covariate; null for the control group itself, without one, and where either has fewer than two customers.',
    }),
    lifts: t.expose('lifts', {
      type: [Lift],
      description: 'The same for every metric, p-values corrected over variants and metrics.',
    }),
    probabilityBest: t.exposeFloat('probabilityBest', {
      nullable: true,
      description:
        'Probability that it is the best of all variants, the control group among them, by the metric asked for; null where it cannot be said.',
    }),
    expectedLoss: t.exposeFloat('expectedLoss', {
      nullable: true,
      description:
        'What choosing it would lose per customer on average, where another is better: in the unit of the metric; null where it cannot be said.',
    }),
    incremental: t.expose('incremental', {
      type: IncrementalResult,
      nullable: true,
      description: 'What it added in total; null where `lift` is, and where nobody has ordered yet.',
    }),
  }),
});
