import type { Placement } from '../../server/recommendations/placement.ts';
import { builder } from '../builder.ts';
import { STATEMENT_COST } from '../cost.ts';
import { orDomainError } from '../or-domain-error.ts';
import { RecommendationFallback, RecommendationKind } from './recommendation-enums.ts';
import { RecommendationPlacement } from './recommendation-placement.ts';

const writing = { scope: 'placements:write' } as const;

const SaveRecommendationPlacementInput = builder.inputType('SaveRecommendationPlacementInput', {
  description: 'The settings of a placement. A limit that is left out does not apply.',
  fields: (t) => ({
    name: t.string({
      required: true,
      description: 'Name of the placement, 1 to 60 letters, digits, - and _. A placement of this name is replaced.',
    }),
    kinds: t.field({
      type: [RecommendationKind],
      description: 'Only recommendations of these kinds, at least one. Default: all.',
    }),
    categories: t.stringList({
      description: 'Only products of one of these categories, 1 to 50 of at most 200 characters. Default: all.',
    }),
    minimumPrice: t.field({
      type: 'Decimal',
      description: 'Only products of at least this price, 0 or more, in the workspace’s currency.',
    }),
    maximumPrice: t.field({
      type: 'Decimal',
      description: 'Only products of at most this price, 0 or more, in the workspace’s currency.',
    }),
    notBoughtWithinDays: t.int({
      description:
        'Leaves out products that the customer bought within this many days before the as-of day, 1 to 3650.',
    }),
    mostPerCategory: t.int({ description: 'Maximum number of products of one category in a list, 1 to 24.' }),
    fallback: t.field({
      type: RecommendationFallback,
      required: true,
      defaultValue: 'TRENDING',
      description: 'What the placement shows to customers without a list of their own.',
    }),
    controlShare: t.float({
      required: true,
      defaultValue: 0,
      description:
        'Share of customers in the control group, 0 to 1. They get the best-selling products instead of their own list.',
    }),
  }),
});

const SavedRecommendationPlacement = builder
  .objectRef<{ readonly placement: Placement }>('SavedRecommendationPlacement')
  .implement({
    description: 'A placement that was saved.',
    authScopes: writing,
    fields: (t) => ({
      placement: t.expose('placement', {
        type: RecommendationPlacement,
        // So that a key which may write but not read still gets an answer.
        nullable: true,
        description: 'The placement. Null, with an error, for a key without the scope recommendations:read.',
      }),
    }),
  });

const DeletedRecommendationPlacement = builder
  .objectRef<{ readonly name: string }>('DeletedRecommendationPlacement')
  .implement({
    description: 'A placement that was deleted. Its feedback is kept.',
    authScopes: writing,
    fields: (t) => ({ name: t.exposeString('name', { description: 'Name of the deleted placement.' }) }),
  });

builder.mutationFields((t) => ({
  saveRecommendationPlacement: t.field({
    type: SavedRecommendationPlacement,
    description: 'Creates a placement, or replaces the placement of this name. A workspace has at most 100.',
    authScopes: writing,
    complexity: STATEMENT_COST,
    errors: orDomainError(
      'SaveRecommendationPlacementResult',
      'The saved placement, or what was wrong with the request.',
    ),
    args: {
      input: t.arg({ type: SaveRecommendationPlacementInput, required: true, description: 'The placement to save.' }),
    },
    resolve: async (_root, { input }, ctx) => ({
      placement: await ctx.recommendations.savePlacement({
        ...input,
        kinds: input.kinds ?? null,
        categories: input.categories ?? null,
        minimumPrice: input.minimumPrice ?? null,
        maximumPrice: input.maximumPrice ?? null,
        notBoughtWithinDays: input.notBoughtWithinDays ?? null,
        mostPerCategory: input.mostPerCategory ?? null,
      }),
    }),
  }),
  deleteRecommendationPlacement: t.field({
    type: DeletedRecommendationPlacement,
    description: 'Deletes a placement. Lists for it can no longer be queried.',
    authScopes: writing,
    complexity: STATEMENT_COST,
    errors: orDomainError(
      'DeleteRecommendationPlacementResult',
      'The placement that was removed, or what was wrong with the request.',
    ),
    args: { name: t.arg.string({ required: true, description: 'Name of the placement.' }) },
    resolve: async (_root, { name }, ctx) => {
      await ctx.recommendations.deletePlacement(name);
      return { name };
    },
  }),
}));
