import type { CustomerRow } from '../../server/customers/data/customer-columns.ts';
import { DomainError } from '../../server/domain/errors.ts';
import { customerId } from '../../server/domain/ids.ts';
import { exactMoney } from '../../server/domain/money.ts';
import { readPage } from '../../server/domain/page.ts';
import { builder } from '../builder.ts';
import { toConnection } from '../connection.ts';
import { STATEMENT_COST } from '../cost.ts';
import { Segment } from '../enums.ts';
import { Money } from '../money.ts';
import { storedId } from '../node-id.ts';
import { Order } from './order.ts';

const reading = { scope: 'customers:read' } as const;

/** Personal data is null, not an error, for a key that may not see it. */
const personal = { authScopes: { scope: 'customers:pii' }, unauthorizedResolver: () => null } as const;

const OrderConnection = builder.connectionObject(
  { type: Order, name: 'OrderConnection', description: 'A page of orders.', authScopes: { scope: 'orders:read' } },
  { name: 'OrderEdge', description: 'An order in a page.', authScopes: { scope: 'orders:read' } },
);

export const Customer = builder.node(builder.objectRef<CustomerRow>('Customer'), {
  description: 'A customer, with their scores of the published run.',
  authScopes: reading,
  id: { resolve: (customer) => customer.id },
  loadWithoutCache: (id, { loaders }) => loaders.customer.load(id),
  fields: (t) => ({
    externalId: t.exposeString('externalId', { description: 'The shop’s own id of the customer.' }),
    name: t.exposeString('name', {
      ...personal,
      nullable: true,
      description: 'Name. Null when it is unknown, and for a key without the scope customers:pii.',
    }),
    email: t.exposeString('email', {
      ...personal,
      nullable: true,
      description: 'E-mail address. Null when it is unknown, and for a key without the scope customers:pii.',
    }),
    country: t.exposeString('country', {
      nullable: true,
      description: 'Country of the customer. Null when it is unknown.',
    }),
    channel: t.exposeString('channel', {
      nullable: true,
      description: 'Channel of the customer’s first order. Null when it is unknown.',
    }),
    segment: t.field({
      type: Segment,
      nullable: true,
      description: 'RFM segment. Null until a published run includes the customer.',
      resolve: ({ score }) => score?.segment ?? null,
    }),
    lastOrderOn: t.expose('lastOrderOn', {
      type: 'Date',
      nullable: true,
      description: 'Day of the last order up to the as-of day of the run. Null for Prospects.',
    }),
    orderCount: t.exposeInt('orderCount', {
      description: 'Number of orders up to the as-of day of the run.',
    }),
    netRevenue: t.field({
      type: Money,
      description: 'Revenue of orders minus refunds, up to the as-of day of the run.',
      resolve: ({ netRevenue }, _args, { workspace }) => exactMoney(netRevenue, workspace.currency),
    }),
    orders: t.field({
      type: OrderConnection,
      description: 'The orders of the customer, newest first.',
      authScopes: { scope: 'orders:read' },
      args: {
        first: t.arg.int({ description: 'Orders from the newest or after `after`: 1 to 100, default 20.' }),
        after: t.arg.string({ description: 'Cursor of the order that the page comes after.' }),
      },
      resolve: async ({ id }, args, ctx) => {
        const list = `${ctx.workspace.id}/customers/${id}/orders`;
        return toConnection(list, await ctx.loaders.orders(readPage(args, list)).load(id));
      },
    }),
  }),
});

builder.queryField('customer', (t) =>
  t.field({
    type: Customer,
    nullable: true,
    description: 'One customer, by `id` or by `externalId`. Null when the workspace has no such customer.',
    authScopes: reading,
    complexity: STATEMENT_COST,
    args: {
      id: t.arg.id({ description: 'Global id, as this API returned it.' }),
      externalId: t.arg.string({ description: 'The shop’s own id of the customer.' }),
    },
    resolve: (_root, { id, externalId }, { loaders, workspace }) => {
      if ((id == null) === (externalId == null)) {
        throw new DomainError('BAD_ARGUMENTS', 'expected either `id` or `externalId`, exactly one of them', ['id']);
      }
      const key = id != null ? storedId(id, 'Customer', 'id') : customerId(workspace.id, externalId ?? '');
      return loaders.customer.load(key);
    },
  }),
);
