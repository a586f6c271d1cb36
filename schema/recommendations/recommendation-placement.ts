import type { PlacementResultRow } from '../../server/recommendations/data/placement-results.ts';
import type { Fallback, Placement } from '../../server/recommendations/placement.ts';
import { ORDER_DAYS, readResultsWindow } from '../../server/recommendations/results-window.ts';
import { builder } from '../builder.ts';
import { STATEMENT_COST } from '../cost.ts';
import { RecommendationFallback, RecommendationKind, RecommendationVariant } from './recommendation-enums.ts';

const reading = { scope: 'recommendations:read' } as const;

const PlacementResult = builder.objectRef<PlacementResultRow>('PlacementResult').implement({
  description:
    'Results of the recommendations of one variant and kind at a placement. All counts are of pairs of a customer and a product.',
  authScopes: reading,
  fields: (t) => ({
    variant: t.expose('variant', {
      type: RecommendationVariant,
      description: 'Which list the recommendations were in.',
    }),
    kind: t.expose('kind', { type: RecommendationKind, description: 'Kind of the recommendations.' }),
    shown: t.exposeInt('shown', { description: 'Number reported as shown in the window.' }),
    clicked: t.exposeInt('clicked', { description: 'Number reported as clicked in the window.' }),
    bought: t.exposeInt('bought', { description: 'Number reported as bought in the window.' }),
    ordered: t.exposeInt('ordered', {
      description:
        'Number of those shown that were ordered on the day they were first shown in the window or within `withinDays` days after it. Orders after the as-of day of the published run are not counted.',
    }),
    clickRate: t.float({
      nullable: true,
      description: 'Share of those shown that were clicked in the window, 0 to 1. Null when none was shown.',
      resolve: ({ shown, shownAndClicked }) => (shown === 0 ? null : shownAndClicked / shown),
    }),
    orderRate: t.float({
      nullable: true,
      description: 'Share of those shown that were ordered, 0 to 1. Null when none was shown.',
      resolve: ({ shown, ordered }) => (shown === 0 ? null : ordered / shown),
    }),
  }),
});

/** Stored, no kind or category stands for all. */
const listOrAll = (list: readonly string[] | null) => (list?.length ? list : null);

/** Prisma's decimals or decimal text. */
const decimal = (value: { toString(): string } | null) => value?.toString() ?? null;

export const RecommendationPlacement = builder.prismaObject('RecommendationPlacement', {
  description: 'A named place that shows recommendations, such as a cart or an e-mail, with its filters.',
  findUnique: null,
  authScopes: reading,
  fields: (t) => ({
    name: t.exposeString('name', { description: 'Name of the placement, unique in the workspace.' }),
    kinds: t.field({
      type: [RecommendationKind],
      nullable: true,
      description: 'Only recommendations of these kinds. Null for all.',
      resolve: ({ kinds }) => listOrAll(kinds) as Placement['kinds'],
    }),
    categories: t.stringList({
      nullable: true,
      description: 'Only products of one of these categories. Null for all.',
      resolve: ({ categories }) => listOrAll(categories),
    }),
    minimumPrice: t.field({
      type: 'Decimal',
      nullable: true,
      description: 'Only products of at least this price, in the workspace’s currency. Null for no limit.',
      resolve: ({ minimumPrice }) => decimal(minimumPrice),
    }),
    maximumPrice: t.field({
      type: 'Decimal',
      nullable: true,
      description: 'Only products of at most this price, in the workspace’s currency. Null for no limit.',
      resolve: ({ maximumPrice }) => decimal(maximumPrice),
    }),
    notBoughtWithinDays: t.exposeInt('notBoughtWithinDays', {
      nullable: true,
      description:
        'Leaves out products that the customer bought within this many days before the as-of day. Null to leave out none.',
    }),
    mostPerCategory: t.exposeInt('mostPerCategory', {
      nullable: true,
      description:
        'Maximum number of products of one category in a list. Null for no limit. Products without a category are not limited.',
    }),
    fallback: t.field({
      type: RecommendationFallback,
      description: 'What the placement shows to customers without a list of their own.',
      resolve: ({ fallback }) => fallback as Fallback,
    }),
    controlShare: t.exposeFloat('controlShare', {
      description:
        'Share of customers in the control group, 0 to 1. They get the best-selling products instead of their own list.',
    }),
    updatedAt: t.expose('updatedAt', { type: 'DateTime', description: 'When the placement was last saved.' }),
    results: t.field({
      type: [PlacementResult],
      description: 'Results by variant and kind. Those without feedback in the window are left out.',
      complexity: STATEMENT_COST,
      args: {
        from: t.arg({ type: 'Date', description: 'First day of feedback to count. Default: no limit.' }),
        to: t.arg({ type: 'Date', description: 'Last day of feedback to count. Default: no limit.' }),
        withinDays: t.arg.int({
          defaultValue: ORDER_DAYS,
          description: 'Days after the first showing in which an order counts, 0 to 365.',
        }),
      },
      resolve: ({ name }, { from, to, withinDays }, { loaders }) =>
        loaders.placementResults(readResultsWindow({ from, to, withinDays })).load(name),
    }),
  }),
});

builder.queryField('recommendationPlacements', (t) =>
  t.prismaField({
    type: [RecommendationPlacement],
    description: 'The placements of the workspace, by name.',
    authScopes: reading,
    complexity: STATEMENT_COST,
    resolve: (query, _root, _args, { prisma, workspace }) =>
      prisma.recommendationPlacement.findMany({
        ...query,
        where: { workspaceId: workspace.id },
        orderBy: { name: 'asc' },
      }),
  }),
);
