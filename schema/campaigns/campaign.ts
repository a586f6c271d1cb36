import { readResultsRequest } from '../../server/campaigns/read-results-request.ts';
import type {
  CampaignAudience as AudienceShape,
  Campaign as CampaignShape,
  CampaignVariant as VariantShape,
} from '../../server/domain/campaigns.ts';
import { DomainError } from '../../server/domain/errors.ts';
import { campaignId } from '../../server/domain/ids.ts';
import { exactMoney } from '../../server/domain/money.ts';
import { readPage } from '../../server/domain/page.ts';
import { builder } from '../builder.ts';
import { toConnection } from '../connection.ts';
import { pageCost, STATEMENT_COST } from '../cost.ts';
import { Segment } from '../enums.ts';
import { Money } from '../money.ts';
import { storedId } from '../node-id.ts';
import { isSelectedBelow } from '../selection.ts';
import {
  CampaignChannel,
  CampaignControl,
  CampaignCovariate,
  CampaignDimension,
  CampaignKind,
  CampaignMetric,
  CampaignStatus,
  CampaignStratum,
  CampaignTrigger,
} from './campaign-enums.ts';
import { CampaignResults } from './campaign-results.ts';
import { CampaignUplift } from './campaign-uplift.ts';

const reading = { scope: 'campaigns:read' } as const;

const CampaignVariant = builder.objectRef<VariantShape>('CampaignVariant').implement({
  description: 'One variant of a campaign.',
  authScopes: reading,
  fields: (t) => ({
    name: t.exposeString('name', { description: 'Name of the variant, unique in the campaign.' }),
    weight: t.exposeFloat('weight', {
      nullable: true,
      description: 'Size of the variant in proportion to the other weights. Null when it is unknown.',
    }),
    isControl: t.exposeBoolean('isControl', { description: 'Whether the variant is the control group.' }),
  }),
});

const AudienceDue = builder.objectRef<NonNullable<AudienceShape['replenishmentDue']>>('ReplenishmentDue').implement({
  description: 'Customers who are due to buy a product again.',
  authScopes: reading,
  fields: (t) => ({
    product: t.exposeString('product', { description: 'External id of the product.' }),
    withinDays: t.exposeInt('withinDays', {
      description: 'The purchase is expected at most this many days after the as-of day.',
    }),
  }),
});

const CampaignAudience = builder.objectRef<AudienceShape>('CampaignAudience').implement({
  description:
    'The customers that a campaign is for: those who meet every condition at the time of the assignment. A null condition does not apply.',
  authScopes: reading,
  fields: (t) => ({
    segments: t.field({
      type: [Segment],
      nullable: true,
      description: 'Customers of one of these RFM segments.',
      resolve: ({ segments }) => segments,
    }),
    countries: t.stringList({
      nullable: true,
      description: 'Customers of one of these countries.',
      resolve: ({ countries }) => countries,
    }),
    channels: t.stringList({
      nullable: true,
      description: 'Customers whose first order came through one of these channels.',
      resolve: ({ channels }) => channels,
    }),
    minimumClv: t.field({
      type: 'Decimal',
      nullable: true,
      description: 'Customers with a 12-month CLV of at least this, in the workspace’s currency.',
      resolve: ({ minimumClv }) => minimumClv,
    }),
    maximumClv: t.field({
      type: 'Decimal',
      nullable: true,
      description: 'Customers with a 12-month CLV of at most this, in the workspace’s currency.',
      resolve: ({ maximumClv }) => maximumClv,
    }),
    bought: t.stringList({
      nullable: true,
      description: 'Customers who bought every one of these products, by external id.',
      resolve: ({ bought }) => bought,
    }),
    notBought: t.stringList({
      nullable: true,
      description: 'Customers who bought none of these products, by external id.',
      resolve: ({ notBought }) => notBought,
    }),
    replenishmentDue: t.field({
      type: AudienceDue,
      nullable: true,
      description: 'Customers who are due to buy a product again.',
      resolve: ({ replenishmentDue }) => replenishmentDue,
    }),
  }),
});

