import type { OrderProfile } from '../profile.ts';

/** Etsy's sold orders: one row an order. `Order Value` is what its items cost before the discount, without shipping and tax. */
export const etsyOrders: OrderProfile = {
  holds: 'orders',
  title: 'Etsy sold orders',
  recognisedBy: ['Sale Date', 'Order ID', 'Buyer User ID', 'Number of Items', 'Order Value'],
  columns: {
    order: ['Order ID'],
    customer: ['Buyer User ID'],
    name: ['Full Name'],
    'placed at': ['Sale Date'],
    state: ['Status'],
    quantity: ['Number of Items'],
    'order total': ['Order Value'],
    'order discount': ['Discount Amount'],
    paid: ['Order Total'],
    'adjusted total': ['Adjusted Order Total'],
    shipping: ['Shipping', 'Delivery'],
    tax: ['Sales Tax'],
    currency: ['Currency'],
    country: ['Ship Country', 'Delivery Country'],
  },
  amounts: 'ORDER',
  totalIncludes: ['order discount'],
  dateOrder: 'MDY',
};
