import type { CallerWorkspace } from '../../server/access/caller.ts';
import { builder } from '../builder.ts';

export const Workspace = builder.node(builder.objectRef<CallerWorkspace>('Workspace'), {
  description: 'One store: its customers, orders and analyses. A key belongs to one workspace and sees no other.',
  id: { resolve: (workspace) => workspace.id },
  loadWithoutCache: (id, { workspace }) => (id === workspace.id ? workspace : null),
  fields: (t) => ({
    name: t.exposeString('name', { description: 'Name of the workspace.' }),
    currency: t.expose('currency', { type: 'CurrencyCode', description: 'Currency of all its amounts.' }),
    annualDiscountRate: t.exposeFloat('annualDiscountRate', {
      description: 'Effective rate a year that new analyses discount with, unless told otherwise; 0.1 is 10 %.',
    }),
    marginRate: t.exposeFloat('marginRate', {
      description: 'Share of revenue that new analyses count as value, unless told otherwise; 0 to 1.',
    }),
    globalHoldoutShare: t.exposeFloat('globalHoldoutShare', {
      description: 'Share of customers whom no campaign may reach, so that all of marketing can be measured; 0 to 0.5.',
    }),
    customerCount: t.int({
      description: 'Customers stored, whether or not an analysis knows them yet.',
      authScopes: { scope: 'analytics:read' },
      complexity: { field: 500 },
      resolve: (_workspace, _args, ctx) => ctx.read.customerCount(),
    }),
  }),
});

builder.queryField('workspace', (t) =>
  t.field({
    type: Workspace,
    description: 'The workspace of the API key.',
    resolve: (_root, _args, ctx) => ctx.workspace,
  }),
);
