import type { OrderProfile } from '../profile.ts';

/** eBay's orders report: one row a line. `Sold For` is the price of one piece; buyers go by their user name. */
export const ebayOrders: OrderProfile = {
  holds: 'orders',
  title: 'eBay orders',
  recognisedBy: ['Sales Record Number', 'Order Number', 'Buyer Username', 'Sold For'],
  columns: {
    order: ['Order Number'],
    customer: ['Buyer Username'],
    email: ['Buyer Email'],
    name: ['Buyer Name', 'Ship To Name'],
    'placed at': ['Sale Date', 'Paid On Date'],
    product: ['Custom Label', 'Item Number'],
    'product name': ['Item Title'],
    quantity: ['Quantity'],
    'unit price': ['Sold For'],
    'line shipping': ['Shipping And Handling', 'Postage And Packaging'],
    'line tax': ['Seller Collected Tax'],
    country: ['Ship To Country', 'Buyer Country'],
  },
  amounts: 'LINES',
};
