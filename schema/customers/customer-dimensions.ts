import type {
  CustomerDimensions as CustomerDimensionsShape,
  DimensionValue as DimensionValueShape,
} from '../../server/customers/data/customer-dimensions.ts';
import { builder } from '../builder.ts';
import { STATEMENT_COST } from '../cost.ts';
import { isSelected } from '../selection.ts';

const reading = { scope: 'customers:read' } as const;

const DimensionValue = builder.objectRef<DimensionValueShape>('DimensionValue').implement({
  description: 'A value that filters accept, with its count.',
  fields: (t) => ({
    value: t.exposeString('value', { description: 'The value, as filters accept it.' }),
    count: t.exposeInt('count', {
      description: 'Number of customers with the value, or of products in the category, 1 or more.',
    }),
  }),
});

const CustomerDimensions = builder.objectRef<CustomerDimensionsShape>('CustomerDimensions').implement({
  description: 'The values that filters accept, most frequent first.',
  authScopes: reading,
  fields: (t) => ({
    countries: t.expose('countries', { type: [DimensionValue], description: 'Countries of customers.' }),
    channels: t.expose('channels', { type: [DimensionValue], description: 'Channels of customers’ first orders.' }),
    categories: t.expose('categories', {
      type: [DimensionValue],
      description: 'Categories of products.',
      authScopes: { scope: 'products:read' },
    }),
  }),
});

builder.queryField('customerDimensions', (t) =>
  t.field({
    type: CustomerDimensions,
    description: 'The countries, channels and product categories of the workspace, with their counts.',
    authScopes: reading,
    complexity: STATEMENT_COST,
    resolve: (_root, _args, { read }, info) => read.customerDimensions((name) => isSelected(info, name)),
  }),
);
