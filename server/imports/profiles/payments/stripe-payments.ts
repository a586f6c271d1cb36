import type { OrderProfile } from '../profile.ts';

/** Stripe's payments: one row a charge, with what it was converted to. */
export const stripePayments: OrderProfile = {
  holds: 'orders',
  title: 'Stripe payments',
  recognisedBy: ['id', 'Amount Refunded', 'Converted Amount', 'Converted Currency', 'Status', 'Mode'],
  columns: {
    order: ['id'],
    customer: ['Customer ID'],
    email: ['Customer Email'],
    name: ['Customer Description'],
    'placed at': ['Created (UTC)', 'Created date (UTC)'],
    state: ['Status'],
    'item state': ['Mode'],
    'product name': ['Description'],
    'order total': ['Amount'],
    tax: ['Tax'],
    refunded: ['Amount Refunded'],
    currency: ['Currency'],
    'converted total': ['Converted Amount'],
    'converted refunded': ['Converted Amount Refunded'],
    'converted currency': ['Converted Currency'],
  },
  amounts: 'ORDER',
  totalIncludes: ['tax'],
  states: { requires_capture: 'PENDING', uncaptured: 'PENDING' },
  timeZone: 'UTC',
};
