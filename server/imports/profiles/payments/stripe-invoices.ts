import type { OrderProfile } from '../profile.ts';

/** Stripe's invoices: one row an invoice. `Total` is after discounts and holds tax. */
export const stripeInvoices: OrderProfile = {
  holds: 'orders',
  title: 'Stripe invoices',
  recognisedBy: ['id', 'Amount Due', 'Customer', 'Number', 'Subtotal', 'Total Discount Amount', 'Total'],
  columns: {
    order: ['id'],
    customer: ['Customer'],
    email: ['Customer Email'],
    name: ['Customer Name'],
    'placed at': ['Date (UTC)', 'Created (UTC)'],
    state: ['Status', 'Paid'],
    'product name': ['Description'],
    'order total': ['Total'],
    tax: ['Tax'],
    currency: ['Currency'],
  },
  amounts: 'ORDER',
  totalIncludes: ['tax'],
  states: { uncollectible: 'FAILED', true: 'COUNTS', false: 'PENDING' },
  timeZone: 'UTC',
};
