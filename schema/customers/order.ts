import type { LineRow, RefundRow } from '../../server/customers/data/orders.ts';
import { exactMoney } from '../../server/domain/money.ts';
import { builder } from '../builder.ts';
import { Money } from '../money.ts';
import { Product } from './product.ts';

const reading = { scope: 'orders:read' } as const;

const OrderLine = builder.objectRef<LineRow & { readonly currency: string }>('OrderLine').implement({
  description: 'One product in an order.',
  authScopes: reading,
  fields: (t) => ({
    lineNo: t.exposeInt('lineNo', { description: 'Position of the line in its order, from 1.' }),
    product: t.field({
      type: Product,
      nullable: true,
      description: 'The product. Null when the file named none.',
      authScopes: { scope: 'products:read' },
      resolve: (line) => line.product,
    }),
    quantity: t.exposeFloat('quantity', { description: 'Quantity, in the unit of the product.' }),
    unitPrice: t.field({
      type: Money,
      description: 'Price of one unit, before the discount.',
      resolve: ({ unitPrice, currency }) => exactMoney(unitPrice, currency),
    }),
    discount: t.field({
      type: Money,
      description: 'Discount on the whole line.',
      resolve: ({ discount, currency }) => exactMoney(discount, currency),
    }),
    amount: t.field({
      type: Money,
      description: 'Quantity multiplied by unit price, minus the discount.',
      resolve: ({ amount, currency }) => exactMoney(amount, currency),
    }),
  }),
});

const Refund = builder.objectRef<RefundRow>('Refund').implement({
  description: 'Money given back for an order.',
  authScopes: reading,
  fields: (t) => ({
    externalId: t.exposeString('externalId', { description: 'The shop’s own id.' }),
    refundedAt: t.expose('refundedAt', { type: 'DateTime', description: 'When the money was given back.' }),
    amount: t.field({
      type: Money,
      description:
        'Amount given back: the price of the returned goods minus their discount. It can be zero or negative.',
      resolve: ({ amount, currency }) => exactMoney(amount, currency),
    }),
  }),
});

export const Order = builder.prismaObject('Order', {
  findUnique: null,
  description: 'An order: a purchase as the shop numbers it.',
  authScopes: reading,
  fields: (t) => ({
    externalId: t.exposeString('externalId', { description: 'The shop’s own id.' }),
    placedAt: t.expose('placedAt', { type: 'DateTime', description: 'When the order was placed.' }),
    amount: t.field({
      type: Money,
      description: 'Sum of the lines, before refunds.',
      resolve: ({ amount, currency }) => exactMoney(amount.toString(), currency),
    }),
    channel: t.exposeString('channel', {
      nullable: true,
      description: 'Channel of the order, such as "web". Null when it is unknown.',
    }),
    country: t.exposeString('country', {
      nullable: true,
      description: 'Country of the order. Null when it is unknown.',
    }),
    lines: t.field({
      type: [OrderLine],
      description: 'The lines of the order, by line number.',
      resolve: async (order, _args, ctx) =>
        (await ctx.loaders.lines.load(order)).map((line) => ({ ...line, currency: order.currency })),
    }),
    refunds: t.field({
      type: [Refund],
      description: 'The refunds of the order, oldest first.',
      resolve: (order, _args, ctx) => ctx.loaders.refunds.load(order),
    }),
  }),
});
