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
  description: 'Funnel of a variant, from the customers who count to those who converted or left.',
  authScopes: reading,
  fields: (t) => ({
    sent: t.expose('sent', { type: Rate, description: 'Customers who were sent a message, of all who count.' }),
    delivered: t.expose('delivered', {
      type: Rate,
      description:
        'Customers whose message was delivered, of those sent one. When no delivery is reported, all whose message did not bounce.',
    }),
    opened: t.expose('opened', {
      type: Rate,
      description: 'Customers who opened a message, of those it was delivered to.',
    }),
    clicked: t.expose('clicked', {
      type: Rate,
      description: 'Customers who clicked, of those a message was delivered to.',
    }),
    clickToOpen: t.expose('clickToOpen', {
      type: Rate,
      description: 'Customers who clicked, of those who opened a message.',
    }),
    converted: t.expose('converted', {
      type: Rate,
      description:
        'Customers who ordered in the window or were reported as converted in it, of all who count. Reports from before the message was sent do not count.',
    }),
    unsubscribed: t.expose('unsubscribed', {
      type: Rate,
      description: 'Customers who unsubscribed, of those a message was delivered to.',
    }),
    bounced: t.expose('bounced', { type: Rate, description: 'Customers whose message bounced, of those sent one.' }),
    complained: t.expose('complained', {
      type: Rate,
      description: 'Customers who marked a message as spam, of those it was delivered to.',
    }),
  }),
});

const Lift = builder.objectRef<LiftShape>('Lift').implement({
  description:
    'Difference of a metric per customer between a variant and the control group. It is the effect of the variant, because customers were assigned at random.',
  authScopes: reading,
  fields: (t) => ({
    metric: t.expose('metric', { type: CampaignMetric, description: 'The metric.' }),
    absolute: t.expose('absolute', {
      type: Estimate,
      description:
        'Difference per customer in the unit of the metric: a share, a number of orders, or money in the workspace’s currency.',
    }),
    relative: t.expose('relative', {
      type: Estimate,
      nullable: true,
      description:
        'Difference divided by the mean of the control group; 0.1 is 10% more. Null when that mean is not above 0, or when its 95% interval includes 0.',
    }),
    pValue: t.exposeFloat('pValue', {
      description:
        'Probability of a difference at least this large when the variant has no effect, 0 to 1; two-sided, uncorrected.',
    }),
    adjustedPValue: t.exposeFloat('adjustedPValue', {
      description:
        '`pValue` corrected for the number of comparisons by Holm’s method; see `CampaignResults.correction`.',
    }),
    alwaysValid: t.expose('alwaysValid', {
      type: Interval,
      nullable: true,
      description:
        '95% interval of the absolute lift that stays valid however often the results are read while the campaign runs. Null when there are too few customers.',
    }),
  }),
});

const IncrementalResult = builder.objectRef<IncrementalShape>('IncrementalResult').implement({
  description: 'Total effect of a variant: its lifts multiplied by its customers.',
  authScopes: reading,
  fields: (t) => ({
    orders: t.expose('orders', { type: Estimate, description: 'Number of orders that the variant added.' }),
    revenue: t.expose('revenue', { type: MoneyEstimate, description: 'Revenue that the variant added.' }),
    margin: t.expose('margin', {
      type: MoneyEstimate,
      description: 'Margin that the variant added, before the cost of messages.',
    }),
    clv: t.expose('clv', {
      type: MoneyEstimate,
      nullable: true,
      description:
        '12-month CLV after the window that the variant added. Null until a run includes the end of every window.',
    }),
    cost: t.field({
      type: Money,
      nullable: true,
      description: 'Cost of the messages sent. Null when the campaign has no cost per message.',
      resolve: ({ cost }, _args, { workspace }) => (cost === null ? null : roundedMoney(cost, workspace.currency)),
    }),
    returnOnSpend: t.expose('returnOnSpend', {
      type: Estimate,
      nullable: true,
      description: '(margin - cost) / cost; 1 means that the margin is twice the cost. Null without a cost.',
    }),
    costPerOrder: t.field({
      type: Money,
      nullable: true,
      description: 'Cost divided by the orders that the variant added. Null without a cost or without such orders.',
      resolve: ({ costPerOrder }, _args, { workspace }) =>
        costPerOrder === null ? null : roundedMoney(costPerOrder, workspace.currency),
    }),
  }),
});

