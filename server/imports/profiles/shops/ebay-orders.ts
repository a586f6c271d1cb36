import type { OrderProfile } from '../profile.ts';

/**
 * eBay's orders report: one row a line, and before the lines of an order of several one that sums them up and has their shipping.
 * `Sold For` is the price of one piece; buyers go by their user name. What was never paid has no payment date, and may have no order number.
 */
export const ebayOrders: OrderProfile = {
  holds: 'orders',
  title: 'eBay orders',
  recognisedBy: ['Sales Record Number', 'Order Number', 'Buyer Username', 'Sold For'],
  columns: {
    order: ['Order Number'],
    'record number': ['Sales Record Number'],
    customer: ['Buyer Username'],
    email: ['Buyer Email'],
    name: ['Buyer Name', 'Ship To Name', 'Post To Name'],
    'placed at': ['Sale Date'],
    'payment time': ['Paid On Date'],
    product: ['Custom Label', 'Item Number'],
    'product name': ['Item Title'],
    quantity: ['Quantity'],
    'unit price': ['Sold For'],
    shipping: ['Shipping And Handling', 'Postage And Packaging', 'Postage And Handling'],
    tax: ['Seller Collected Tax'],
    country: ['Ship To Country', 'Post To Country', 'Buyer Country'],
  },
  amounts: 'LINES',
  hasSumRows: true,
  remarks: /record\(s\) downloaded|^"?Seller ID ?:/,
};
