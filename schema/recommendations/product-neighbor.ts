import type { NeighborKind, NeighborRow } from '../../server/recommendations/data/product-neighbors.ts';
import { MOST_RECOMMENDATIONS } from '../../server/recommendations/placement.ts';
import { LIST_SIZE, readFirst } from '../../server/recommendations/recommendation-filter.ts';
import { builder } from '../builder.ts';
import { listCost } from '../cost.ts';
import { Product } from '../customers/product.ts';

const reading = { scope: 'recommendations:read' } as const;

const ProductNeighbor = builder.objectRef<NeighborRow>('ProductNeighbor').implement({
  description: 'A product that is associated with another, from the published run.',
  authScopes: reading,
  fields: (t) => ({
    product: t.expose('product', { type: Product, description: 'The product. It is in stock and not excluded.' }),
    score: t.exposeFloat('score', { description: 'Similarity, 0 to 1; higher is more similar.' }),
    customers: t.exposeInt('customers', { description: 'Number of customers who bought both by the as-of day.' }),
    lift: t.exposeFloat('lift', {
      description:
        'Lift: how many times as often buyers of one product bought the other, compared with all customers; 1 means no association.',
    }),
  }),
});

builder.objectFields(Product, (t) => {
  const neighbors = (kind: NeighborKind, description: string) =>
    t.field({
      type: [ProductNeighbor],
      description: `${description}, most similar first. Products out of stock or excluded are left out. Empty until a published run includes the product.`,
      authScopes: reading,
      complexity: listCost,
      args: {
        first: t.arg.int({
          defaultValue: LIST_SIZE,
          description: `Maximum number of products, 1 to ${MOST_RECOMMENDATIONS}.`,
        }),
      },
      resolve: ({ id }, { first }, { loaders }) =>
        loaders.neighbors.load({ productId: id, kind, first: readFirst(first) }),
    });
  return {
    boughtTogether: neighbors('BOUGHT_TOGETHER', 'Products that the same customers bought'),
    similar: neighbors('SIMILAR', 'Products that the same kind of customers bought'),
  };
});
