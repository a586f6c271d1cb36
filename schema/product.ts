import { queryFromInfo } from '@pothos/plugin-prisma';

import { likePattern } from '../server/domain/like-pattern.ts';
import { readPage, sliceOf } from '../server/domain/page.ts';
import { builder } from './builder.ts';
import { toConnection } from './connection.ts';
import { pageCost } from './cost.ts';
import { pageQuery } from './page-query.ts';

const reading = { scope: 'products:read' } as const;

export const Product = builder.prismaNode('Product', {
  description: 'Something that is sold.',
  authScopes: reading,
  nullable: true,
  select: { id: true, externalId: true, name: true, category: true },
  id: { resolve: (product) => product.id },
  findUnique: (id, { workspace }) => ({ id, workspaceId: workspace.id }),
  // Plain resolvers, for an exposed column would make Prisma read again the products that came with order lines.
  fields: (t) => ({
    externalId: t.string({ description: 'Id that the shop gives it.', resolve: (product) => product.externalId }),
    name: t.string({
      nullable: true,
      description: 'Name of the product; null where unknown.',
      resolve: (product) => product.name,
    }),
    category: t.string({
      nullable: true,
      description: 'Category it is filed in; null where unknown.',
      resolve: (product) => product.category,
    }),
  }),
});

builder.queryField('products', (t) =>
  t.connection(
    {
      type: Product,
      description: 'The products of the workspace, by external id.',
      authScopes: reading,
      complexity: pageCost,
      args: {
        search: t.arg.string({ description: 'Only those with this in their name or external id, in any letter case.' }),
        category: t.arg.string({ description: 'Only those of exactly this category.' }),
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