const MetricMean = builder
  .objectRef<{ readonly metric: LiftShape['metric']; readonly mean: LiftShape['absolute'] }>('MetricMean')
  .implement({
    description: 'Mean of a metric over the customers of a variant, without adjustment.',
    authScopes: reading,
    fields: (t) => ({
      metric: t.expose('metric', { type: CampaignMetric, description: 'The metric.' }),
      mean: t.expose('mean', { type: Estimate, description: 'Mean per customer, in the unit of the metric.' }),
    }),
  });

/** A result, of all customers or of a group, with the name of its variant. */
export type NamedResult = (VariantResultShape | GroupVariantResult) & {
  readonly name: string;
  readonly isControl: boolean;
};

export const VariantResult = builder.objectRef<NamedResult>('VariantResult').implement({
  description: 'Results of one variant, over all customers or over one group.',
  authScopes: reading,
  fields: (t) => ({
    variant: t.exposeString('name', { description: 'Name of the variant.' }),
    isControl: t.exposeBoolean('isControl', { description: 'Whether the variant is the control group.' }),
    assigned: t.exposeInt('assigned', {
      nullable: true,
      description:
        'Number of customers assigned to the variant. Null in a group, where only customers who count are known.',
    }),
    customers: t.exposeInt('customers', {
      description: 'Number of customers who count: their window is over and they are in no other variant.',
    }),
    open: t.exposeInt('open', {
      nullable: true,
      description: 'Number of customers whose window is not over yet. They do not count. Null in a group.',
    }),
    contaminated: t.exposeInt('contaminated', {
      nullable: true,
      description: 'Number of customers who are in another variant too. They count in neither. Null in a group.',
    }),
    convertedBeforeSend: t.exposeInt('convertedBeforeSend', {
      nullable: true,
      description:
        'Number of customers reported as converted before the message was sent. Those reports do not count. Null in a group.',
    }),
    steps: t.expose('steps', { type: CampaignSteps, description: 'Funnel from sent to converted.' }),
    orders: t.exposeInt('orders', { description: 'Number of orders in the windows.' }),
    revenue: t.field({
      type: Money,
      description: 'Revenue of those orders minus their refunds.',
      resolve: ({ revenue }, _args, { workspace }) => roundedMoney(revenue, workspace.currency),
    }),
    margin: t.field({
      type: Money,
      description:
        'Margin of those orders. Where a cost is unknown, revenue multiplied by the margin rate of the published run.',
      resolve: ({ margin }, _args, { workspace }) => roundedMoney(margin, workspace.currency),
    }),
    averageOrderValue: t.field({
      type: Money,
      nullable: true,
      description: 'Revenue divided by orders. Null without an order.',
      resolve: ({ averageOrderValue }, _args, { workspace }) =>
        averageOrderValue === null ? null : roundedMoney(averageOrderValue, workspace.currency),
    }),
    means: t.field({
      type: [MetricMean],
      description: 'Mean of each metric per customer, without adjustment. Metrics that are unknown are left out.',
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
        'Lift over the control group in the requested metric, adjusted by the covariate. Null for the control group, without a control group, and when either has fewer than two customers.',
    }),
    lifts: t.expose('lifts', {
      type: [Lift],
      description: 'Lift of each metric. P-values are corrected over variants and metrics.',
    }),
    probabilityBest: t.exposeFloat('probabilityBest', {
      nullable: true,
      description:
        'Probability that the variant is the best in the requested metric, the control group included, 0 to 1. Null when it cannot be computed.',
    }),
    expectedLoss: t.exposeFloat('expectedLoss', {
      nullable: true,
      description:
        'Expected loss per customer if this variant is chosen and another is better, in the unit of the metric. Null when it cannot be computed.',
    }),
    incremental: t.expose('incremental', {
      type: IncrementalResult,
      nullable: true,
      description: 'Total effect of the variant. Null when `lift` is null and while there are no orders.',
    }),
  }),
});
