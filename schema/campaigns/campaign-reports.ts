import type { FirstCampaignRow, TriggerRow } from '../../server/campaigns/data/campaign-reports.ts';
import { cohortAfter, type ReportedTotals, reportedTotals } from '../../server/campaigns/report-campaigns.ts';
import { roundedMoney } from '../../server/domain/money.ts';
import { builder } from '../builder.ts';
import { STATEMENT_COST } from '../cost.ts';
import { Money } from '../money.ts';
import { Campaign, variantsIn } from './campaign.ts';
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
  description: 'Totals over customers of campaigns. Customers in two variants of a campaign are left out.',
  authScopes: reading,
  fields: (t) => ({
    assigned: t.exposeInt('assigned', { description: 'Number of customers assigned.' }),
    steps: t.expose('steps', {
      type: CampaignSteps,
      description: 'Funnel from sent to converted. Converted are customers who ordered in the window so far.',
    }),
    orders: t.exposeInt('orders', { description: 'Number of orders in the windows so far.' }),
    revenue: t.field({
      type: Money,
      description: 'Revenue of those orders minus their refunds.',
      resolve: ({ revenue }, _args, { workspace }) => roundedMoney(revenue, workspace.currency),
    }),
  }),
});

const CampaignPerformance = builder.objectRef<PerformanceShape>('CampaignPerformance').implement({
  description:
    'Totals of a variant over the customers assigned in one week or month. They do not show an effect by themselves.',
  authScopes: reading,
  fields: (t) => ({
    startsOn: t.expose('startsOn', { type: 'Date', description: 'First day of the week (Monday) or month, in UTC.' }),
    variant: t.exposeString('name', { description: 'Name of the variant.' }),
    isControl: t.exposeBoolean('isControl', { description: 'Whether the variant is the control group.' }),
    totals: t.field({ type: CampaignTotals, description: 'Totals of those customers.', resolve: (row) => row }),
  }),
});

const PerformanceGranularity = builder.enumType('PerformanceGranularity', {
  description: 'Length of the periods of a performance report.',
  values: {
    WEEK: { value: 'week', description: 'Weeks from Monday, in UTC.' },
    MONTH: { value: 'month', description: 'Calendar months, in UTC.' },
  } as const,
});

builder.prismaObjectField(Campaign, 'performance', (t) =>
  t.field({
    type: [CampaignPerformance],
    description: 'Totals by variant and by the week or month of the assignment, oldest first.',
    authScopes: reading,
    complexity: STATEMENT_COST,
    select: (_args, ctx) => ({ variants: variantsIn(ctx) }),
    args: {
      granularity: t.arg({ type: PerformanceGranularity, defaultValue: 'week', description: 'Length of the periods.' }),
    },
    resolve: async ({ id, variants }, { granularity }, { loaders }) =>
      (await loaders.performance(granularity ?? 'week').load(id)).map((row) => {
        const { name, isControl } = variants.find((variant) => variant.id === row.variantId)!;
        return { ...reportedTotals(row), startsOn: row.startsOn, name, isControl };
      }),
  }),
);

const TriggerPerformance = builder.objectRef<TriggerRow & ReportedTotals>('TriggerPerformance').implement({
  description:
    'Totals of all campaigns with one trigger. Triggers reach different customers at different times, so the difference between them is not an effect.',
  authScopes: reading,
  fields: (t) => ({
    trigger: t.expose('trigger', { type: CampaignTrigger, description: 'The trigger.' }),
    isTriggered: t.boolean({
      description: 'Whether the behaviour of the customer triggers the message: ACTION or INACTION.',
      resolve: ({ trigger }) => trigger === 'ACTION' || trigger === 'INACTION',
    }),
    campaigns: t.exposeInt('campaigns', { description: 'Number of campaigns that sent a message.' }),
    totals: t.field({
      type: CampaignTotals,
      description: 'Totals of the customers who were sent a message.',
      resolve: (row) => row,
    }),
    revenuePerMessage: t.field({
      type: Money,
      nullable: true,
      description: 'Revenue in the windows divided by the number of messages sent. Null without a message.',
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
  description: 'Orders of a cohort within a number of days after the first message.',
  authScopes: reading,
  fields: (t) => ({
    days: t.exposeInt('days', { description: 'Length of the period after the message, in days.' }),
    buyers: t.expose('buyers', {
      type: Rate,
      description: 'Customers who ordered in the period, of those whose period is over.',
    }),
    revenuePerCustomer: t.field({
      type: Money,
      nullable: true,
      description:
        'Revenue minus refunds in the period, per customer whose period is over. Null without such customers.',
      resolve: ({ revenue, known }, _args, { workspace }) =>
        known === 0 ? null : roundedMoney(revenue / known, workspace.currency),
    }),
  }),
});

const FirstCampaignCohort = builder.objectRef<FirstCampaignRow>('FirstCampaignCohort').implement({
  description: 'Customers whose first message came from one campaign. The differences between cohorts are not effects.',
  authScopes: reading,
  fields: (t) => ({
    campaign: t.field({
      type: Campaign,
      description: 'The campaign that sent the first message.',
      resolve: async ({ campaignId }, _args, { loaders }) => (await loaders.campaign.load(campaignId))!,
    }),
    customers: t.exposeInt('customers', { description: 'Number of customers in the cohort.' }),
    firstAt: t.expose('firstAt', { type: 'DateTime', description: 'Time of the earliest of those messages.' }),
    lastAt: t.expose('lastAt', { type: 'DateTime', description: 'Time of the latest of those messages.' }),
    after: t.field({
      type: [CohortAfter],
      description: 'Orders within 30, 90 and 365 days.',
      resolve: cohortAfter,
    }),
  }),
});

builder.queryFields((t) => ({
  campaignTriggers: t.field({
    type: [TriggerPerformance],
    description: 'Totals of campaigns by trigger, over customers who were sent a message.',
    authScopes: reading,
    complexity: STATEMENT_COST,
    args: {
      from: t.arg({ type: 'Date', description: 'First day of the assignments to count. Default: no limit.' }),
      to: t.arg({ type: 'Date', description: 'Last day of the assignments to count. Default: no limit.' }),
    },
    resolve: async (_root, { from, to }, { read }) =>
      (await read.triggers({ from: from ?? null, to: to ?? null })).map((row) => ({ ...row, ...reportedTotals(row) })),
  }),
  firstCampaignCohorts: t.field({
    type: [FirstCampaignCohort],
    description:
      'Customers by the campaign that sent them their first message, oldest campaign first, at most 200 campaigns.',
    authScopes: reading,
    complexity: STATEMENT_COST,
    resolve: (_root, _args, { read }) => read.firstCampaigns(),
  }),
}));
