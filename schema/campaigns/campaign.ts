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
  description: 'What some of the customers of a campaign get.',
  authScopes: reading,
  fields: (t) => ({
    name: t.exposeString('name', { description: 'Its name, unique in the campaign.' }),
    weight: t.exposeFloat('weight', {
      nullable: true,
      description: 'Share of the customers in proportion to the other weights; null where it is not known.',
    }),
    isControl: t.exposeBoolean('isControl', { description: 'Whether the others are compared with it.' }),
  }),
});

const AudienceDue = builder.objectRef<NonNullable<AudienceShape['replenishmentDue']>>('ReplenishmentDue').implement({
  description: 'Customers who are due to buy a product again.',
  authScopes: reading,
  fields: (t) => ({
    product: t.exposeString('product', { description: 'External id of the product.' }),
    withinDays: t.exposeInt('withinDays', {
      description: 'Expected so many days after the as-of day at the latest.',
    }),
  }),
});

const CampaignAudience = builder.objectRef<AudienceShape>('CampaignAudience').implement({
  description: 'Whom a campaign is for, as they stand when they are assigned: those who meet every condition given.',
  authScopes: reading,
  fields: (t) => ({
    segments: t.field({
      type: [Segment],
      nullable: true,
      description: 'RFM segments; null for all.',
      resolve: ({ segments }) => segments,
    }),
    countries: t.stringList({
      nullable: true,
      description: 'Countries; null for all.',
      resolve: ({ countries }) => countries,
    }),
    channels: t.stringList({
      nullable: true,
      description: 'Channels that won the customers; null for all.',
      resolve: ({ channels }) => channels,
    }),
    minimumClv: t.field({
      type: 'Decimal',
      nullable: true,
      description: '12-month CLV of at least this, in the workspace’s currency.',
      resolve: ({ minimumClv }) => minimumClv,
    }),
    maximumClv: t.field({
      type: 'Decimal',
      nullable: true,
      description: '12-month CLV of at most this, in the workspace’s currency.',
      resolve: ({ maximumClv }) => maximumClv,
    }),
    bought: t.stringList({
      nullable: true,
      description: 'Who have bought every one of these products, by external id.',
      resolve: ({ bought }) => bought,
    }),
    notBought: t.stringList({
      nullable: true,
      description: 'Who have bought none of these products, by external id.',
      resolve: ({ notBought }) => notBought,
    }),
    replenishmentDue: t.field({
      type: AudienceDue,
      nullable: true,
      description: 'Who are due to buy a product again.',
      resolve: ({ replenishmentDue }) => replenishmentDue,
    }),
  }),
});

export const Campaign = builder.node(builder.objectRef<CampaignShape>('Campaign'), {
  description: 'Messages to customers for one purpose, and what became of them.',
  authScopes: reading,
  id: { resolve: ({ id }) => id },
  loadWithoutCache: (id, { loaders }) => loaders.campaign.load(id),
  fields: (t) => ({
    name: t.exposeString('name', { description: 'Its name, unique in the workspace.' }),
    kind: t.expose('kind', { type: CampaignKind, description: 'What it is for.' }),
    channel: t.expose('channel', { type: CampaignChannel, description: 'What its messages go by.' }),
    trigger: t.expose('trigger', { type: CampaignTrigger, description: 'What sends a message.' }),
    status: t.expose('status', { type: CampaignStatus, description: 'How far it has come.' }),
    audience: t.expose('audience', { type: CampaignAudience, description: 'Whom it is for.' }),
    control: t.expose('control', { type: CampaignControl, description: 'Whom its customers are compared with.' }),
    stratifyBy: t.expose('stratifyBy', {
      type: CampaignStratum,
      nullable: true,
      description: 'Groups within which variants are balanced; null where a hash alone decides.',
    }),
    windowDays: t.exposeInt('windowDays', { description: 'Days after the assignment in which orders count.' }),
    budget: t.field({
      type: Money,
      nullable: true,
      description: 'What it may cost; null where that was not told.',
      resolve: ({ budget }, _args, { workspace }) => (budget === null ? null : exactMoney(budget, workspace.currency)),
    }),
    costPerMessage: t.field({
      type: Money,
      nullable: true,
      description: 'What one message costs; null where that was not told.',
      resolve: ({ costPerMessage }, _args, { workspace }) =>
        costPerMessage === null ? null : exactMoney(costPerMessage, workspace.currency),
    }),
    variants: t.expose('variants', { type: [CampaignVariant], description: 'Its variants, in their order.' }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was made.' }),
    startedAt: t.expose('startedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When customers were first assigned; null for a draft.',
    }),
    stoppedAt: t.expose('stoppedAt', { type: 'DateTime', nullable: true, description: 'When it was stopped.' }),
    results: t.field({
      type: CampaignResults,
      description: 'What it caused. Figures are as they stand: they move while customers and orders come in.',
      complexity: STATEMENT_COST,
      args: {
        windowDays: t.arg.int({
          description: 'Days after the assignment in which orders count, 1 to 365; the campaign’s when absent.',
        }),
        metric: t.arg({ type: CampaignMetric, defaultValue: 'REVENUE', description: 'What to judge it by.' }),
        by: t.arg({ type: [CampaignDimension], description: 'Also split by these, at most two.' }),
        covariate: t.arg({
          type: CampaignCovariate,
          defaultValue: 'PRIOR_REVENUE',
          description: 'What to adjust lifts by, to make them sharper.',
        }),
        winsorizeAt: t.arg.float({
          description:
            'Cuts orders, revenue and margin of a customer to this quantile of the buyers’, between 0.5 and 1, such as 0.99, so that a few large orders do not decide; nothing is cut when absent.',
        }),
      },
      resolve: async (campaign, args, ctx, info) => ({
        ...(await ctx.campaigns.results(campaign, readResultsRequest(args, campaign, isSelectedBelow(info, 'clv')))),
        campaign,
      }),
    }),
    uplift: t.field({
      type: CampaignUplift,
      description: 'For whom a variant works, and whom to leave alone. An error where there is no control group.',
      complexity: STATEMENT_COST,
      args: {
        by: t.arg({ type: [CampaignDimension], required: true, description: 'What makes the groups, one or two.' }),
        metric: t.arg({ type: CampaignMetric, defaultValue: 'MARGIN', description: 'What to judge it by.' }),
        variant: t.arg.string({ description: 'Name of the variant; the first that is no control group when absent.' }),
        windowDays: t.arg.int({
          description: 'Days after the assignment in which orders count, 1 to 365; the campaign’s when absent.',
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
  description: 'Which campaigns to list: those that meet every condition given. An empty list is no condition.',
  fields: (t) => ({
    kinds: t.field({ type: [CampaignKind], description: 'For one of these purposes.' }),
    channels: t.field({ type: [CampaignChannel], description: 'By one of these channels.' }),
    triggers: t.field({ type: [CampaignTrigger], description: 'Sent by one of these.' }),
    statuses: t.field({ type: [CampaignStatus], description: 'In one of these states.' }),
  }),
});

builder.queryFields((t) => ({
  campaigns: t.connection(
    {
      type: Campaign,
      description: 'The campaigns of the workspace, newest first.',
      authScopes: reading,
      complexity: pageCost,
      args: { filter: t.arg({ type: CampaignFilterInput, description: 'Which to list; all when absent.' }) },
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
    description: 'One campaign, by its id or its name; null when the workspace has no such campaign.',
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
