import type { OrderProfile } from '../profile.ts';

/** Stripe's refunds: one row a refund, which names the payment that it gives back and no customer. */
export const stripeRefunds: OrderProfile = {
  holds: 'orders',
  title: 'Stripe refunds',
  recognisedBy: [
    'id',
    'Amount',
    'Currency',
    'Status',
    ['Charge ID', 'Charge'],
    ['Reason', 'Refund Reason', 'Failure Reason'],
  ],
  columns: {
    order: ['id'],
    'refund of': ['Charge ID', 'Charge'],
    'placed at': ['Created date (UTC)', 'Created (UTC)', 'Created'],
    state: ['Status'],
    'order total': ['Amount'],
    currency: ['Currency'],
    'converted total': ['Converted Amount'],
    'converted currency': ['Converted Currency'],
  },
  amounts: 'ORDER',
  states: { requires_action: 'PENDING' },
  timeZone: 'UTC',
  refundsOfOrders: true,
  refundNumber: /^(re|pyr)_/,
};
