import type { WorkspaceSettings } from '../../server/access/workspace-settings.ts';
import { builder } from '../builder.ts';

export const TIME_ZONE =
  'Time zone of the store, an IANA name such as "Europe/Berlin". Its days are those of orders, cohorts and analyses.';

export const CURRENCY_DISPLAY =
  'How to write the currency of amounts. It is for front ends; the elements of Perennial follow their attribute currency-display.';

export const CurrencyDisplay = builder.enumType('CurrencyDisplay', {
  description: 'How the currency of an amount is written, as the currencyDisplay of Intl.NumberFormat.',
  values: {
    SYMBOL: { value: 'symbol', description: 'Its symbol, distinct from those of other currencies: US$.' },
    NARROW_SYMBOL: { value: 'narrowSymbol', description: 'Its short symbol, which other currencies may share: $.' },
    CODE: { value: 'code', description: 'Its ISO 4217 code: USD.' },
    NAME: { value: 'name', description: 'Its name: US dollars.' },
  } as const,
});

export const Revenue = builder.enumType('Revenue', {
  description: 'What revenue contains. Discounts and refunds are taken off in both.',
  values: {
    NET_SALES: { description: 'What the products of orders cost, without tax and shipping.' },
    TOTAL_SALES: {
      description:
        'Net sales with tax and shipping. A refund gives them back in proportion. Margins contain them too, as known costs are those of products alone.',
    },
  } as const,
});

export const Workspace = builder.prismaObject('Workspace', {
  description:
    'One store: its customers, orders and analyses. An API key belongs to one workspace and cannot read another.',
  findUnique: (_workspace, { workspace: { id } }) => ({ id }),
  fields: (t) => ({
    name: t.exposeString('name', { description: 'Name of the workspace.' }),
    currency: t.expose('currency', { type: 'CurrencyCode', description: 'Currency of all amounts of the workspace.' }),
    marginRate: t.exposeFloat('marginRate', {
      nullable: true,
      description:
        'Share of revenue that new analyses count as value by default, 0 to 1. Null when they use the margin that known costs imply, or 1 when no cost is known.',
    }),
    annualDiscountRate: t.exposeFloat('annualDiscountRate', {
      description: 'Effective annual discount rate of new analyses by default; 0.1 is 10%.',
    }),
    timeZone: t.exposeString('timeZone', { description: TIME_ZONE }),
    revenue: t.field({
      type: Revenue,
      description: 'What new analyses count as revenue.',
      resolve: ({ revenue }) => revenue as WorkspaceSettings['revenue'],
    }),
    currencyDisplay: t.field({
      type: CurrencyDisplay,
      description: CURRENCY_DISPLAY,
      resolve: ({ currencyDisplay }) => currencyDisplay as WorkspaceSettings['currencyDisplay'],
    }),
    globalHoldoutShare: t.exposeFloat('globalHoldoutShare', {
      description:
        'Global holdout: share of customers who get no campaign at all, 0 to 0.5. It measures the effect of all campaigns together.',
    }),
    customerCount: t.int({
      description: 'Number of stored customers, whether or not a run includes them.',
      authScopes: { scope: 'analytics:read' },
      complexity: { field: 500 },
      resolve: (_workspace, _args, ctx) => ctx.read.customerCount(),
    }),
  }),
});

builder.nodeRef(Workspace, {
  id: { resolve: ({ id }: { readonly id: string }) => id },
  // Read with the key, so that a request sees one published run.
  loadWithoutCache: (id, { workspace }) => (id === workspace.id ? workspace : null),
});

builder.queryField('workspace', (t) =>
  t.field({
    type: Workspace,
    description: 'The workspace of the API key.',
    resolve: (_root, _args, ctx) => ctx.workspace,
  }),
);
