import type { OrderProfile } from '../profile.ts';

/** One row an order, its products in one text. Customer 0 is a guest. */
export const bigcommerceOrders: OrderProfile = {
  holds: 'orders',
  title: 'BigCommerce orders',
  recognisedBy: [
    'Order ID',
    'Customer ID',
    'Order Status',
    'Subtotal (ex tax)',
    'Order Total (ex tax)',
    'Product Details',
  ],
  columns: {
    order: ['Order ID'],
    customer: ['Customer ID'],
    email: ['Customer Email'],
    name: ['Customer Name', 'Billing Name'],
    'placed at': ['Order Date'],
    time: ['Order Time'],
    state: ['Order Status'],
    products: ['Product Details'],
    'order total': ['Order Total (ex tax)'],
    paid: ['Order Total (inc tax)'],
    shipping: ['Shipping Cost (ex tax)'],
    tax: ['Tax Total'],
    refunded: ['Refund Amount'],
    currency: ['Order Currency Code'],
    channel: ['Channel Name'],
    country: ['Shipping Country', 'Billing Country'],
  },
  amounts: 'ORDER',
  totalIncludes: ['shipping'],
  states: { disputed: 'COUNTS', 'manual verification required': 'PENDING', 'awaiting payment': 'PENDING' },
  dateOrder: 'DMY',
  guests: ['0'],
  product:
    /Product ID: (?<number>[^,|]*), Product Qty: (?<quantity>\d+), Product SKU: (?<id>[^,|]*), Product Name: (?<name>.*?)(?:, Product Variation Details: .*?)?, Product Unit Price: (?<price>[\d.]+)/g,
};
