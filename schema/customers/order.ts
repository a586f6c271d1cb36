import type { LineRow, OrderRow, RefundRow } from '../../server/customers/data/orders.ts';
import { exactMoney } from '../../server/domain/money.ts';
import { builder } from '../builder.ts';
import { Money } from '../money.ts';
import { Product } from './product.ts';

const reading = { scope: 'orders:read' } as const;

const OrderLine = builder.objectRef<LineRow & { readonly currency: string }>('OrderLine').implement({
  description: 'One product in an order.',
  authScopes: reading,
  fields: (t) => ({
    lineNo: t.exposeInt('lineNo', { description: 'Place of the line in its order, from 1.' }),
    product: t.field({
      type: Product,
      nullable: true,
      description: 'The product; null where the shop did not name one.',
      authScopes: { scope: 'products:read' },
      resolve: (line) => line.product,
    }),
    quantity: t.exposeFloat('quantity', { description: 'How many or how much, in the product’s unit.' }),
    unitPrice: t.field({
      type: Money,
      description: 'Price of one, before the discount.',
      resolve: ({ unitPrice, currency }) => exactMoney(unitPrice, currency),
    }),
    discount: t.field({
      type: Money,
      description: 'Taken off the whole line.',
      resolve: ({ discount, currency }) => exactMoney(discount, currency),
    }),
    amount: t.field({
      type: Money,
      description: 'Quantity times unit price, less the discount.',
      resolve: ({ amount, currency }) => exactMoney(amount, currency),
    }),
  }),
});

const Refund = builder.objectRef<RefundRow>('Refund').implement({
  description: 'Money given back for an order.',
  authScopes: reading,
  fields: (t) => ({
    externalId: t.exposeString('externalId', { description: 'Id that the shop gives it.' }),
    refundedAt: t.expose('refundedAt', { type: 'DateTime', description: 'When it was given back.' }),
    amount: t.field({
      type: Money,
      description:
        'How much was given back: the price of what was returned less its discount, which can leave zero or less.',
      resolve: ({ amount, currency }) => exactMoney(amount, currency),
    }),
  }),
});

export const Order = builder.objectRef<OrderRow>('Order').implement({
  description: 'A purchase.',
  authScopes: reading,
  fields: (t) => ({
    externalId: t.exposeString('externalId', { description: 'Id that the shop gives it.' }),
    placedAt: t.expose('placedAt', { type: 'DateTime', description: 'When it was placed.' }),
    amount: t.field({
      type: Money,
      description: 'Sum of the lines, before refunds.',
      resolve: ({ amount, currency }) => exactMoney(amount, currency),
    }),
    channel: t.exposeString('channel', {
      nullable: true,
      description: 'Where it was placed, such as "web"; null where unknown.',
    }),
    country: t.exposeString('country', {
      nullable: true,
      description: 'Country it was placed from; null where unknown.',
    }),
    lines: t.field({
      type: [OrderLine],
      description: 'What was bought, by line number.',
      resolve: async (order, _args, ctx) =>
        (await ctx.loaders.lines.load(order)).map((line) => ({ ...line, currency: order.currency })),
    }),
    refunds: t.field({
      type: [Refund],
      description: 'What was given back for this order, oldest first.',
      resolve: (order, _args, ctx) => ctx.loaders.refunds.load(order),
    }),
  }),
});
