import type { OrderProfile } from '../profile.ts';

/** WooCommerce's Analytics > Orders. Net revenue is after discounts and without tax and shipping; customers go by name. */
export const wooAnalytics: OrderProfile = {
  holds: 'orders',
  title: 'WooCommerce Analytics orders',
  recognisedBy: ['Order #', 'Customer type', 'Product(s)', 'Items sold', 'N. Revenue'],
  columns: {
    order: ['Order #'],
    name: ['Customer'],
    'placed at': ['Date'],
    state: ['Status'],
    products: ['Product(s)'],
    'order total': ['N. Revenue'],
    channel: ['Attribution'],
  },
  amounts: 'ORDER',
  product: /(?<quantity>\d+)× (?<name>.+?)(?=, \d+× |$)/g,
  isNameCustomer: true,
};
