import { orderLines } from './order-lines.ts';

/** Perennial's own CSV. A returned line names the order it belongs to. */
export const orders = orderLines({
  currency: null,
  expects:
    'CSV with a header: customer, order, placed at, and optionally product, product name, category, quantity, unit price (or line total), discount, currency, unit cost, channel, country, name, email',
  required: [],
  isRefundNumber: () => false,
  customer: (text) => text,
});
