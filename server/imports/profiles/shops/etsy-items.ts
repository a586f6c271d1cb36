import type { OrderProfile } from '../profile.ts';

/** Etsy's sold order items: one row a line, with shipping and tax of the order on its lines. `Price` is that of one piece. */
export const etsyItems: OrderProfile = {
  holds: 'orders',
  title: 'Etsy sold order items',
  recognisedBy: ['Sale Date', 'Item Name', 'Buyer', 'Price', 'Order ID', 'Listing ID'],
  columns: {
    order: ['Order ID'],
    customer: ['Buyer'],
    name: ['Ship Name'],
    'placed at': ['Sale Date'],
    product: ['SKU', 'Listing ID'],
    'product name': ['Item Name'],
    quantity: ['Quantity'],
    'unit price': ['Price'],
    discount: ['Discount Amount'],
    shipping: ['Order Shipping'],
    tax: ['Order Sales Tax'],
    currency: ['Currency'],
    country: ['Ship Country'],
  },
  amounts: 'LINES',
  dateOrder: 'MDY',
};
