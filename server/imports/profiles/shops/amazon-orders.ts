import type { OrderProfile } from '../profile.ts';

/** Amazon's All Orders report: one row a line. `item-price` is that of the line, whatever its quantity; buyers are not named. */
export const amazonOrders: OrderProfile = {
  holds: 'orders',
  title: 'Amazon orders',
  recognisedBy: ['amazon-order-id', 'purchase-date', 'order-status', 'item-price', 'item-promotion-discount'],
  columns: {
    order: ['amazon-order-id'],
    customer: ['buyer-email'],
    'placed at': ['purchase-date'],
    state: ['order-status'],
    'item state': ['item-status'],
    product: ['sku', 'asin'],
    'product name': ['product-name'],
    quantity: ['quantity'],
    'line total': ['item-price'],
    discount: ['item-promotion-discount'],
    'line tax': ['item-tax'],
    'line shipping': ['shipping-price'],
    currency: ['currency'],
    channel: ['sales-channel'],
    country: ['ship-country'],
  },
  amounts: 'LINES',
  states: { unshipped: 'COUNTS', 'shipped - delivered to buyer': 'COUNTS', 'shipped - returned to seller': 'REFUNDED' },
};
