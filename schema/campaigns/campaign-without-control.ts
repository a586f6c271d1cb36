import type { ComparedWithoutControl as ComparedShape } from '../../server/campaigns/compare-without-control.ts';
import { readResultsRequest } from '../../server/campaigns/read-results-request.ts';
import { roundedMoney } from '../../server/domain/money.ts';
import type {
  Difference as DifferenceShape,
  MatchedComparison as MatchedShape,
  PrePost as PrePostShape,
} from '../../server/engine/experiments/without-control.ts';
import { builder } from '../builder.ts';
import { STATEMENT_COST } from '../cost.ts';
import { Money } from '../money.ts';
import { Campaign, variantsIn } from './campaign.ts';
import type { WithVariants } from './campaign-results.ts';
import { MoneyEstimate } from './estimate.ts';

const reading = { scope: 'campaigns:read' } as const;

const RevenueDifference = builder.objectRef<DifferenceShape>('RevenueDifference').implement({
  description: 'Difference in revenue per customer. It is not an effect.',
  authScopes: reading,
  fields: (t) => ({
    difference: t.expose('difference', { type: MoneyEstimate, description: 'The difference, with its 95% interval.' }),
    pValue: t.exposeFloat('pValue', {
      description: 'Probability of a difference at least this large by chance, 0 to 1.',
    }),
  }),
});

type Named<Shape> = Shape & { readonly name: string };

const BeforeAndAfter = builder.objectRef<Named<PrePostShape>>('BeforeAndAfter').implement({
  description:
    'Revenue of the same customers before and after the assignment, over periods of the same length. The change is not an effect: customers are often chosen because they just ordered or did not.',
  authScopes: reading,
  fields: (t) => ({
    variant: t.exposeString('name', { description: 'Name of the variant.' }),
    customers: t.exposeInt('customers', { description: 'Number of customers whose window is over.' }),
    before: t.field({
      type: Money,
      nullable: true,
      description: 'Revenue per customer before the assignment. Null without customers.',
      resolve: ({ before }, _args, { workspace }) =>
        before === null ? null : roundedMoney(before, workspace.currency),
    }),
    after: t.field({
      type: Money,
      nullable: true,
      description: 'Revenue per customer after the assignment. Null without customers.',
      resolve: ({ after }, _args, { workspace }) => (after === null ? null : roundedMoney(after, workspace.currency)),
    }),
    change: t.expose('change', {
      type: RevenueDifference,
      nullable: true,
      description: '`after` minus `before`. Null with fewer than two customers.',
    }),
  }),
});

const MatchedComparison = builder.objectRef<Named<MatchedShape>>('MatchedComparison').implement({
  description:
    'Customers of a variant compared with customers outside the campaign who have the same RFM segment and monetary score. The difference is not an effect: the customers are alike in past orders only.',
  authScopes: reading,
  fields: (t) => ({
    variant: t.exposeString('name', { description: 'Name of the variant.' }),
    customers: t.exposeInt('customers', { description: 'Number of customers whose window is over.' }),
    matchedShare: t.exposeFloat('matched', {
      nullable: true,
      description: 'Share of those customers who have a match outside the campaign, 0 to 1. Null without customers.',
    }),
    exposed: t.field({
      type: Money,
      nullable: true,
      description: 'Revenue per matched customer of the variant. Null without matched customers.',
      resolve: ({ exposed }, _args, { workspace }) =>
        exposed === null ? null : roundedMoney(exposed, workspace.currency),
    }),
    others: t.field({
      type: Money,
      nullable: true,
      description:
        'Revenue per customer outside the campaign, weighted like the matched customers. Null without matched customers.',
      resolve: ({ others }, _args, { workspace }) =>
        others === null ? null : roundedMoney(others, workspace.currency),
    }),
    effect: t.expose('effect', {
      type: RevenueDifference,
      nullable: true,
      description: '`exposed` minus `others`. Null without matched customers.',
    }),
  }),
});

interface WithoutControlShape extends ComparedShape {
  readonly campaign: WithVariants;
}

const nameOf = ({ variants }: WithVariants, id: string) => variants.find((variant) => variant.id === id)!.name;

const WithoutControl = builder.objectRef<WithoutControlShape>('WithoutControl').implement({
  description: 'Comparisons for a campaign without a control group. They do not show its effect.',
  authScopes: reading,
  fields: (t) => ({
    beforeAndAfter: t.field({
      type: [BeforeAndAfter],
      description: 'Revenue of the same customers before and after the assignment, by variant.',
      resolve: ({ prePost, campaign }) => prePost.map((row) => ({ ...row, name: nameOf(campaign, row.variantId) })),
    }),
    matched: t.field({
      type: [MatchedComparison],
      description:
        'Comparison with similar customers outside the campaign, by variant. Empty until a run is published, and while no window is over.',
      resolve: ({ matched, campaign }) =>
        (matched?.variants ?? []).map((row) => ({ ...row, name: nameOf(campaign, row.variantId) })),
    }),
    matchedOn: t.field({
      type: 'Date',
      nullable: true,
      description: 'First day of the window of the customers outside the campaign. Null when `matched` is empty.',
      resolve: ({ matched }) => matched?.on ?? null,
    }),
  }),
});

builder.prismaObjectField(Campaign, 'withoutControl', (t) =>
  t.field({
    type: WithoutControl,
    description:
      'Comparisons for a campaign without a control group: before with after, and with similar customers. They do not show its effect.',
    authScopes: reading,
    complexity: STATEMENT_COST,
    select: (_args, ctx) => ({ variants: variantsIn(ctx) }),
    args: {
      windowDays: t.arg.int({
        description: 'Days before and after the assignment, 1 to 365. Default: the window of the campaign.',
      }),
    },
    resolve: async (campaign, args, ctx) => ({
      ...(await ctx.campaigns.compareWithoutControl(campaign, readResultsRequest(args, campaign, false).windowDays)),
      campaign,
    }),
  }),
);
