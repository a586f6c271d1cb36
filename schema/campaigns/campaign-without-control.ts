import type { ComparedWithoutControl as ComparedShape } from '../../server/campaigns/compare-without-control.ts';
import { readResultsRequest } from '../../server/campaigns/read-results-request.ts';
import type { Campaign as CampaignShape } from '../../server/domain/campaigns.ts';
import { roundedMoney } from '../../server/domain/money.ts';
import type {
  Difference as DifferenceShape,
  MatchedComparison as MatchedShape,
  PrePost as PrePostShape,
} from '../../server/engine/experiments/without-control.ts';
import { builder } from '../builder.ts';
import { STATEMENT_COST } from '../cost.ts';
import { Money } from '../money.ts';
import { Campaign } from './campaign.ts';
import { MoneyEstimate } from './estimate.ts';

const reading = { scope: 'campaigns:read' } as const;

const RevenueDifference = builder.objectRef<DifferenceShape>('RevenueDifference').implement({
  description: 'A difference in revenue per customer. Not causal.',
  authScopes: reading,
  fields: (t) => ({
    difference: t.expose('difference', { type: MoneyEstimate, description: 'The difference, with a 95 % interval.' }),
    pValue: t.exposeFloat('pValue', { description: 'Chance of so large a difference where there is none.' }),
  }),
});

type Named<Shape> = Shape & { readonly name: string };

const BeforeAndAfter = builder.objectRef<Named<PrePostShape>>('BeforeAndAfter').implement({
  description:
    'The same customers as long before the assignment as after it. Not causal: whoever is sent something has often just bought, or just not.',
  authScopes: reading,
  fields: (t) => ({
    variant: t.exposeString('name', { description: 'Name of the variant.' }),
    customers: t.exposeInt('customers', { description: 'Customers whose window is over.' }),
    before: t.field({
      type: Money,
      nullable: true,
      description: 'Revenue per customer before; null of nobody.',
      resolve: ({ before }, _args, { workspace }) =>
        before === null ? null : roundedMoney(before, workspace.currency),
    }),
    after: t.field({
      type: Money,
      nullable: true,
      description: 'Revenue per customer after; null of nobody.',
      resolve: ({ after }, _args, { workspace }) => (after === null ? null : roundedMoney(after, workspace.currency)),
    }),
    change: t.expose('change', {
      type: RevenueDifference,
      nullable: true,
      description: 'After less before; null with fewer than two customers.',
    }),
  }),
});

const MatchedComparison = builder.objectRef<Named<MatchedShape>>('MatchedComparison').implement({
  description:
    'Customers of a variant beside others of the same segment and tier who were not in the campaign. Not causal: they are alike only by what they had bought.',
  authScopes: reading,
  fields: (t) => ({
    variant: t.exposeString('name', { description: 'Name of the variant.' }),
    customers: t.exposeInt('customers', { description: 'Customers whose window is over.' }),
    matched: t.exposeFloat('matched', {
      nullable: true,
      description: 'Share of them who have others to compare with, 0 to 1; null of nobody.',
    }),
    exposed: t.field({
      type: Money,
      nullable: true,
      description: 'Revenue per matched customer; null where nobody is matched.',
      resolve: ({ exposed }, _args, { workspace }) =>
        exposed === null ? null : roundedMoney(exposed, workspace.currency),
    }),
    others: t.field({
      type: Money,
      nullable: true,
      description: 'Revenue per customer of the others, made up like them; null where nobody is matched.',
      resolve: ({ others }, _args, { workspace }) =>
        others === null ? null : roundedMoney(others, workspace.currency),
    }),
    effect: t.expose('effect', {
      type: RevenueDifference,
      nullable: true,
      description: 'The one less the other; null where nobody is matched.',
    }),
  }),
});

interface WithoutControlShape extends ComparedShape {
  readonly campaign: CampaignShape;
}

const nameOf = ({ variants }: CampaignShape, id: string) => variants.find((variant) => variant.id === id)!.name;

const WithoutControl = builder.objectRef<WithoutControlShape>('WithoutControl').implement({
  description: 'What can be said of a campaign without a control group. None of it is causal.',
  authScopes: reading,
  fields: (t) => ({
    beforeAndAfter: t.field({
      type: [BeforeAndAfter],
      description: 'The same customers before and after, by variant.',
      resolve: ({ prePost, campaign }) => prePost.map((row) => ({ ...row, name: nameOf(campaign, row.variantId) })),
    }),
    matched: t.field({
      type: [MatchedComparison],
      description:
        'Beside others who are alike, by variant; empty until an analysis has been published, and where nobody counts.',
      resolve: ({ matched, campaign }) =>
        (matched?.variants ?? []).map((row) => ({ ...row, name: nameOf(campaign, row.variantId) })),
    }),
    matchedOn: t.field({
      type: 'Date',
      nullable: true,
      description: 'The day from which the others are looked at; null where `matched` is empty.',
      resolve: ({ matched }) => matched?.on ?? null,
    }),
  }),
});

builder.objectField(Campaign, 'withoutControl', (t) =>
  t.field({
    type: WithoutControl,
    description: 'Before against after, and beside others who are alike: for want of a control group. Not causal.',
    authScopes: reading,
    complexity: STATEMENT_COST,
    args: {
      windowDays: t.arg.int({
        description: 'Days before and after the assignment, 1 to 365; the campaign’s window when absent.',
      }),
    },
    resolve: async (campaign, args, ctx) => ({
      ...(await ctx.campaigns.compareWithoutControl(campaign, readResultsRequest(args, campaign, false).windowDays)),
      campaign,
    }),
  }),
);
