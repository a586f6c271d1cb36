import { queryFromInfo } from '@pothos/plugin-prisma';

import type { Context } from '../../server/context.ts';
import type { ProductRow, ProductScore } from '../../server/customers/data/product-columns.ts';
import { DomainError } from '../../server/domain/errors.ts';
import { productId } from '../../server/domain/ids.ts';
import { exactMoney, roundedMoney } from '../../server/domain/money.ts';
import { readPage, sliceOf } from '../../server/domain/page.ts';
import { likePattern } from '../../server/store/sql/like-pattern.ts';
import { builder } from '../builder.ts';
import { toConnection } from '../connection.ts';
import { pageCost, STATEMENT_COST } from '../cost.ts';
import { Money } from '../money.ts';
import { storedId } from '../node-id.ts';
import { pageQuery } from '../page-query.ts';

const reading = { scope: 'products:read' } as const;

const scoreOf = async (
  { id, score }: Pick<ProductRow, 'id' | 'score'>,
  { loaders }: Context,
): Promise<ProductScore | null> => (score === undefined ? loaders.productScore.load(id) : score);

export const Product = builder.prismaObject('Product', {
  description: 'A product that the shop sells.',
  authScopes: reading,
  findUnique: ({ id }, { workspace }) => ({ id, workspaceId: workspace.id }),
  fields: (t) => ({
    externalId: t.exposeString('externalId', { description: 'The shop’s own id.' }),
    name: t.exposeString('name', { nullable: true, description: 'Name of the product. Null when it is unknown.' }),
    category: t.exposeString('category', {
      nullable: true,
      description: 'Category of the product. Null when it is unknown.',
    }),
    price: t.field({
      type: Money,
      nullable: true,
      description:
        'Price of one unit in the catalogue, otherwise the mean price paid according to the published run. Null when neither is known.',
      resolve: async (product, _args, ctx) => {
        const { currency } = ctx.workspace;
        if (product.price !== null) return exactMoney(product.price.toString(), currency);
        const price = (await scoreOf(product, ctx))?.price ?? null;
        return price === null ? null : roundedMoney(price, currency);
      },
    }),
    inStock: t.exposeBoolean('inStock', {
      description: 'Whether the product is in stock. Products out of stock are not recommended.',
    }),
    isExcluded: t.exposeBoolean('isExcluded', {
      description: 'Whether the shop excludes the product from recommendations, such as a carrier bag.',
    }),
    buyers: t.int({
      nullable: true,
      description:
        'Number of customers who bought the product by the as-of day. Null until a published run includes it.',
      resolve: async (product, _args, ctx) => (await scoreOf(product, ctx))?.buyers ?? null,
    }),
    repeatShare: t.float({
      nullable: true,
      description:
        'Share of its buyers who bought it on more than one day by the as-of day, 0 to 1. Null until a published run includes it.',
      resolve: async (product, _args, ctx) => (await scoreOf(product, ctx))?.repeatShare ?? null,
    }),
    usualGapDays: t.float({
      nullable: true,
      description:
        'Median days between two purchases of the product by the same customer. Null when nobody bought it again by the as-of day.',
      resolve: async (product, _args, ctx) => (await scoreOf(product, ctx))?.usualGapDays ?? null,
    }),
  }),
});

builder.nodeRef(Product, {
  id: { resolve: ({ id }: { readonly id: string }) => id },
  // With what the published run says of it, in one statement.
  loadWithoutCache: (id, { loaders }) => loaders.product.load(id),
});

builder.queryField('product', (t) =>
  t.field({
    type: Product,
    nullable: true,
    description: 'One product, by `id` or by `externalId`. Null when the workspace has no such product.',
    authScopes: reading,
    complexity: STATEMENT_COST,
    args: {
      id: t.arg.id({ description: 'Global id, as this API returned it.' }),
      externalId: t.arg.string({ description: 'The shop’s own id of the product.' }),
    },
    resolve: (_root, { id, externalId }, { loaders, workspace }) => {
      if ((id == null) === (externalId == null)) {
        throw new DomainError('BAD_ARGUMENTS', 'expected either `id` or `externalId`, exactly one of them', ['id']);
      }
      return loaders.product.load(
        id != null ? storedId(id, 'Product', 'id') : productId(workspace.id, externalId ?? ''),
      );
    },
  }),
);

builder.queryField('products', (t) =>
  t.connection(
    {
      type: Product,
      description: 'The products of the workspace, by external id.',
      authScopes: reading,
      complexity: pageCost,
      args: {
        search: t.arg.string({
          description: 'Only products with this text in their name or external id, in any letter case.',
        }),
        category: t.arg.string({ description: 'Only products of exactly this category.' }),
      },
      resolve: async (_root, { search, category, ...args }, ctx, info) => {
        const list = `${ctx.workspace.id}/products`;
        const page = readPage(args, list);
        const { where, ...slice } = pageQuery(page, 'externalId', 'asc', String);
        // Prisma takes the text for a pattern.
        const contains = { contains: likePattern(search ?? ''), mode: 'insensitive' } as const;
        const rows = await ctx.prisma.product.findMany({
          ...queryFromInfo({ context: ctx, info, paths: [['edges', 'node'], ['nodes']] }),
          ...slice,
          where: {
            workspaceId: ctx.workspace.id,
            ...(category == null ? {} : { category }),
            AND: [where ?? {}, search == null ? {} : { OR: [{ name: contains }, { externalId: contains }] }],
          },
        });
        return toConnection(
          list,
          sliceOf(page, rows, (product) => [product.externalId, product.id]),
        );
      },
    },
    { name: 'ProductConnection', description: 'A page of products.', authScopes: reading },
    { name: 'ProductEdge', description: 'A product in a page.', authScopes: reading },
  ),
);
