import type { FirstCampaignRow, TriggerRow } from '../../server/campaigns/data/campaign-reports.ts';
import { cohortAfter, type ReportedTotals, reportedTotals } from '../../server/campaigns/report-campaigns.ts';
import { roundedMoney } from '../../server/domain/money.ts';
import { builder } from '../builder.ts';
import { STATEMENT_COST } from '../cost.ts';
import { Money } from '../money.ts';
import { Campaign } from './campaign.ts';
import { CampaignTrigger } from './campaign-enums.ts';
import { CampaignSteps } from './campaign-variant-result.ts';
import { Rate } from './estimate.ts';

const reading = { scope: 'campaigns:read' } as const;

interface PerformanceShape extends ReportedTotals {
  readonly startsOn: string;
  readonly name: string;
  readonly isControl: boolean;
}

const CampaignTotals = builder.objectRef<ReportedTotals>('CampaignTotals').implement({
  description: 'How far customers came, without those who were in two variants of a campaign.',
  authScopes: reading,
  fields: (t) => ({
    assigned: t.exposeInt('assigned', { description: 'Customers assigned.' }),
    steps: t.expose('steps', {
      type: CampaignSteps,
      description: 'Who was sent, opened, clicked; converted are those who ordered in the window so far.',
    }),
    orders: t.exposeInt('orders', { description: 'Orders in the windows so far.' }),
    revenue: t.field({
      type: Money,
      description: 'Their revenue, less what was refunded of them.',
      resolve: ({ revenue }, _args, { workspace }) => roundedMoney(revenue, workspace.currency),
    }),
  }),
});

const CampaignPerformance = builder.objectRef<PerformanceShape>('CampaignPerformance').implement({
  description: 'How a variant did among the customers assigned in one week or month. Not causal by itself.',
  authScopes: reading,
  fields: (t) => ({
    startsOn: t.expose('startsOn', { type: 'Date', description: 'First day of the week (a Monday) or month, in UTC.' }),
    variant: t.exposeString('name', { description: 'Name of the variant.' }),
    isControl: t.exposeBoolean('isControl', { description: 'Whether the others are compared with it.' }),
    totals: t.field({ type: CampaignTotals, description: 'How far they came.', resolve: (row) => row }),
  }),
});

const PerformanceInterval = builder.enumType('PerformanceInterval', {
  description: 'Length of the periods that performance is told by.',
  values: {
    WEEK: { value: 'week', description: 'Weeks from Monday, in UTC.' },
    MONTH: { value: 'month', description: 'Calendar months, in UTC.' },
  } as const,
});

builder.objectField(Campaign, 'performance', (t) =>
  t.field({
    type: [CampaignPerformance],
    description: 'How it did over time, by when customers were assigned, oldest first.',
    authScopes: reading,
    complexity: STATEMENT_COST,
    args: { by: t.arg({ type: PerformanceInterval, defaultValue: 'week', description: 'Length of the periods.' }) },
    resolve: async ({ id, variants }, { by }, { loaders }) =>
      (await loaders.performance(by ?? 'week').load(id)).map((row) => {
        const { name, isControl } = variants.find((variant) => variant.id === row.variantId)!;
        return { ...reportedTotals(row), startsOn: row.startsOn, name, isControl };
      }),
  }),
);

const TriggerPerformance = builder.objectRef<TriggerRow & ReportedTotals>('TriggerPerformance').implement({
  description: 'How all campaigns of one trigger did. Not causal: other customers get them at other times.',
  authScopes: reading,
  fields: (t) => ({
    trigger: t.expose('trigger', { type: CampaignTrigger, description: 'What sends them.' }),
    isTriggered: t.boolean({
      description: 'Whether something that the customer did or did not do sends them, and not the calendar.',
      resolve: ({ trigger }) => trigger === 'ACTION' || trigger === 'INACTION',
    }),
    campaigns: t.exposeInt('campaigns', { description: 'Campaigns that sent anything.' }),
    totals: t.field({ type: CampaignTotals, description: 'How far the customers came.', resolve: (row) => row }),
    revenuePerMessage: t.field({
      type: Money,
      nullable: true,
      description: 'Revenue in the windows over messages sent; null without a message.',
      resolve: ({ revenue, sent }, _args, { workspace }) =>
        sent === 0 ? null : roundedMoney(revenue / sent, workspace.currency),
    }),
  }),
});

interface AfterShape {
  readonly days: number;
  readonly known: number;
  readonly buyers: ReportedTotals['steps']['sent'];
  readonly revenue: number;
}

const CohortAfter = builder.objectRef<AfterShape>('FirstCampaignAfter').implement({
  description: 'What the customers of a cohort did within some days after that first message.',
  authScopes: reading,
  fields: (t) => ({
    days: t.exposeInt('days', { description: 'Days after the message.' }),
    buyers: t.expose('buyers', {
      type: Rate,
      description: 'Who ordered in them, of those who were sent it so long ago.',
    }),
    revenuePerCustomer: t.field({
      type: Money,
      nullable: true,
      description: 'Revenue less refunds in them, per customer who was sent it so long ago; null without one.',
      resolve: ({ revenue, known }, _args, { workspace }) =>
        known === 0 ? null : roundedMoney(revenue / known, workspace.currency),
    }),
  }),
});

const FirstCampaignCohort = builder.objectRef<FirstCampaignRow>('FirstCampaignCohort').implement({
  description: 'The customers who were sent their first message by one campaign. Not causal.',
  authScopes: reading,
  fields: (t) => ({
    campaign: t.field({
      type: Campaign,
      description: 'The campaign.',
      resolve: async ({ campaignId }, _args, { loaders }) => (await loaders.campaign.load(campaignId))!,
    }),
    customers: t.exposeInt('customers', { description: 'Number of customers in the cohort.' }),
    firstAt: t.expose('firstAt', { type: 'DateTime', description: 'When the first of them was sent it.' }),
    lastAt: t.expose('lastAt', { type: 'DateTime', description: 'When the last of them was.' }),
    after: t.field({
      type: [CohortAfter],
      description: 'What they did within 30, 90 and 365 days.',
      resolve: cohortAfter,
    }),
  }),
});

builder.queryFields((t) => ({
  campaignTriggers: t.field({
    type: [TriggerPerformance],
    description: 'Triggered campaigns and routine ones beside each other, over customers who were sent a message.',
    authScopes: reading,
    complexity: STATEMENT_COST,
    args: {
      from: t.arg({ type: 'Date', description: 'First day of assignments to count; from the beginning when absent.' }),
      to: t.arg({ type: 'Date', description: 'Last day of assignments to count; up to now when absent.' }),
    },
    resolve: async (_root, { from, to }, { read }) =>
      (await read.triggers({ from: from ?? null, to: to ?? null })).map((row) => ({ ...row, ...reportedTotals(row) })),
  }),
  firstCampaignCohorts: t.field({
    type: [FirstCampaignCohort],
    description: 'Customers by the campaign that was the first to reach them, oldest first, 200 at most.',
    authScopes: reading,
    complexity: STATEMENT_COST,
    resolve: (_root, _args, { read }) => read.firstCampaigns(),
  }),
}));
