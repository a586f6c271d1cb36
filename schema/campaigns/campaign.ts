import { queryFromInfo } from '@pothos/plugin-prisma';

import { readResultsRequest } from '../../server/campaigns/read-results-request.ts';
import type { Context } from '../../server/context.ts';
import type { Campaign as CampaignShape } from '../../server/domain/campaigns.ts';
import { DomainError } from '../../server/domain/errors.ts';
import { campaignId } from '../../server/domain/ids.ts';
import { exactMoney } from '../../server/domain/money.ts';
import { readPage } from '../../server/domain/page.ts';
import { builder } from '../builder.ts';
import { toConnection } from '../connection.ts';
import { pageCost, STATEMENT_COST } from '../cost.ts';
import { CampaignKind } from '../enums.ts';
import { Money } from '../money.ts';
import { storedId } from '../node-id.ts';
import { isSelectedBelow } from '../selection.ts';
import { CampaignAudience } from './campaign-audience.ts';
import {
  CampaignChannel,
  CampaignControl,
  CampaignCovariate,
  CampaignDimension,
  CampaignMetric,
  CampaignStatus,
  CampaignStratum,
  CampaignTrigger,
} from './campaign-enums.ts';
import { CampaignResults, measured } from './campaign-results.ts';
import { CampaignUplift } from './campaign-uplift.ts';

const reading = { scope: 'campaigns:read' } as const;

const CampaignVariant = builder.prismaObject('CampaignVariant', {
  findUnique: null,
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

/** A campaign's variants, in their order. */
export const variantsIn = ({ workspace }: Context) =>
  ({ where: { workspaceId: workspace.id }, orderBy: { position: 'asc' } }) as const;

export const Campaign = builder.prismaNode('Campaign', {
  description: 'A campaign: messages to customers for one purpose, with their results.',
  authScopes: reading,
  nullable: true,
  id: { resolve: ({ id }) => id },
  findUnique: (id, { workspace }) => ({ id, workspaceId: workspace.id }),
  fields: (t) => ({
    name: t.exposeString('name', { description: 'Name of the campaign, unique in the workspace.' }),
    kind: t.field({
      type: CampaignKind,
      description: 'Purpose of the campaign.',
      resolve: ({ kind }) => kind as CampaignShape['kind'],
    }),
    channel: t.field({
      type: CampaignChannel,
      description: 'Channel of the messages.',
      resolve: ({ channel }) => channel as CampaignShape['channel'],
    }),
    trigger: t.field({
      type: CampaignTrigger,
      description: 'What makes the campaign send a message.',
      resolve: ({ trigger }) => trigger as CampaignShape['trigger'],
    }),
    status: t.field({
      type: CampaignStatus,
      description: 'State of the campaign.',
      resolve: ({ status }) => status as CampaignShape['status'],
    }),
    audience: t.field({
      type: CampaignAudience,
      description: 'The customers that the campaign is for.',
      resolve: ({ audience }) => audience as CampaignShape['audience'],
    }),
    control: t.field({
      type: CampaignControl,
      description: 'The control group.',
      resolve: ({ control }) => control as CampaignShape['control'],
    }),
    stratifyBy: t.field({
      type: CampaignStratum,
      nullable: true,
      description:
        'Groups within which the sizes of the variants are balanced. Null when customers are assigned by a hash of their id alone.',
      resolve: ({ stratifyBy }) => stratifyBy as CampaignShape['stratifyBy'],
    }),
    windowDays: t.exposeInt('windowDays', {
      description: 'Length of the window in days: orders count from the assignment until its end.',
    }),
    budget: t.field({
      type: Money,
      nullable: true,
      description: 'Planned cost of the campaign. Null when it is unknown.',
      resolve: ({ budget }, _args, { workspace }) =>
        budget === null ? null : exactMoney(budget.toString(), workspace.currency),
    }),
    costPerMessage: t.field({
      type: Money,
      nullable: true,
      description: 'Cost of one message. Null when it is unknown.',
      resolve: ({ costPerMessage }, _args, { workspace }) =>
        costPerMessage === null ? null : exactMoney(costPerMessage.toString(), workspace.currency),
    }),
    variants: t.relation('variants', {
      type: CampaignVariant,
      description: 'The variants, in the order in which they were created.',
      query: (_args, ctx) => variantsIn(ctx),
      // Of a campaign that a hand-written statement has read with its variants.
      resolve: (_query, campaign) => [...(campaign as CampaignShape).variants],
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
      select: (_args, ctx) => ({ variants: variantsIn(ctx) }),
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
        ...(await ctx.campaigns.results(
          measured(campaign),
          readResultsRequest(args, campaign, isSelectedBelow(info, 'clv')),
        )),
        campaign,
      }),
    }),
    uplift: t.field({
      type: CampaignUplift,
      description: 'Uplift of a variant by group of customers. An error without a control group.',
      complexity: STATEMENT_COST,
      select: (_args, ctx) => ({ variants: variantsIn(ctx) }),
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
          measured(campaign),
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
      resolve: async (_root, { filter, ...args }, ctx, info) => {
        const list = `${ctx.workspace.id}/campaigns`;
        // Nothing has to be read again: these rows have all that a query can select, their variants included.
        queryFromInfo({ context: ctx, info, paths: [['edges', 'node'], ['nodes']] });
        return toConnection(list, await ctx.read.campaigns(filter ?? {}, readPage(args, list)));
      },
    },
    { name: 'CampaignConnection', description: 'A page of campaigns.', authScopes: reading },
    { name: 'CampaignEdge', description: 'A campaign in a page.', authScopes: reading },
  ),
  campaign: t.prismaField({
    type: Campaign,
    nullable: true,
    description: 'One campaign, by `id` or by `name`. Null when the workspace has no such campaign.',
    authScopes: reading,
    complexity: STATEMENT_COST,
    args: {
      id: t.arg.id({ description: 'Global id, as this API returned it.' }),
      name: t.arg.string({ description: 'Name of the campaign.' }),
    },
    resolve: (query, _root, { id, name }, { prisma, workspace }) => {
      if ((id == null) === (name == null)) {
        throw new DomainError('BAD_ARGUMENTS', 'expected either `id` or `name`, exactly one of them', ['id']);
      }
      const key = id != null ? storedId(id, 'Campaign', 'id') : campaignId(workspace.id, name ?? '');
      return prisma.campaign.findUnique({ ...query, where: { id: key, workspaceId: workspace.id } });
    },
  }),
}));
