import type { OrderProfile } from '../profile.ts';

/** Advanced Order Export For WooCommerce. One row a line, the order's values on each; quantities are less what went back. */
export const wooOrderExport: OrderProfile = {
  holds: 'orders',
  title: 'WooCommerce Advanced Order Export',
  recognisedBy: [
    'Order Number',
    'Order Status',
    'Order Subtotal Amount',
    'Cart Discount Amount',
    'Quantity (- Refund)',
  ],
  columns: {
    order: ['Order Number'],
    email: ['Email (Billing)'],
    'first name': ['First Name (Billing)'],
    'last name': ['Last Name (Billing)'],
    'placed at': ['Order Date'],
    state: ['Order Status'],
    product: ['SKU', 'Item #'],
    'product name': ['Item Name'],
    category: ['Category'],
    quantity: ['Quantity (- Refund)'],
    'unit price': ['Item Cost'],
    'order total': ['Order Subtotal Amount'],
    'order discount': ['Cart Discount Amount'],
    paid: ['Order Total Amount'],
    tax: ['Order Total Tax Amount'],
    shipping: ['Order Shipping Amount'],
    refunded: ['Order Refund Amount'],
    currency: ['Order Currency'],
    country: ['Country Code (Billing)', 'Country Code (Shipping)'],
  },
  amounts: 'ORDER',
  totalIncludes: ['order discount'],
};
