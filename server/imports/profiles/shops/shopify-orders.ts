import type { OrderProfile } from '../profile.ts';

/** One row a line; the values of the order stand in its first row. `Subtotal` is after discounts, before shipping. */
export const shopifyOrders: OrderProfile = {
  holds: 'orders',
  title: 'Shopify orders',
  recognisedBy: ['Financial Status', 'Lineitem quantity', 'Lineitem name', 'Lineitem price'],
  columns: {
    order: ['Name'],
    email: ['Email', 'Customer'],
    'placed at': ['Created at'],
    state: ['Financial Status'],
    'cancelled at': ['Cancelled at'],
    product: ['Lineitem sku'],
    'product name': ['Lineitem name'],
    quantity: ['Lineitem quantity'],
    'unit price': ['Lineitem price'],
    'order total': ['Subtotal'],
    paid: ['Total'],
    tax: ['Taxes'],
    shipping: ['Shipping'],
    refunded: ['Refunded Amount'],
    currency: ['Currency'],
    channel: ['Source'],
    country: ['Shipping Country', 'Billing Country'],
    name: ['Billing Name', 'Shipping Name'],
  },
  amounts: 'ORDER',
  taxIncludedWhen: ['order total', 'shipping'],
};