export const Campaign = builder.node(builder.objectRef<CampaignShape>('Campaign'), {
  description: 'A campaign: messages to customers for one purpose, with their results.',
  authScopes: reading,
  id: { resolve: ({ id }) => id },
  loadWithoutCache: (id, { loaders }) => loaders.campaign.load(id),
  fields: (t) => ({
    name: t.exposeString('name', { description: 'Name of the campaign, unique in the workspace.' }),
    kind: t.expose('kind', { type: CampaignKind, description: 'Purpose of the campaign.' }),
    channel: t.expose('channel', { type: CampaignChannel, description: 'Channel of the messages.' }),
    trigger: t.expose('trigger', { type: CampaignTrigger, description: 'What makes the campaign send a message.' }),
    status: t.expose('status', { type: CampaignStatus, description: 'State of the campaign.' }),
    audience: t.expose('audience', { type: CampaignAudience, description: 'The customers that the campaign is for.' }),
    control: t.expose('control', { type: CampaignControl, description: 'The control group.' }),
    stratifyBy: t.expose('stratifyBy', {
      type: CampaignStratum,
      nullable: true,
      description:
        'Groups within which the sizes of the variants are balanced. Null when customers are assigned by a hash of their id alone.',
    }),
    windowDays: t.exposeInt('windowDays', {
      description: 'Length of the window in days: orders count from the assignment until its end.',
    }),
    budget: t.field({
      type: Money,
      nullable: true,
      description: 'Planned cost of the campaign. Null when it is unknown.',
      resolve: ({ budget }, _args, { workspace }) => (budget === null ? null : exactMoney(budget, workspace.currency)),
    }),
    costPerMessage: t.field({
      type: Money,
      nullable: true,
      description: 'Cost of one message. Null when it is unknown.',
      resolve: ({ costPerMessage }, _args, { workspace }) =>
        costPerMessage === null ? null : exactMoney(costPerMessage, workspace.currency),
    }),
    variants: t.expose('variants', {
      type: [CampaignVariant],
      description: 'The variants, in the order in which they were created.',
    }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When the campaign was created.' }),
    startedAt: t.expose('startedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When the campaign was first started. Null for a draft.',
    }),
    stoppedAt: t.expose('stoppedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When the campaign was stopped. Null when it was not stopped.',
    }),
    results: t.field({
      type: CampaignResults,
      description: 'Results of the campaign so far. They change while windows are open and orders are stored.',
      complexity: STATEMENT_COST,
      args: {
        windowDays: t.arg.int({
          description:
            'Days after the assignment in which orders count, 1 to 365. Default: the window of the campaign.',
        }),
        metric: t.arg({
          type: CampaignMetric,
          defaultValue: 'REVENUE',
          description: 'Metric to compare the variants by.',
        }),
        by: t.arg({ type: [CampaignDimension], description: 'Dimensions to split the results by, at most two.' }),
        covariate: t.arg({
          type: CampaignCovariate,
          defaultValue: 'PRIOR_REVENUE',
          description: 'Covariate to adjust lifts by, to narrow their intervals.',
        }),
        winsorizeAt: t.arg.float({
          description:
            'Quantile of the buyers, between 0.5 and 1, such as 0.99. Larger values of orders, revenue and margin per customer are set to it, so that a few large orders do not decide. Default: values are kept.',
        }),
      },
      resolve: async (campaign, args, ctx, info) => ({
        ...(await ctx.campaigns.results(campaign, readResultsRequest(args, campaign, isSelectedBelow(info, 'clv')))),
        campaign,
      }),
    }),
    uplift: t.field({
      type: CampaignUplift,
      description: 'Uplift of a variant by group of customers. An error without a control group.',
      complexity: STATEMENT_COST,
      args: {
        by: t.arg({
          type: [CampaignDimension],
          required: true,
          description: 'Dimensions that define the groups, one or two.',
        }),
        metric: t.arg({
          type: CampaignMetric,
          defaultValue: 'MARGIN',
          description: 'Metric to compare the variants by.',
        }),
        variant: t.arg.string({
          description: 'Name of the variant. Default: the first that is not the control group.',
        }),
        windowDays: t.arg.int({
          description:
            'Days after the assignment in which orders count, 1 to 365. Default: the window of the campaign.',
        }),
      },
      resolve: (campaign, { variant, ...args }, ctx) =>
        ctx.campaigns.uplift(
          campaign,
          readResultsRequest({ metric: 'MARGIN', ...args }, campaign, false),
          variant ?? null,
        ),
    }),
  }),
});

const CampaignFilterInput = builder.inputType('CampaignFilter', {
  description: 'Which campaigns to list: those that meet every condition. An empty list is no condition.',
  fields: (t) => ({
    kinds: t.field({ type: [CampaignKind], description: 'Campaigns of one of these kinds.' }),
    channels: t.field({ type: [CampaignChannel], description: 'Campaigns on one of these channels.' }),
    triggers: t.field({ type: [CampaignTrigger], description: 'Campaigns with one of these triggers.' }),
    statuses: t.field({ type: [CampaignStatus], description: 'Campaigns in one of these states.' }),
  }),
});

builder.queryFields((t) => ({
  campaigns: t.connection(
    {
      type: Campaign,
      description: 'The campaigns of the workspace, newest first.',
      authScopes: reading,
      complexity: pageCost,
      args: { filter: t.arg({ type: CampaignFilterInput, description: 'Which campaigns to list. Default: all.' }) },
      resolve: async (_root, { filter, ...args }, { read, workspace }) => {
        const list = `${workspace.id}/campaigns`;
        return toConnection(list, await read.campaigns(filter ?? {}, readPage(args, list)));
      },
    },
    { name: 'CampaignConnection', description: 'A page of campaigns.', authScopes: reading },
    { name: 'CampaignEdge', description: 'A campaign in a page.', authScopes: reading },
  ),
  campaign: t.field({
    type: Campaign,
    nullable: true,
    description: 'One campaign, by `id` or by `name`. Null when the workspace has no such campaign.',
    authScopes: reading,
    complexity: STATEMENT_COST,
    args: {
      id: t.arg.id({ description: 'Global id, as this API returned it.' }),
      name: t.arg.string({ description: 'Name of the campaign.' }),
    },
    resolve: (_root, { id, name }, { loaders, workspace }) => {
      if ((id == null) === (name == null)) {
        throw new DomainError('BAD_ARGUMENTS', 'expected either `id` or `name`, exactly one of them', ['id']);
      }
      return loaders.campaign.load(id != null ? storedId(id, 'Campaign', 'id') : campaignId(workspace.id, name ?? ''));
    },
  }),
}));
