import type { OrderProfile } from '../profile.ts';

/** The grid of Magento 2's Sales > Orders: one row an order. `closed` is an order whose money went back. */
export const magentoGrid: OrderProfile = {
  holds: 'orders',
  title: 'Magento orders',
  recognisedBy: ['Purchase Point', 'Purchase Date', 'Grand Total (Base)', 'Grand Total (Purchased)'],
  columns: {
    order: ['ID'],
    email: ['Customer Email'],
    name: ['Customer Name', 'Bill-to Name'],
    'placed at': ['Purchase Date'],
    state: ['Status'],
    'order total': ['Grand Total (Purchased)', 'Grand Total (Base)'],
    shipping: ['Shipping and Handling'],
    refunded: ['Total Refunded'],
    channel: ['Purchase Point'],
  },
  amounts: 'ORDER',
  totalIncludes: ['shipping'],
  states: { closed: 'REFUNDED', fraud: 'FAILED' },
};
