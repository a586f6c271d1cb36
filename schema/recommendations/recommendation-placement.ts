import type { PlacementResultRow } from '../../server/recommendations/data/placement-results.ts';
import type { Placement } from '../../server/recommendations/placement.ts';
import { ORDER_DAYS, readResultsWindow } from '../../server/recommendations/results-window.ts';
import { builder } from '../builder.ts';
import { STATEMENT_COST } from '../cost.ts';
import { RecommendationFallback, RecommendationKind, RecommendationVariant } from './recommendation-enums.ts';

const reading = { scope: 'recommendations:read' } as const;

const PlacementResult = builder.objectRef<PlacementResultRow>('PlacementResult').implement({
  description:
    'What became of the recommendations of one variant and kind at a placement. All counts are of pairs of a customer and a product.',
  authScopes: reading,
  fields: (t) => ({
    variant: t.expose('variant', { type: RecommendationVariant, description: 'Which list they stood in.' }),
    kind: t.expose('kind', { type: RecommendationKind, description: 'What they were for.' }),
    shown: t.exposeInt('shown', { description: 'Reported as shown in the window.' }),
    clicked: t.exposeInt('clicked', { description: 'Reported as clicked in the window.' }),
    bought: t.exposeInt('bought', { description: 'Reported as bought in the window.' }),
    ordered: t.exposeInt('ordered', {
      description:
        'Of those shown, ordered on the day they were first shown in the window or within `withinDays` days after it, by the orders that the latest analysis has seen.',
    }),
    clickRate: t.float({
      nullable: true,
      description: 'Share of those shown that were clicked in the window, 0 to 1; null where nothing was shown.',
      resolve: ({ shown, shownAndClicked }) => (shown === 0 ? null : shownAndClicked / shown),
    }),
    purchaseRate: t.float({
      nullable: true,
      description: 'Share of those shown that were ordered, 0 to 1; null where nothing was shown.',
      resolve: ({ shown, ordered }) => (shown === 0 ? null : ordered / shown),
    }),
  }),
});

export const RecommendationPlacement = builder.objectRef<Placement>('RecommendationPlacement').implement({
  description: 'A named place that shows recommendations, such as a cart or an e-mail, and what it lets through.',
  authScopes: reading,
  fields: (t) => ({
    name: t.exposeString('name', { description: 'Its name, unique in the workspace.' }),
    kinds: t.expose('kinds', {
      type: [RecommendationKind],
      nullable: true,
      description: 'Only these kinds; null for all.',
    }),
    categories: t.exposeStringList('categories', {
      nullable: true,
      description: 'Only products of one of these categories; null for all.',
    }),
    minimumPrice: t.expose('minimumPrice', {
      type: 'Decimal',
      nullable: true,
      description: 'Only products of at least this price, in the workspace’s currency; null for no bound.',
    }),
    maximumPrice: t.expose('maximumPrice', {
      type: 'Decimal',
      nullable: true,
      description: 'Only products of at most this price, in the workspace’s currency; null for no bound.',
    }),
    notBoughtWithinDays: t.exposeInt('notBoughtWithinDays', {
      nullable: true,
      description: 'Leaves out what the customer bought at most so many days before the as-of day; null for nothing.',
    }),
    mostPerCategory: t.exposeInt('mostPerCategory', {
      nullable: true,
      description:
        'Products of the same category in a list at most; null for no limit. Those without one are not limited.',
    }),
    fallback: t.expose('fallback', {
      type: RecommendationFallback,
      description: 'What customers get who have no list of their own.',
    }),
    controlShare: t.exposeFloat('controlShare', {
      description:
        'Share of customers in the control group, who get what sells best instead of their own list, 0 to 1.',
    }),
    updatedAt: t.expose('updatedAt', { type: 'DateTime', description: 'When it was last saved.' }),
    results: t.field({
      type: [PlacementResult],
      description: 'What became of what it showed, by variant and kind; only those with any feedback in the window.',
      complexity: STATEMENT_COST,
      args: {
        from: t.arg({ type: 'Date', description: 'First day of feedback to count; from the beginning when absent.' }),
        to: t.arg({ type: 'Date', description: 'Last day of feedback to count; up to now when absent.' }),
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
  t.field({
    type: [RecommendationPlacement],
    description: 'The placements of the workspace, by name.',
    authScopes: reading,
    complexity: STATEMENT_COST,
    resolve: (_root, _args, { read }) => read.placements(),
  }),
);
