import type { OrderProfile } from '../profile.ts';

/** Stripe's payments: one row a charge, with what it was converted to. Its column of taxes is of Stripe's fee. */
export const stripePayments: OrderProfile = {
  holds: 'orders',
  title: 'Stripe payments',
  recognisedBy: ['id', 'Amount Refunded', 'Converted Amount', 'Converted Currency', 'Status'],
  columns: {
    order: ['id'],
    customer: ['Customer ID'],
    email: ['Customer Email'],
    name: ['Customer Description', 'Card Name'],
    'placed at': ['Created (UTC)', 'Created date (UTC)'],
    state: ['Status'],
    'item state': ['Mode'],
    'product name': ['Description'],
    'order total': ['Amount'],
    refunded: ['Amount Refunded'],
    'refunded at': ['Refunded date (UTC)'],
    currency: ['Currency'],
    'converted total': ['Converted Amount'],
    'converted refunded': ['Converted Amount Refunded'],
    'converted currency': ['Converted Currency'],
    country: ['Card Address Country'],
  },
  amounts: 'ORDER',
  states: { requires_capture: 'PENDING', uncaptured: 'PENDING' },
  timeZone: 'UTC',
};
