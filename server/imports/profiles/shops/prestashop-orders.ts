import type { OrderProfile } from '../profile.ts';

/** The list of PrestaShop's Orders: one row an order. `Total` holds tax and shipping, which the list has no columns for. */
export const prestashopOrders: OrderProfile = {
  holds: 'orders',
  title: 'PrestaShop orders',
  recognisedBy: ['Reference', 'New client', 'Delivery', 'Customer', 'Total', 'Payment'],
  columns: {
    order: ['ID'],
    name: ['Customer'],
    'placed at': ['Date'],
    state: ['Status'],
    'order total': ['Total'],
    country: ['Delivery'],
  },
  amounts: 'ORDER',
  states: {
    'payment accepted': 'COUNTS',
    'remote payment accepted': 'COUNTS',
    'processing in progress': 'COUNTS',
    'on backorder (paid)': 'COUNTS',
    'on backorder (not paid)': 'PENDING',
    'awaiting check payment': 'PENDING',
    'awaiting bank wire payment': 'PENDING',
    'awaiting cash on delivery validation': 'PENDING',
    'waiting for paypal payment': 'PENDING',
    'partial payment': 'PENDING',
    'authorized to be captured by merchant': 'PENDING',
    // How much went back, the list does not tell.
    'partial refund': 'COUNTS',
    'payment error': 'FAILED',
  },
  isNameCustomer: true,
};
