import type { OrderProfile } from '../profile.ts';

/** Square's item sales: one row a line, refunds as rows with negative amounts under numbers of their own. */
export const squareItems: OrderProfile = {
  holds: 'orders',
  title: 'Square item sales',
  recognisedBy: ['Gross Sales', 'Net Sales', 'Transaction ID', 'Event Type', 'Price Point Name'],
  columns: {
    order: ['Transaction ID'],
    customer: ['Customer ID'],
    name: ['Customer Name'],
    'placed at': ['Date'],
    time: ['Time'],
    'time zone': ['Time Zone'],
    state: ['Event Type'],
    product: ['SKU', 'Item'],
    'product name': ['Item'],
    category: ['Category'],
    quantity: ['Qty'],
    'line total': ['Gross Sales'],
    discount: ['Discounts'],
    'line tax': ['Tax'],
    channel: ['Channel', 'Location'],
  },
  amounts: 'LINES',
  states: { payment: 'COUNTS', refund: 'COUNTS' },
  dateOrder: 'MDY',
};
